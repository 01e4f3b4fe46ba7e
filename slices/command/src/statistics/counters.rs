//! Counters that are stored, summed and read field by field, so that a field is named in one place.

/// Declares a set of counters, and the texts by which statements name their columns.
macro_rules! counters {
    ($(#[$meta:meta])* pub struct $name:ident {
        $(#[$first_meta:meta])* $first:ident, $($(#[$rest_meta:meta])* $rest:ident),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub struct $name {
            $(#[$first_meta])* pub $first: i64,
            $($(#[$rest_meta])* pub $rest: i64),*
        }

        impl $name {
            /// The columns, in order.
            pub(crate) const COLUMNS: &'static str = concat!(stringify!($first), $(", ", stringify!($rest)),*);
            /// Their sums over the rows of `d`.
            pub(crate) const SUMMED: &'static str = concat!(
                "coalesce(cast(sum(d.", stringify!($first), ") as bigint), 0) as ", stringify!($first),
                $(", coalesce(cast(sum(d.", stringify!($rest), ") as bigint), 0) as ", stringify!($rest)),*
            );
            /// What an insert that meets a row writes over it.
            pub(crate) const OVERWRITTEN: &'static str = concat!(
                stringify!($first), " = excluded.", stringify!($first),
                $(", ", stringify!($rest), " = excluded.", stringify!($rest)),*
            );

            /// The names, in order.
            pub const NAMES: &'static [&'static str] = &[stringify!($first), $(stringify!($rest)),*];

            /// The counts, in order.
            pub fn values(&self) -> impl Iterator<Item = i64> + use<> {
                [self.$first, $(self.$rest),*].into_iter()
            }

            /// Counts read one by one, by name.
            pub(crate) fn read<E>(mut each: impl FnMut(&'static str) -> Result<i64, E>) -> Result<Self, E> {
                Ok(Self { $first: each(stringify!($first))?, $($rest: each(stringify!($rest))?),* })
            }
        }

        impl std::ops::AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.$first += other.$first;
                $(self.$rest += other.$rest;)*
            }
        }
    };
}

pub(crate) use counters;
