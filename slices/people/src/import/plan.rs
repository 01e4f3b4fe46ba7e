//! What each row of a chunk means, given who is known and who already works at the site. Pure.

use std::collections::{HashMap, HashSet};

use http_api::ErrorCode;
use kernel::Instant64;
use uuid::Uuid;

use super::row::{Refusal, RosterRow};
use crate::file::NewPerson;
use crate::model::{NewEmployment, PersonId};
use crate::store::employments::EmploymentRow;
use crate::store::imports::{Counts, ImportRow};

/// A row that passed its own check.
#[derive(Debug, Clone)]
pub(super) struct Ready {
    /// Its place in the chunk.
    pub(super) index: usize,
    pub(super) row: RosterRow,
    pub(super) shift: Option<Uuid>,
}

/// What a chunk comes to.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) persons: Vec<NewPerson>,
    pub(super) employments: Vec<(PersonId, NewEmployment)>,
    pub(super) changes: Vec<EmploymentRow>,
    pub(super) leaves: Vec<(EmploymentRow, Instant64)>,
    pub(super) refused: Vec<(usize, Refusal)>,
    pub(super) counts: Counts,
}

/// Plans a chunk. `people` names the person of each row by its place: known ones, and new ones by an id of their own.
pub(super) fn plan(
    import: &ImportRow,
    rows: &[Ready],
    people: &HashMap<usize, (PersonId, bool)>,
    current: &[EmploymentRow],
) -> Plan {
    let mut plan = Plan::default();
    let mut cards = HashSet::new();
    for ready in rows {
        let Some((person, is_new)) = people.get(&ready.index) else { continue };
        // Whoever has two files that were merged may have two numbers here: the row is about the one that it names.
        let hers = || current.iter().filter(|it| it.person_id == person.uuid());
        let mine = hers().find(|it| it.employee_no == ready.row.employee_no).or_else(|| hers().next());
        let outcome = match (mine, ready.row.until) {
            (Some(mine), _) if mine.employee_no != ready.row.employee_no => {
                // Another number is another badge: a person changes it, not a file.
                Err(Refusal { column: "employee_no", code: ErrorCode::NumberChanged })
            }
            (Some(mine), Some(at)) => leave(&mut plan, mine, at),
            (Some(mine), None) => change(&mut plan, mine, ready, current, &mut cards),
            // She has left, or never came.
            (None, Some(_)) => {
                plan.counts.unchanged += 1;
                Ok(())
            }
            (None, None) => begin(&mut plan, import, ready, (*person, *is_new), current, &mut cards),
        };
        if let Err(refusal) = outcome {
            plan.refused.push((ready.index, refusal));
        }
    }
    plan
}

fn leave(plan: &mut Plan, mine: &EmploymentRow, at: Instant64) -> Result<(), Refusal> {
    if at.micros() < mine.from_at {
        return Err(Refusal { column: "ends_on", code: ErrorCode::DateOrder });
    }
    plan.counts.left += 1;
    plan.leaves.push((mine.clone(), at));
    Ok(())
}

fn change(
    plan: &mut Plan,
    mine: &EmploymentRow,
    ready: &Ready,
    current: &[EmploymentRow],
    cards: &mut HashSet<String>,
) -> Result<(), Refusal> {
    let to = changed(mine, ready);
    if to == *mine {
        plan.counts.unchanged += 1;
        return Ok(());
    }
    if to.card_no != mine.card_no {
        card_is_free(&ready.row, current, cards)?;
    }
    plan.counts.updated += 1;
    plan.changes.push(to);
    Ok(())
}

/// The employment as the row has it; an empty cell keeps what is known.
fn changed(mine: &EmploymentRow, Ready { row, shift, .. }: &Ready) -> EmploymentRow {
    let keep = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    let mut to = EmploymentRow {
        card_no: keep(&row.card_no, &mine.card_no),
        team: keep(&row.team, &mine.team),
        post: keep(&row.post, &mine.post),
        shift_window_id: shift.or(mine.shift_window_id),
        ..mine.clone()
    };
    to.take_crew(&row.crew);
    to
}

fn begin(
    plan: &mut Plan,
    import: &ImportRow,
    ready: &Ready,
    (person, is_new): (PersonId, bool),
    current: &[EmploymentRow],
    cards: &mut HashSet<String>,
) -> Result<(), Refusal> {
    let row = &ready.row;
    if current.iter().any(|it| it.employee_no == row.employee_no) {
        return Err(Refusal { column: "employee_no", code: ErrorCode::EmployeeNoTaken });
    }
    card_is_free(row, current, cards)?;
    match is_new {
        true => {
            plan.counts.created += 1;
            plan.persons.push(NewPerson { id: person, identity: row.identity.clone(), health: row.health() });
        }
        false => plan.counts.updated += 1,
    }
    plan.employments.push((person, employment(import, ready)));
    Ok(())
}

fn card_is_free(row: &RosterRow, current: &[EmploymentRow], cards: &mut HashSet<String>) -> Result<(), Refusal> {
    let Some(card) = &row.card_no else { return Ok(()) };
    let taken = current.iter().any(|it| it.card_no.as_ref() == Some(card)) || !cards.insert(card.clone());
    match taken {
        true => Err(Refusal { column: "card_no", code: ErrorCode::CardNoTaken }),
        false => Ok(()),
    }
}

fn employment(import: &ImportRow, Ready { row, shift, .. }: &Ready) -> NewEmployment {
    NewEmployment {
        site: import.site_id,
        enterprise: import.enterprise_id,
        area_code: import.area_code.clone(),
        employee_no: row.employee_no.clone(),
        card_no: row.card_no.clone(),
        team: row.team.clone(),
        post: row.post.clone(),
        shift_window: *shift,
        crew: row.crew.clone(),
        from: row.from,
    }
}
