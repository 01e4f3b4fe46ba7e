//! Visitors from a file: each is announced as at the desk, and her link is told to whoever announces her.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use access::Scope;
use http_api::{ApiResult, Lang, Platform, Write};
use kernel::time::DAY;
use kernel::{DocumentKind, DocumentNumber, Instant64, Label, Phone};
use places::lists::{Cells, ImportedList, Judged, ListChange, ListFault, Refusal, Told, good, read_rows};
use places::rules::show_minute;
use places::{ActiveResponse, CalledSite};
use tables::{Known, Sheet};
use uuid::Uuid;

use crate::announcing::{self, Announcement, Host, Sealed, Visited, changed, note_visitor, phone_digest};
use crate::model::{NewGuest, Plate};
use crate::rules::Period;
use crate::store::visitors as store;

const SITE: usize = 0;
const ENTERPRISE: usize = 1;
const NAME: usize = 2;
const PHONE: usize = 3;
const DOCUMENT: usize = 4;
const COMPANY: usize = 5;
const PURPOSE: usize = 6;
const PLATE: usize = 7;
const FROM: usize = 8;
const UNTIL: usize = 9;
const START: usize = 10;
const END: usize = 11;

/// The list of visitors.
pub(crate) struct Visitors;

/// Somebody to be announced.
pub(crate) enum VisitorAct {
    /// As the row says it.
    Announce { line: u64, at: Visited, announcement: Box<Announcement> },
    /// Ready to be stored.
    Store { line: u64, sealed: Box<Sealed> },
}

/// A row, read.
struct Said {
    site: Label,
    enterprise: Option<String>,
    announcement: Announcement,
}

/// What rows are compared with.
struct Register<'r> {
    sites: &'r [CalledSite],
    responses: &'r [ActiveResponse],
    /// Phone, site, days and hours of who is expected.
    expected: &'r [(Vec<u8>, Uuid, Period)],
    now: Instant64,
}

