//! The tables: facial and oral temperatures of one person after the other (Wang et al. 2023, PhysioNet, doi
//! 10.13026/3bhc-9065, CC0).
//!
//! Columns are found by name, so that the published files, with two rows of headings above, and the ones that `reduce`
//! wrote, with the columns that are used here, are read alike.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context as _, bail};
use body_temperature::{CameraModel, Celsius, Kelvins};

/// Columns of each round.
const PER_ROUND: [&str; 3] = ["T_offset", "canthi4Max", "T_Max"];
/// Columns of each person.
const PER_PERSON: [&str; 9] =
    ["SubjectID", "aveOralF", "aveOralM", "Gender", "Ethnicity", "T_atm", "Humidity", "Distance", "Cosmetics"];
/// Rounds 1 to 3 are measured alike; in the fourth most mouths were open.
pub const ROUNDS: usize = 3;

/// Both cameras of the tables.
pub const CAMERAS: [(&str, CameraModel); 2] = [("FLIR", CameraModel::FlirA325sc), ("ICI", CameraModel::Ici8640)];

/// One face once, drift taken off as the authors did it.
#[derive(Debug, Clone, Copy)]
pub struct Round {
    pub canthus: Celsius,
    pub face_max: Celsius,
    /// What their blackbody had told them to add.
    pub drift: Kelvins,
}

/// One person, measured by one camera and under the tongue.
#[derive(Debug, Clone)]
pub struct Sitting {
    pub id: String,
    pub rounds: Vec<Round>,
    /// The fourth one.
    pub mouth_open: Option<Round>,
    /// Monitor mode, the slower and better one.
    pub oral: Celsius,
    pub air: Celsius,
    pub sex: String,
    pub ethnicity: String,
    pub cosmetics: String,
}

/// The people of one camera, in the order in which they came.
///
/// # Errors
/// When there is no such file, or a column is missing.
pub fn read(dir: &Path, camera: &str) -> anyhow::Result<Vec<Sitting>> {
    let path = dir.join(format!("{camera}_group1.csv"));
    let table = Table::read(&path)?;
    let mut sittings = Vec::new();
    for row in &table.rows {
        let number = |column: &str| table.cell(row, column).and_then(|it| it.parse::<f64>().ok());
        let round = |idx: usize| {
            let [drift, canthus, face] = PER_ROUND.map(|it| number(&format!("{it}{idx}")));
            Some(Round { canthus: Celsius(canthus?), face_max: Celsius(face?), drift: Kelvins(drift?) })
        };
        let word = |column: &str| table.cell(row, column).unwrap_or_default().to_owned();
        let rounds: Vec<Round> = (1..=ROUNDS).filter_map(round).collect();
        // As the tables' own page says: these are errors of writing.
        let sound = number("Distance").is_some_and(|it| it <= 3.0) && number("Humidity").is_some_and(|it| it <= 100.0);
        if let (Some(oral), Some(air), true, false) = (number("aveOralM"), number("T_atm"), sound, rounds.is_empty()) {
            sittings.push(Sitting {
                id: word("SubjectID"),
                rounds,
                mouth_open: round(ROUNDS + 1),
                oral: Celsius(oral),
                air: Celsius(air),
                sex: word("Gender"),
                ethnicity: word("Ethnicity"),
                cosmetics: match word("Cosmetics").as_str() {
                    "0" => "none".to_owned(),
                    "1" => "worn".to_owned(),
                    _ => "not said".to_owned(),
                },
            });
        }
    }
    Ok(sittings)
}

/// Writes the columns that are used here, in the order in which people came, without the day and the hour.
///
/// # Errors
/// When it cannot be read or written.
pub fn reduce(from: &Path, to: &Path) -> anyhow::Result<()> {
    for (camera, _) in CAMERAS {
        let name = format!("{camera}_group1.csv");
        let table = Table::read(&from.join(&name))?;
        let rounds = (1..=ROUNDS + 1).flat_map(|idx| PER_ROUND.map(|it| format!("{it}{idx}")));
        let columns: Vec<String> = PER_PERSON.iter().map(|it| (*it).to_owned()).chain(rounds).collect();
        let mut out = csv::Writer::from_path(to.join(&name))?;
        out.write_record(&columns)?;
        for row in &table.rows {
            out.write_record(columns.iter().map(|it| table.cell(row, it).unwrap_or_default()))?;
        }
        out.flush()?;
    }
    Ok(())
}

struct Table {
    columns: HashMap<String, usize>,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(path);
        let mut reader = reader.with_context(|| format!("{}", path.display()))?;
        let mut columns = HashMap::new();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record?;
            match (columns.is_empty(), record.get(0)) {
                (true, Some("SubjectID")) => {
                    columns = record.iter().enumerate().map(|(idx, it)| (it.trim().to_owned(), idx)).collect();
                }
                (true, _) => {}
                (false, _) => rows.push(record),
            }
        }
        let missing: Vec<&str> = PER_PERSON.into_iter().filter(|it| !columns.contains_key(*it)).collect();
        if !missing.is_empty() {
            bail!("{}: no column {}", path.display(), missing.join(", "));
        }
        let mut table = Self { columns, rows };
        table.in_order();
        Ok(table)
    }

    fn cell<'a>(&self, row: &'a csv::StringRecord, column: &str) -> Option<&'a str> {
        row.get(*self.columns.get(column)?).map(str::trim).filter(|it| !it.is_empty())
    }

    /// By day and hour where they are in the file; else as it stands.
    fn in_order(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_by_cached_key(|row| {
            let clock = self.cell(row, "Time").unwrap_or_default();
            let hour = clock.split(':').map(|it| it.parse::<u32>().unwrap_or(0)).fold(0, |all, it| all * 60 + it);
            (self.cell(row, "Date").unwrap_or_default().to_owned(), hour)
        });
        self.rows = rows;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_beside_the_bench_are_whole() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let people = CAMERAS.map(|(camera, _)| read(&dir, camera).unwrap());
        assert_eq!(people.each_ref().map(Vec::len), [542, 535]);
        let febrile = people.each_ref().map(|it| it.iter().filter(|it| 37.5 <= it.oral.0).count());
        assert_eq!(febrile, [47, 46]);
        assert!(people.iter().flatten().all(|it| it.rounds.len() <= ROUNDS && (20.0..30.0).contains(&it.air.0)));
    }
}
