//! What must hold for any bytes that somebody sends: files, photographs, tables of meters. A test drives these functions with a
//! seeded mutator; they panic when an invariant is broken. Not part of the product's own code paths.

use http_api::Lang;
use kernel::Instant64;

use crate::applications::decision_file::{self, DecisionRefused};
use crate::inspections::pictures::stripped;
use crate::reports::metering;
use crate::structure::kind_of;

/// A file is one kind or none, the same one each time, and only under a name that goes with it.
///
/// # Panics
/// When that is not so.
pub fn structure_target(data: &[u8]) {
    let names = ["plan.pdf", "plan.jpg", "plan.png", "plan.xlsx", "plan.docx", "plan.html"];
    let kinds: Vec<_> = names.iter().filter_map(|name| kind_of(name, data).ok()).collect();
    assert!(kinds.len() <= 1, "one file goes with one ending of these");
    assert!(kind_of("plan.html", data).is_err(), "a page is never taken");
    assert!(names.iter().filter_map(|name| kind_of(name, data).ok()).eq(kinds), "a function of name and bytes");
}

/// What the camera wrote is gone after the first time: there is nothing left to take off.
///
/// # Panics
/// When that is not so.
pub fn picture_target(data: &[u8]) {
    let Some(once) = stripped(data.to_vec()) else { return };
    assert!(stripped(once.clone()).is_some_and(|twice| twice == once), "taken off once is taken off");
}

/// Every row of a readable table lands or goes back, and the file that goes back can be written.
///
/// # Panics
/// When that is not so.
pub fn meter_target(data: &[u8]) {
    let Ok(file) = metering::read(data) else { return };
    let landed = file.landed(&[], Instant64::from_micros(1_583_424_000_000_000));
    assert!(landed.refused.len() == file.row_count(), "nobody is in reach, so every row goes back");
    assert!(landed.days.is_empty() && landed.baselines.is_empty(), "and none lands");
    assert!(file.refused_file(&landed.refused, Lang::Zh).is_ok(), "as a file");
}

/// Every row of a readable file of decisions is about an application or goes back; what goes back can be read again, and is as many
/// rows.
///
/// # Panics
/// When that is not so.
pub fn decision_target(data: &[u8]) {
    let Ok(file) = decision_file::read(data) else { return };
    let said = file.said();
    assert!(said.len() == file.row_count(), "no row is lost");
    let matched = decision_file::matched(said, &[]);
    let refused: Vec<DecisionRefused> =
        matched.into_iter().filter_map(|(line, it)| Some(file.refused(line, it.err()?))).collect();
    assert!(refused.len() == file.row_count(), "no application is in reach, so every row goes back");
    let back = file.refused_file(&refused, Lang::Zh);
    let again = back.ok().map(|it| decision_file::read(&it).map(|it| it.row_count()).ok());
    assert!(again == Some(Some(refused.len())), "as a file that is read again");
}
