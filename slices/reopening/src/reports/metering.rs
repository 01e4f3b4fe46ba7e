//! Electricity from a file: of an enterprise and a day, and what it used a day before the epidemic. Good rows land, bad ones go
//! back in the form they came in.

use std::collections::{HashMap, HashSet};

use http_api::Lang;
use kernel::{CreditCode, Instant64};
use serde::{Deserialize, Serialize};
use tables::{Cell, Form, Known, Row, Sheet, SheetFault};
use utoipa::ToSchema;

use super::rules::COUNT_MOST;
use crate::store::electricity::{KnownRow, Metered};

/// Rows of one file.
pub(crate) const ROWS_MOST: usize = 50_000;
/// How much of a cell in error is shown.
const SHOWN_CHARS: usize = 80;

/// The columns, and what people write above them.
const COLUMNS: &[Known] = &[
    Known {
        name: "credit_code", headings: &["统一社会信用代码", "社会信用代码", "信用代码", "creditcode", "uscc"]
    },
    Known { name: "day", headings: &["日期", "用电日期", "抄表日期", "数据日期", "day", "date"] },
    Known {
        name: "kwh", headings: &["用电量", "日用电量", "电量", "用电量(千瓦时)", "kwh", "electricity"]
    },
    Known {
        name: "baseline",
        headings: &["基准日用电量", "基准用电量", "基准", "去年四季度日均", "baseline", "baselinekwh"],
    },
];
const CREDIT_CODE: usize = 0;
const DAY: usize = 1;
const KWH: usize = 2;
const BASELINE: usize = 3;

kernel::coded! {
    #[derive(ToSchema)]
    /// Why a row was refused.
    pub enum MeterFault {
        /// The cell is empty.
        Required = "required",
        /// No credit code has this form.
        CreditCodeForm = "credit_code_form",
        /// The check digit is wrong.
        CreditCodeCheck = "credit_code_check",
        /// No enterprise of the asker has this code.
        EnterpriseUnknown = "enterprise_unknown",
        /// No day.
        DateForm = "date_form",
        /// A day that has not come.
        DateFuture = "date_future",
        /// No number, or none that a meter shows.
        NumberForm = "number_form",
        /// A row before it says something of the same enterprise and day.
        Repeated = "repeated",
    }
}

/// A file as it was read.
#[derive(Debug)]
pub(crate) struct MeterFile(Sheet);

/// What a file says, row by row.
#[derive(Debug, Default)]
pub(crate) struct Landed {
    /// By day.
    pub(crate) days: Vec<(String, Metered)>,
    pub(crate) baselines: Vec<Metered>,
    pub(crate) refused: Vec<RefusedRow>,
}

/// A row that did not land.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RefusedReading)]
pub struct RefusedRow {
    /// Its number in the sheet.
    pub line: u64,
    /// The column in error.
    pub column: String,
    /// Why.
    pub fault: MeterFault,
    /// What stands there.
    pub text: String,
}

/// Reads a file. Takes a moment: not for a thread that answers others.
///
/// # Errors
/// What is no table, lacks a needed column in its first sheet, or has too many rows.
pub(crate) fn read(bytes: &[u8]) -> Result<MeterFile, SheetFault> {
    let sheet = Sheet::read(bytes, COLUMNS, &[CREDIT_CODE], ROWS_MOST)?;
    match () {
        () if !sheet.has(KWH) && !sheet.has(BASELINE) => Err(SheetFault::Column("kwh")),
        () if sheet.has(KWH) && !sheet.has(DAY) => Err(SheetFault::Column("day")),
        () => Ok(MeterFile(sheet)),
    }
}

type Refusal = (usize, MeterFault);

/// One good row.
struct Reading<'k> {
    of: &'k KnownRow,
    day: Option<(String, i64)>,
    baseline: Option<i64>,
}

impl MeterFile {
    pub(crate) fn row_count(&self) -> usize {
        self.0.rows().len()
    }

    pub(crate) const fn form(&self) -> Form {
        self.0.form()
    }

