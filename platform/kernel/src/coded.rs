//! Enumerations with a code: the one word that stands in SQL, on the wire and in URLs.

/// Declares an enum with the code it has in SQL and on the wire. Variants are ordered as they are written.
///
/// ```
/// kernel::coded! {
///     /// What a gate lets through.
///     pub enum Direction { In = "in", Out = "out" }
/// }
/// assert_eq!(Direction::parse("out"), Some(Direction::Out));
/// assert_eq!(Direction::In.code(), "in");
/// ```
///
/// What else the enum derives, such as a schema, is written in front of its documentation.
// The code is a `tt`: utoipa does not read a `literal` fragment and would publish the name of the variant.
#[macro_export]
macro_rules! coded {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $code:tt),* $(,)? }) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Serialize, serde::Deserialize)]
        $(#[$meta])*
        $vis enum $name { $($(#[$variant_meta])* #[serde(rename = $code)] $variant),* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code in SQL and on the wire.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// Reads the code.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($code => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
