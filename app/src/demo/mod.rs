//! The demo: an invented district, its loading through the public API, and a morning of terminal traffic.
//!
//! Not responsible for starting the server, for accounts' secrets or for arguments; the command line does that. The
//! loader knows nothing of the database and the player nothing of the API: both speak HTTP as anybody would.

mod api;
mod dice;
pub mod district;
mod dwellings;
mod grids;
mod lessons;
pub mod load;
mod names;
mod past;
pub mod player;
pub mod ready;
mod reopenings;
mod roster;
mod run;
mod terminal;

pub use past::{DAYS as PAST_DAYS, live_past};
pub use run::{DemoOptions, Player, Size, play, run};