impl ImportedList for Visitors {
    type Act = VisitorAct;
    const NAME: &'static str = "visitors";
    const COLUMNS: &'static [Known] = &[
        Known { name: "site", headings: &["场所", "场所名称", "site"] },
        Known {
            name: "enterprise_code",
            headings: &["统一社会信用代码", "企业信用代码", "信用代码", "enterprisecode", "creditcode"],
        },
        Known { name: "visitor", headings: &["姓名", "访客", "访客姓名", "name", "visitor"] },
        Known { name: "phone", headings: &["手机号", "手机", "电话", "联系电话", "phone", "mobile"] },
        Known {
            name: "document_number", headings: &["身份证号", "身份证", "证件号码", "documentnumber", "idnumber"]
        },
        Known { name: "company", headings: &["单位", "来访单位", "公司", "company"] },
        Known { name: "purpose", headings: &["事由", "来访事由", "purpose"] },
        Known { name: "plate", headings: &["车牌", "车牌号", "plate"] },
        Known { name: "from", headings: &["首日", "来访日期", "日期", "firstday", "day"] },
        Known { name: "until", headings: &["末日", "结束日期", "lastday", "until"] },
        Known { name: "start", headings: &["每天从", "从", "开始时间", "from", "start"] },
        Known { name: "end", headings: &["到", "结束时间", "to", "end"] },
    ];
    const NEEDED: &'static [usize] = &[SITE, NAME, PHONE, FROM, START, END];
    /// Each has keys of her own.
    const ROWS_MOST: usize = 500;

    fn headings(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec![
                "场所",
                "统一社会信用代码",
                "姓名",
                "手机号",
                "身份证号",
                "单位",
                "事由",
                "车牌",
                "首日",
                "末日",
                "每天从",
                "到",
            ],
            vec![
                "site",
                "enterprise_code",
                "name",
                "phone",
                "document_number",
                "company",
                "purpose",
                "plate",
                "first day",
                "last day",
                "from",
                "to",
            ],
        )
    }

    fn told_headings(lang: Lang) -> [&'static str; 2] {
        lang.pick(["访客链接", "访客码"], ["visitor's link", "visitor's code"])
    }

    async fn judge(platform: &Platform, scope: &Scope, sheet: &Sheet, now: Instant64) -> ApiResult<Judged<VisitorAct>> {
        let mut db = platform.db.reader();
        let said = read_rows(sheet, |cells| read(cells, now));
        let names: BTreeSet<String> = good(&said).map(|it| it.site.key()).collect();
        let names: Vec<String> = names.into_iter().collect();
        let sites = places::sites_called(&mut db, scope, &names).await?;
        let responses = places::active_responses(&mut db, now).await?;
        let phones: BTreeSet<Vec<u8>> = good(&said).map(|it| it.phone(platform)).collect();
        let phones: Vec<Vec<u8>> = phones.into_iter().collect();
        let expected = store::expected_by_phone(&mut db, scope, &phones, now).await?;
        let register = Register { sites: &sites, responses: &responses, expected: &expected, now };
        let mut seen = HashSet::new();
        Ok(Judged::sort::<Self, _>(&said, |cells, said| {
            let site = register.site(said)?;
            let phone = said.phone(platform);
            match seen.insert((phone.clone(), site.id, times(said.announcement.period))) {
                true => Ok(register.act(cells, said, site, &phone)),
                false => Err((PHONE, ListFault::Repeated)),
            }
        }))
    }

    async fn prepare(
        platform: &Platform,
        scope: &Scope,
        acts: Vec<VisitorAct>,
        now: Instant64,
    ) -> ApiResult<Vec<VisitorAct>> {
        let (mut lines, mut announced, mut ready) = (Vec::new(), Vec::new(), Vec::new());
        for act in acts {
            match act {
                VisitorAct::Announce { line, at, announcement } => {
                    lines.push(line);
                    announced.push((at, *announcement));
                }
                VisitorAct::Store { .. } => ready.push(act),
            }
        }
        let host = Host { person: None, name: scope.actor().name.clone() };
        let sealed = announcing::sealed_all(platform, &host, announced, now).await?;
        let store = |(line, sealed)| VisitorAct::Store { line, sealed: Box::new(sealed) };
        ready.extend(lines.into_iter().zip(sealed).map(store));
        Ok(ready)
    }

    async fn land(write: &mut Write, scope: &Scope, acts: Vec<VisitorAct>) -> ApiResult<Told> {
        let (now, mut told, mut visited) = (write.now, Told::new(), BTreeMap::new());
        for act in acts {
            // Nothing is left to be sealed here.
            let VisitorAct::Store { line, sealed } = act else { continue };
            let Sealed { new, code } = *sealed;
            let (id, person) = (new.id, new.person);
            visited.insert(new.site, (new.enterprise, new.area_code.clone()));
            store::insert(&mut write.tx, new, now).await?;
            note_visitor(write, scope, "visitor.announced", id, person).await?;
            told.push((line, [format!("/m/visit#{code}"), code]));
        }
        for (site, (enterprise, area)) in visited {
            changed(&mut write.tx, (site, enterprise, &area), now).await?;
        }
        Ok(told)
    }
}

impl Said {
    fn phone(&self, platform: &Platform) -> Vec<u8> {
        phone_digest(platform, &self.announcement.guest.phone)
    }
}

/// What tells one announcement of a visitor from another.
const fn times(it: Period) -> (i64, i64, u16, u16) {
    (it.from.micros(), it.until.micros(), it.start_minute, it.end_minute)
}

fn read(cells: Cells<'_>, now: Instant64) -> Result<Said, Refusal> {
    let required = |column| (column, ListFault::Required);
    let plate = |it: String| Plate::parse(&it).map_err(|_| (PLATE, ListFault::PlateForm));
    let phone = Phone::parse(&cells.needed(PHONE)?).map_err(|_| (PHONE, ListFault::PhoneForm))?;
    let guest = NewGuest { name: cells.label(NAME)?.ok_or(required(NAME))?, phone, document: document(cells)? };
    let announcement = Announcement {
        guest,
        company: cells.label(COMPANY)?,
        purpose: cells.label(PURPOSE)?,
        plate: cells.text(PLATE)?.map(plate).transpose()?,
        period: period(cells, now)?,
    };
    let enterprise = cells.credit_code(ENTERPRISE)?.map(|it| it.as_str().to_owned());
    Ok(Said { site: cells.label(SITE)?.ok_or(required(SITE))?, enterprise, announcement })
}

