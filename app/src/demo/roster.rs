//! The demo's people and their roster rows. Not responsible for where they work.

use kernel::Instant64;
use kernel::document::resident_check;
use kernel::time::{DAY, HOUR};

use super::dice::Dice;
use super::district::{Shift, Site};
use super::names::{FAMILY, GIVEN, work};

/// A person and her employment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Where she works.
    pub site: usize,
    /// Invented.
    pub name: String,
    /// Code of the document kind.
    pub document_kind: &'static str,
    /// Of division 999999 when it is a resident card.
    pub document_number: String,
    /// Invented.
    pub phone: String,
    /// Unique in the district.
    pub employee_no: String,
    /// A card, for most.
    pub card_no: Option<String>,
    /// Team.
    pub team: &'static str,
    /// Post.
    pub post: &'static str,
    /// Her shift, when the site has a plan and she a place in it.
    pub shift: Option<&'static Shift>,
    /// Date of entry.
    pub starts_on: String,
    /// When she last stated that she is well; some have not.
    pub attested_at: Option<Instant64>,
    /// Date on which she left an affected area, for a few.
    pub left_affected_area_on: Option<String>,
}

const HEADER: &str = "name,document_kind,document_number,phone,employee_no,card_no,team,post,shift,starts_on,attested_at,\
                      left_affected_area_on\n";

/// Distributes `n_people` over the sites by their weight.
pub(super) fn hire(sites: &[Site], n_people: usize, now: Instant64, dice: &mut Dice) -> Vec<Person> {
    let weights = sites.iter().map(|it| it.weight).sum::<usize>().max(1);
    let mut people = Vec::with_capacity(n_people);
    let shares = sites.iter().map(|it| n_people * it.weight / weights);
    // Rounding leaves a few over; they work at the first site.
    let left_over = n_people.saturating_sub(shares.clone().sum());
    for ((idx, site), share) in sites.iter().enumerate().zip(shares) {
        let share = share + if idx == 0 { left_over } else { 0 };
        for number in 1..=share {
            people.push(person(idx, site, number, people.len(), now, dice));
        }
    }
    people
}

fn person(idx: usize, site: &Site, number: usize, sequence: usize, now: Instant64, dice: &mut Dice) -> Person {
    let (teams, posts) = work(site.kind);
    let (document_kind, document_number) = document(sequence, dice);
    Person {
        site: idx,
        name: name(dice),
        document_kind,
        document_number,
        phone: format!("1{}{}00{sequence:06}", 3 + dice.below(7), dice.below(10)),
        employee_no: format!("{:02}{number:04}", idx + 1),
        card_no: (!dice.chance(300)).then(|| format!("{:010}", 3_000_000_000 + sequence)),
        team: dice.word(teams),
        post: dice.word(posts),
        shift: shift(site, dice),
        starts_on: csv_date(now.plus(-DAY * i64::from(30 + dice.below(900)))),
        attested_at: (!dice.chance(15)).then(|| attested_at(now, dice)),
        left_affected_area_on: dice.chance(10).then(|| csv_date(now.plus(-DAY * i64::from(3 + dice.below(8))))),
    }
}

/// Whole hours, so that a load that is cut off and goes on sends the same rows.
fn attested_at(now: Instant64, dice: &mut Dice) -> Instant64 {
    Instant64::from_micros((now.hour_bucket() - i64::from(dice.below(4))) * HOUR)
}

fn shift(site: &Site, dice: &mut Dice) -> Option<&'static Shift> {
    match dice.below(100) {
        0..50 => site.shifts.first(),
        50..54 => site.shifts.last(),
        _ => None,
    }
}

fn name(dice: &mut Dice) -> String {
    let second = if dice.chance(150) { "" } else { dice.word(GIVEN) };
    format!("{}{}{second}", dice.word(FAMILY), dice.word(GIVEN))
}

fn document(sequence: usize, dice: &mut Dice) -> (&'static str, String) {
    match dice.below(1000) {
        0..8 => ("passport", format!("E9{sequence:07}")),
        8..11 => ("hk_macao_permit", format!("H{:08}", 90_000_000 + sequence)),
        11..13 => ("taiwan_permit", format!("{:08}", 90_000_000 + sequence)),
        _ => ("resident_id", resident_id(sequence, dice)),
    }
}

/// Division 999999 belongs to no place. Each thousand has years of birth of its own, so no number comes twice.
fn resident_id(sequence: usize, dice: &mut Dice) -> String {
    let year = 1962 + sequence / 1000 % 5 * 8 + usize::try_from(dice.below(8)).unwrap_or(0);
    let (month, day) = (1 + dice.below(12), 1 + dice.below(28));
    let body = format!("999999{year}{month:02}{day:02}{:03}", sequence % 1000);
    let check = resident_check(&body).unwrap_or('X');
    format!("{body}{check}")
}

/// `YYYY-MM-DD` in China.
pub(super) fn csv_date(at: Instant64) -> String {
    at.local_date()
}

/// Rows under the import's header. No value holds a comma, a quote or a line break.
pub(super) fn csv<'a>(people: impl Iterator<Item = &'a Person>) -> String {
    let row = |it: &Person| {
        let shift = it.shift.map_or("", |it| it.name);
        let attested_at = it.attested_at.map(|it| it.to_string()).unwrap_or_default();
        let fields = [
            it.name.as_str(),
            it.document_kind,
            &it.document_number,
            &it.phone,
            &it.employee_no,
            it.card_no.as_deref().unwrap_or_default(),
            it.team,
            it.post,
            shift,
            &it.starts_on,
            &attested_at,
            it.left_affected_area_on.as_deref().unwrap_or_default(),
        ];
        fields.join(",") + "\n"
    };
    std::iter::once(HEADER.to_owned()).chain(people.map(row)).collect()
}

#[cfg(test)]
mod tests {
    use kernel::Instant64;

    use crate::demo::district::{Size, generate};

    #[test]
    fn a_row_has_a_value_for_each_column_of_the_header() {
        let district = generate(Size::Small, 1, Instant64::parse("2026-03-02T08:30:00+08:00").unwrap());
        let csv = district.people_csv(0);
        assert!(csv.lines().count() > 10);
        assert!(csv.lines().all(|it| it.split(',').count() == 12), "{csv}");
    }
}