    /// The codes that its rows name, each once.
    pub(crate) fn codes(&self) -> Vec<String> {
        let code = |row| self.code(row).ok().map(|it| it.as_str().to_owned());
        let mut codes: Vec<String> = self.0.rows().iter().filter_map(code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// What lands of it, with these enterprises in reach.
    pub(crate) fn landed(&self, known: &[KnownRow], now: Instant64) -> Landed {
        let known: HashMap<&str, &KnownRow> = known.iter().map(|it| (it.credit_code.as_str(), it)).collect();
        let (mut landed, mut seen) = (Landed::default(), HashSet::new());
        for row in self.0.rows() {
            let reading = self.reading(row, &known, now).and_then(|it| {
                let day = it.day.as_ref().map(|it| it.0.clone());
                if seen.insert((it.of.id, day)) { Ok(it) } else { Err((CREDIT_CODE, MeterFault::Repeated)) }
            });
            match reading {
                Ok(Reading { of, day, baseline }) => {
                    let metered = |kwh| Metered { enterprise: of.id, area_code: of.area_code.clone(), kwh };
                    landed.days.extend(day.map(|(day, kwh)| (day, metered(kwh))));
                    landed.baselines.extend(baseline.map(metered));
                }
                Err(refusal) => landed.refused.push(self.refused(row, refusal)),
            }
        }
        // Of several days with the same figure one is enough; what stands last holds.
        let mut last: HashMap<_, Metered> = HashMap::new();
        last.extend(landed.baselines.drain(..).map(|it| (it.enterprise, it)));
        landed.baselines.extend(last.into_values());
        landed
    }

    fn reading<'k>(
        &self,
        row: &Row,
        known: &HashMap<&str, &'k KnownRow>,
        now: Instant64,
    ) -> Result<Reading<'k>, Refusal> {
        let code = self.code(row)?;
        let of = known.get(code.as_str()).copied().ok_or((CREDIT_CODE, MeterFault::EnterpriseUnknown))?;
        let (kwh, baseline) = (self.amount(row, KWH)?, self.amount(row, BASELINE)?);
        let day = match kwh {
            Some(kwh) => Some((self.day(row, now)?, kwh)),
            None if baseline.is_none() => return Err((KWH, MeterFault::Required)),
            None => None,
        };
        match baseline {
            Some(0) => Err((BASELINE, MeterFault::NumberForm)),
            baseline => Ok(Reading { of, day, baseline }),
        }
    }

    fn code(&self, row: &Row) -> Result<CreditCode, Refusal> {
        let text = self.cell(row, CREDIT_CODE).text();
        if text.is_empty() {
            return Err((CREDIT_CODE, MeterFault::Required));
        }
        CreditCode::parse(&text)
            .map_err(|it| (CREDIT_CODE, MeterFault::parse(it.code).unwrap_or(MeterFault::CreditCodeForm)))
    }

    fn day(&self, row: &Row, now: Instant64) -> Result<String, Refusal> {
        let cell = self.cell(row, DAY);
        if cell.is_empty() {
            return Err((DAY, MeterFault::Required));
        }
        let day = tables::date_of(cell).ok_or((DAY, MeterFault::DateForm))?;
        match day <= now {
            true => Ok(day.local_date()),
            false => Err((DAY, MeterFault::DateFuture)),
        }
    }

    /// Whole kilowatt-hours; nothing where the cell is empty or the column is not there.
    fn amount(&self, row: &Row, column: usize) -> Result<Option<i64>, Refusal> {
        let wrong = (column, MeterFault::NumberForm);
        let text = match self.cell(row, column) {
            Cell::Empty => return Ok(None),
            Cell::Error(_) | Cell::Truth(_) | Cell::Moment(_) => return Err(wrong),
            cell => cell.text().chars().map(kernel::text::half_width).collect::<String>(),
        };
        let number: f64 = text.replace([',', ' '], "").parse().map_err(|_| wrong)?;
        // Rounded as it is written, so that nothing is cast: `inf` and `NaN` are no whole numbers.
        let whole: i64 = format!("{number:.0}").parse().map_err(|_| wrong)?;
        match (0..=COUNT_MOST).contains(&whole) && 0.0 <= number {
            true => Ok(Some(whole)),
            false => Err(wrong),
        }
    }

    fn cell<'r>(&self, row: &'r Row, column: usize) -> &'r Cell {
        self.0.cell(row, column)
    }

    fn refused(&self, row: &Row, (column, fault): Refusal) -> RefusedRow {
        let text = self.cell(row, column).text().chars().take(SHOWN_CHARS).collect();
        let column = COLUMNS.get(column).map_or("", |it| it.name).to_owned();
        RefusedRow { line: row.line, column, fault, text }
    }

    /// The refused rows in the form of their file, with the column in error and the reason.
    ///
    /// # Errors
    /// What no sheet can hold.
    pub(crate) fn refused_file(&self, refused: &[RefusedRow], lang: Lang) -> anyhow::Result<Vec<u8>> {
        let more = lang.pick(["出错的列", "原因和处理办法"], ["column in error", "reason and remedy"]);
        let words = |it: &RefusedRow| (it.line, [column_name(&it.column, lang), reason(it.fault, lang)]);
        Ok(self.0.refused(more, refused.iter().map(words))?)
    }
}

/// What a column is called.
fn column_name(name: &str, lang: Lang) -> String {
    let (zh, en) = match name {
        "credit_code" => ("统一社会信用代码", "credit code"),
        "day" => ("日期", "day"),
        "kwh" => ("用电量（千瓦时）", "kWh"),
        _ => ("基准日用电量（千瓦时）", "baseline kWh a day"),
    };
    lang.pick(zh, en).to_owned()
}

