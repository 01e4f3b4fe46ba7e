//! Values that travel into a statement: the portable column types and nothing else.

use uuid::Uuid;

/// One bound value. `None` keeps its type, which PostgreSQL wants to know even of a NULL.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `bigint`: counts, microseconds, codes.
    Int(Option<i64>),
    /// `double precision`.
    Real(Option<f64>),
    /// `boolean`.
    Bool(Option<bool>),
    /// `text`.
    Text(Option<String>),
    /// `bytea` / `blob`.
    Blob(Option<Vec<u8>>),
    /// `uuid` / 16-byte `blob`.
    Id(Option<Uuid>),
}

/// PostgreSQL has no text with a zero character in it; so that both engines keep the same, neither is given one.
fn without_zero(text: String) -> String {
    match text.contains('\0') {
        true => text.replace('\0', "\u{fffd}"),
        false => text,
    }
}

macro_rules! from {
    ($($type:ty => $variant:ident, $convert:expr;)*) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(Some(($convert)(value)))
            }
        }
        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                Self::$variant(value.map($convert))
            }
        }
    )*};
}

from! {
    i64 => Int, |it| it;
    i32 => Int, i64::from;
    u32 => Int, i64::from;
    u16 => Int, i64::from;
    u8 => Int, i64::from;
    f64 => Real, |it| it;
    bool => Bool, |it| it;
    String => Text, without_zero;
    &str => Text, |it: &str| without_zero(it.to_owned());
    &String => Text, |it: &String| without_zero(it.clone());
    Vec<u8> => Blob, |it| it;
    &[u8] => Blob, <[u8]>::to_vec;
    Uuid => Id, |it| it;
    kernel::Instant64 => Int, kernel::Instant64::micros;
    kernel::Celsius => Real, kernel::Celsius::degrees;
}