fn document(cells: Cells<'_>) -> Result<Option<DocumentNumber>, Refusal> {
    let Some(text) = cells.text(DOCUMENT)? else { return Ok(None) };
    // Spreadsheets make the last digits of a long number up.
    if cells.sheet.cell(cells.row, DOCUMENT).is_rounded() {
        return Err((DOCUMENT, ListFault::DocumentNumberForm));
    }
    let number = DocumentNumber::parse(DocumentKind::ResidentId, &text).map_err(|it| match it.code {
        "document_number_check" => (DOCUMENT, ListFault::DocumentNumberCheck),
        _ => (DOCUMENT, ListFault::DocumentNumberForm),
    })?;
    Ok(Some(number))
}

/// Days and hours, under the same rules as at the desk.
fn period(cells: Cells<'_>, now: Instant64) -> Result<Period, Refusal> {
    let minute = |column| cells.minute(column)?.ok_or((column, ListFault::Required));
    let from = cells.day(FROM)?.ok_or((FROM, ListFault::Required))?.local().day_start;
    let last = cells.day(UNTIL)?.map_or(from, |it| it.local().day_start);
    let period = Period { from, until: last.plus(DAY), start_minute: minute(START)?, end_minute: minute(END)? };
    let fault = |(field, code)| match (field, code) {
        ("end", _) => (END, ListFault::DateOrder),
        (_, "date_order") => (UNTIL, ListFault::DateOrder),
        (_, "moment_past") => (if cells.sheet.has(UNTIL) { UNTIL } else { FROM }, ListFault::MomentPast),
        (_, _) => (UNTIL, ListFault::TooManyDays),
    };
    period.check(now).map_err(fault)?;
    Ok(period)
}

impl Register<'_> {
    /// By name, and by whose it is where several are called so; of those in reach.
    fn site(&self, said: &Said) -> Result<&CalledSite, Refusal> {
        let key = said.site.key();
        let is_whose = |it: &&CalledSite| said.enterprise.is_none() || it.credit_code == said.enterprise;
        let mut called = self.sites.iter().filter(|it| it.name_key == key).filter(is_whose);
        let site = match (called.next(), called.next()) {
            (Some(it), None) => it,
            (Some(_), Some(_)) => return Err((SITE, ListFault::SiteAmbiguous)),
            (None, _) => return Err((SITE, ListFault::SiteUnknown)),
        };
        match self.responses.iter().any(|it| it.covers(&site.area_code, "screening", self.now)) {
            true => Ok(site),
            false => Err((SITE, ListFault::ResponseInactive)),
        }
    }

    fn act(&self, cells: &Cells<'_>, said: &Said, site: &CalledSite, phone: &[u8]) -> Option<(ListChange, VisitorAct)> {
        let it = &said.announcement;
        let is_same =
            |(by, at, period): &(Vec<u8>, Uuid, Period)| by == phone && *at == site.id && *period == it.period;
        if self.expected.iter().any(is_same) {
            return None;
        }
        let hours = format!("{}–{}", show_minute(it.period.start_minute), show_minute(it.period.end_minute));
        let name = format!("{} · {} · {hours}", it.guest.name.as_str(), said.site.as_str());
        let line = cells.row.line;
        let at = Visited { site: site.id, enterprise: site.enterprise_id, area_code: site.area_code.clone() };
        let act = VisitorAct::Announce { line, at, announcement: Box::new(it.clone()) };
        Some((ListChange { line, name, is_new: true, fields: Vec::new() }, act))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_read_as_it_was_written() {
        for lang in [Lang::Zh, Lang::En] {
            let headings: Vec<String> = Visitors::headings(lang).into_iter().map(str::to_owned).collect();
            let found = tables::guess(&headings, Visitors::COLUMNS);
            assert_eq!(found, (0..headings.len()).map(Some).collect::<Vec<_>>(), "{headings:?}");
        }
    }
}
