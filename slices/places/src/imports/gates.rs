//! Gates from a file, known by their sites and names.

use std::collections::HashSet;

use access::Scope;
use http_api::{ApiResult, Lang, Platform, Write};
use kernel::{Instant64, Label};
use serde_json::json;
use tables::{Known, Sheet};

use super::place_book::{GateColumns, GateName, PlaceBook};
use super::reading::differing;
use super::{Cells, ImportedList, Judged, ListChange, ListFault, Refusal, Told, good, read_rows};
use crate::http::{gate_changed, note, note_plain};
use crate::model::{Direction, GateId, NewGate, SiteId};
use crate::store::gates::{self as store, GatePlace};
use crate::store::sites::NamedSite;

const NAME: usize = 0;
const SITE: usize = 1;
const ENTERPRISE: usize = 2;
const DIRECTION: usize = 3;
const LANES: usize = 4;
const CLOSED: usize = 5;
const AT: GateColumns = GateColumns { gate: NAME, site: SITE, enterprise: ENTERPRISE };

/// The list of gates.
pub(crate) struct Gates;

/// What a row comes to.
pub(crate) enum GateAct {
    Make(NewGate, bool),
    Change(GateId, GateTo),
}

/// A gate as it is to be.
pub(crate) struct GateTo {
    name: Label,
    direction: Direction,
    lanes: u8,
    closed: bool,
}

/// A row, read.
struct Said {
    gate: GateName,
    direction: Option<Direction>,
    lanes: Option<u8>,
    closed: Option<bool>,
}

impl ImportedList for Gates {
    type Act = GateAct;
    const NAME: &'static str = "gates";
    const COLUMNS: &'static [Known] = &[
        Known { name: "name", headings: &["门岗名称", "门岗", "大门", "名称", "gate", "name"] },
        Known { name: "site", headings: &["场所名称", "场所", "厂区", "site", "sitename"] },
        Known {
            name: "enterprise_code",
            headings: &["统一社会信用代码", "企业信用代码", "信用代码", "enterprisecode", "creditcode"],
        },
        Known { name: "direction", headings: &["方向", "通行方向", "direction"] },
        Known { name: "lanes", headings: &["通道数", "通道", "lanes"] },
        Known { name: "closed", headings: &["已关闭", "是否关闭", "关闭", "closed"] },
    ];
    const NEEDED: &'static [usize] = &[NAME, SITE];

    fn headings(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["名称", "场所", "统一社会信用代码", "方向", "通道数", "已关闭"],
            vec!["name", "site", "enterprise_code", "direction", "lanes", "closed"],
        )
    }

    async fn judge(platform: &Platform, scope: &Scope, sheet: &Sheet, _: Instant64) -> ApiResult<Judged<GateAct>> {
        let said = read_rows(sheet, read);
        let names: Vec<&GateName> = good(&said).map(|it| &it.gate).collect();
        let book = PlaceBook::of(&mut platform.db.reader(), scope, &names).await?;
        let mut seen = HashSet::new();
        Ok(Judged::sort::<Self, _>(&said, |cells, said| {
            let sites = book.sites(&said.gate, AT)?;
            match seen.insert(said.gate.key()) {
                true => judge(cells, said, sites, &book.gates(sites, &said.gate)),
                false => Err((NAME, ListFault::Repeated)),
            }
        }))
    }

    async fn land(write: &mut Write, scope: &Scope, acts: Vec<GateAct>) -> ApiResult<Told> {
        let now = write.now;
        let (mut new, mut changes) = (Vec::new(), Vec::new());
        for act in acts {
            match act {
                GateAct::Make(it, closed) => {
                    let id = GateId::new(now);
                    // Made and then closed, as by hand.
                    if closed {
                        let to = GateTo { name: it.name.clone(), direction: it.direction, lanes: it.lanes, closed };
                        changes.push((id, to));
                    }
                    new.push((id, it));
                }
                GateAct::Change(id, to) => changes.push((id, to)),
            }
        }
        store::insert_all(&mut write.tx, &new, now).await?;
        for (id, _) in &new {
            note_plain(write, scope, "gate.created", id).await?;
        }
        for (id, to) in changes {
            store::update(&mut write.tx, scope, id, &to.name, to.direction, to.lanes, to.closed).await?;
            note(write, scope, "gate.changed", id, json!({ "closed": to.closed })).await?;
            gate_changed(write, scope, id).await?;
        }
        Ok(Told::new())
    }
}

fn read(cells: Cells<'_>) -> Result<Said, Refusal> {
    Ok(Said {
        gate: GateName::read(cells, AT)?.ok_or((NAME, ListFault::Required))?,
        direction: cells.direction(DIRECTION)?,
        lanes: cells.lanes(LANES)?,
        closed: cells.yes_no(CLOSED)?,
    })
}

fn judge(
    cells: &Cells<'_>,
    said: &Said,
    sites: &[NamedSite],
    gates: &[&GatePlace],
) -> Result<Option<(ListChange, GateAct)>, Refusal> {
    let line = cells.row.line;
    let known = match (gates, sites) {
        ([known], _) => *known,
        ([], [site]) => {
            let new = NewGate {
                site: SiteId::from_uuid(site.id),
                name: said.gate.gate.clone(),
                direction: said.direction.ok_or((DIRECTION, ListFault::Required))?,
                lanes: said.lanes.ok_or((LANES, ListFault::Required))?,
            };
            let shown =
                ListChange { line, name: shown(&site.name, new.name.as_str()), is_new: true, fields: Vec::new() };
            return Ok(Some((shown, GateAct::Make(new, said.closed.unwrap_or(false)))));
        }
        ([], _) => return Err((SITE, ListFault::SiteAmbiguous)),
        (_, _) => return Err((NAME, ListFault::GateAmbiguous)),
    };
    let yes_no = |it: bool| if it { "true" } else { "false" };
    let (lanes, said_lanes) = (known.lanes.to_string(), said.lanes.map(|it| it.to_string()));
    let fields = differing([
        ("direction", &known.direction, said.direction.map(Direction::code)),
        ("lanes", &lanes, said_lanes.as_deref()),
        ("closed", yes_no(known.closed), said.closed.map(yes_no)),
    ]);
    if fields.is_empty() {
        return Ok(None);
    }
    let unreadable = |column| (column, ListFault::CellError);
    let there = || u8::try_from(known.lanes).ok();
    let to = GateTo {
        name: Label::parse(&known.name).map_err(|_| unreadable(NAME))?,
        direction: said
            .direction
            .or_else(|| Direction::parse(&known.direction))
            .ok_or_else(|| unreadable(DIRECTION))?,
        lanes: said.lanes.or_else(there).ok_or_else(|| unreadable(LANES))?,
        closed: said.closed.unwrap_or(known.closed),
    };
    let name = shown(&known.site_name, &known.name);
    Ok(Some((ListChange { line, name, is_new: false, fields }, GateAct::Change(GateId::from_uuid(known.id), to))))
}

fn shown(site: &str, gate: &str) -> String {
    format!("{site} · {gate}")
}