/// Why, and what to do. The console's dictionary does not reach a spreadsheet.
fn reason(fault: MeterFault, lang: Lang) -> String {
    let (zh, en) = match fault {
        MeterFault::Required => ("这一格必须填写", "must be filled in"),
        MeterFault::CreditCodeForm => {
            ("不是 18 位统一社会信用代码，请核对", "not a credit code of 18 characters: check it")
        }
        MeterFault::CreditCodeCheck => ("校验位不对，请核对代码", "the check digit is wrong: check the code"),
        MeterFault::EnterpriseUnknown => ("没有这家企业，或不在你的范围内", "no such enterprise, or none of yours"),
        MeterFault::DateForm => ("日期看不懂，请写成 2020-03-05", "not a day: write it as 2020-03-05"),
        MeterFault::DateFuture => ("日期还没有到", "that day has not come"),
        MeterFault::NumberForm => ("不是电表的数字，请写千瓦时", "not a number of a meter: write kilowatt-hours"),
        MeterFault::Repeated => ("前面已有同一企业同一天的一行", "an earlier row is of the same enterprise and day"),
    };
    lang.pick(zh, en).to_owned()
}

/// An empty file with the headings.
///
/// # Errors
/// What no sheet can hold.
pub(crate) fn template(lang: Lang) -> anyhow::Result<Vec<u8>> {
    let headings = COLUMNS.iter().map(|it| column_name(it.name, lang)).collect();
    Ok(Form::Xlsx.write(lang.pick("用电量", "Electricity"), &[headings])?)
}

#[cfg(test)]
mod tests {
    use kernel::id::Uuid;

    use super::*;

    const NOW: Instant64 = Instant64::from_micros(1_583_424_000_000_000); // 2020-03-06 in China
    const CODE: &str = "91350100M000100Y43";

    fn known() -> Vec<KnownRow> {
        vec![KnownRow { id: Uuid::from_u128(7), credit_code: CODE.to_owned(), area_code: "350100001001".to_owned() }]
    }

    fn landed(text: &str) -> Landed {
        read(text.as_bytes()).expect("a table").landed(&known(), NOW)
    }

    #[test]
    fn good_rows_land_and_bad_ones_say_why() {
        let file = format!(
            "某区用电量\n统一社会信用代码,日期,日用电量,基准日用电量\n{CODE},2020/3/5,\"1,200.4\",2000\n{CODE},2020-03-04,１１００,2000\n\
            {CODE},20200305,9,\n91350100M000100Y44,2020-03-05,9,\n91350100M000100Y,2020-03-05,9,\n{CODE},3/5,9,\n\
            {CODE},2020-03-09,9,\n{CODE},2020-03-01,many,\n{CODE},2020-03-01,,\n,2020-03-01,5,\n{CODE},2020-03-02,5,0\n"
        );
        let it = landed(&file);
        let days: Vec<(&str, i64)> = it.days.iter().map(|it| (it.0.as_str(), it.1.kwh)).collect();
        assert_eq!(days, [("2020-03-05", 1_200), ("2020-03-04", 1_100)]);
        assert_eq!(it.baselines.len(), 1);
        let refused: Vec<(&str, MeterFault)> = it.refused.iter().map(|it| (it.column.as_str(), it.fault)).collect();
        assert_eq!(
            refused,
            [
                ("credit_code", MeterFault::Repeated),
                ("credit_code", MeterFault::CreditCodeCheck),
                ("credit_code", MeterFault::CreditCodeForm),
                ("day", MeterFault::DateForm),
                ("day", MeterFault::DateFuture),
                ("kwh", MeterFault::NumberForm),
                ("kwh", MeterFault::Required),
                ("credit_code", MeterFault::Required),
                ("baseline", MeterFault::NumberForm),
            ]
        );
    }

    #[test]
    fn an_enterprise_out_of_reach_is_as_good_as_unknown() {
        let file = format!("credit code,day,kwh\n{CODE},2020-03-05,9\n");
        let it = read(file.as_bytes()).expect("a table").landed(&[], NOW);
        assert_eq!(it.refused[0].fault, MeterFault::EnterpriseUnknown);
    }

    #[test]
    fn a_file_without_its_columns_says_which() {
        for (file, column) in [
            ("日期,用电量\n2020-03-05,9\n", "credit_code"),
            ("信用代码,用电量\nx,9\n", "day"),
            ("信用代码,日期\nx,y\n", "kwh"),
        ] {
            assert!(matches!(read(file.as_bytes()), Err(SheetFault::Column(it)) if it == column), "{file}");
        }
    }

    #[test]
    fn refused_rows_go_back_with_their_reason() {
        let file = format!("信用代码,日期,用电量,备注\n{CODE},昨天,9,一车间\n");
        let read = read(file.as_bytes()).expect("a table");
        let it = read.landed(&known(), NOW);
        let back = String::from_utf8(read.refused_file(&it.refused, Lang::Zh).expect("a file")).expect("text");
        assert!(back.contains("昨天,9,一车间,日期,日期看不懂，请写成 2020-03-05"), "{back}");
    }
}
