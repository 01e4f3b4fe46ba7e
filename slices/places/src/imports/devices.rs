//! Devices from a file, known by their serials. A new one has no secret: nobody can speak for it until it is given one on
//! its page.

use std::collections::{HashMap, HashSet};

use access::{Located, Scope};
use http_api::{ApiError, ApiResult, Lang, Platform, Write};
use kernel::{Instant64, Label, MacAddress};
use serde_json::json;
use tables::{Cell, Known, Sheet};

use super::place_book::{GateColumns, GateName, PlaceBook};
use super::reading::differing;
use super::{Cells, ImportedList, Judged, ListChange, ListFault, Refusal, Told, good, read_rows};
use crate::http::{note, note_plain};
use crate::model::{DeviceId, DeviceState, Direction, GateId, NewDevice, Vendor};
use crate::store::device_lists::{self as lists, SerialRow};
use crate::store::devices::{self as store, DeviceUpdate};
use crate::store::gates::GatePlace;
use crate::words;

const SERIAL: usize = 0;
const VENDOR: usize = 1;
const MODEL: usize = 2;
const MAC: usize = 3;
const GATE: usize = 4;
const SITE: usize = 5;
const ENTERPRISE: usize = 6;
const LANE: usize = 7;
const DIRECTION: usize = 8;
const AT: GateColumns = GateColumns { gate: GATE, site: SITE, enterprise: ENTERPRISE };

/// The list of devices.
pub(crate) struct Devices;

/// What a row comes to.
pub(crate) enum DeviceAct {
    Register(NewDevice),
    Change(DeviceId, NewDevice),
}

/// A row, read.
struct Said {
    serial: Label,
    vendor: Option<Vendor>,
    model: Option<Label>,
    mac: Option<MacAddress>,
    gate: Option<GateName>,
    lane: Option<u8>,
    direction: Option<Direction>,
}

/// What rows are compared with.
struct Register<'r> {
    scope: &'r Scope,
    places: PlaceBook,
    devices: HashMap<String, Vec<SerialRow>>,
}

impl ImportedList for Devices {
    type Act = DeviceAct;
    const NAME: &'static str = "devices";
    const COLUMNS: &'static [Known] = &[
        Known { name: "serial", headings: &["序列号", "设备序列号", "sn", "serial", "serialnumber"] },
        Known { name: "vendor", headings: &["厂商", "厂家", "品牌", "vendor"] },
        Known { name: "model", headings: &["型号", "设备型号", "model"] },
        Known { name: "mac", headings: &["mac地址", "物理地址", "mac"] },
        Known { name: "gate", headings: &["门岗名称", "门岗", "大门", "gate", "gatename"] },
        Known { name: "site", headings: &["场所名称", "场所", "厂区", "site", "sitename"] },
        Known {
            name: "enterprise_code",
            headings: &["统一社会信用代码", "企业信用代码", "信用代码", "enterprisecode", "creditcode"],
        },
        Known { name: "lane", headings: &["通道", "通道号", "lane"] },
        Known { name: "direction", headings: &["方向", "通行方向", "direction"] },
    ];
    const NEEDED: &'static [usize] = &[SERIAL];

    fn headings(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["序列号", "厂商", "型号", "MAC地址", "门岗", "场所", "统一社会信用代码", "通道", "方向"],
            vec!["serial", "vendor", "model", "mac", "gate", "site", "enterprise_code", "lane", "direction"],
        )
    }

    async fn judge(platform: &Platform, scope: &Scope, sheet: &Sheet, _: Instant64) -> ApiResult<Judged<DeviceAct>> {
        let mut db = platform.db.reader();
        let said = read_rows(sheet, read);
        let names: Vec<&GateName> = good(&said).filter_map(|it| it.gate.as_ref()).collect();
        let places = PlaceBook::of(&mut db, scope, &names).await?;
        let keys: HashSet<String> = good(&said).map(|it| it.serial.key()).collect();
        let mut devices: HashMap<String, Vec<SerialRow>> = HashMap::new();
        for it in lists::with_serials(&mut db, &keys.into_iter().collect::<Vec<_>>()).await? {
            devices.entry(it.serial_key.clone()).or_default().push(it);
        }
        let register = Register { scope, places, devices };
        let mut seen = HashSet::new();
        Ok(Judged::sort::<Self, _>(&said, |cells, said| {
            let (vendor, known) = register.known(said)?;
            match seen.insert((vendor, said.serial.key())) {
                true => register.judge(cells, said, vendor, known),
                false => Err((SERIAL, ListFault::Repeated)),
            }
        }))
    }

    async fn land(write: &mut Write, scope: &Scope, acts: Vec<DeviceAct>) -> ApiResult<Told> {
        let now = write.now;
        let mut new = Vec::new();
        for act in acts {
            match act {
                DeviceAct::Register(it) => new.push((DeviceId::new(now), it)),
                DeviceAct::Change(id, to) => {
                    // It may have been heard of since the file was compared: its state is its own.
                    let known = store::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::state)?;
                    let state = DeviceState::parse(&known.state).ok_or(db::DbError::Unreadable("device.state"))?;
                    let to = DeviceUpdate {
                        model: &to.model,
                        serial: &to.serial,
                        mac: to.mac.map(|it| it.as_str().to_owned()),
                        gate: to.gate.uuid(),
                        lane: to.lane,
                        direction: to.direction,
                        state,
                    };
                    store::update(&mut write.tx, scope, id, to).await?;
                    note(write, scope, "device.changed", id, json!({ "state": state.code() })).await?;
                }
            }
        }
        lists::insert_all(&mut write.tx, &new, now).await?;
        for (id, _) in &new {
            note_plain(write, scope, "device.created", id).await?;
        }
        Ok(Told::new())
    }
}

fn read(cells: Cells<'_>) -> Result<Said, Refusal> {
    let cell = cells.sheet.cell(cells.row, SERIAL);
    if matches!(cell, Cell::Number(_)) && cell.is_rounded() {
        return Err((SERIAL, ListFault::CellError));
    }
    let vendor = |it: String| words::vendor(&it).ok_or((VENDOR, ListFault::VendorUnknown));
    let mac = |it: String| MacAddress::parse(&it).map_err(|_| (MAC, ListFault::MacForm));
    Ok(Said {
        serial: cells.label(SERIAL)?.ok_or((SERIAL, ListFault::Required))?,
        vendor: cells.text(VENDOR)?.map(vendor).transpose()?,
        model: cells.label(MODEL)?,
        mac: cells.text(MAC)?.map(mac).transpose()?,
        gate: GateName::read(cells, AT)?,
        lane: cells.lanes(LANE)?,
        direction: cells.direction(DIRECTION)?,
    })
}

impl Register<'_> {
    /// The device of this serial. Two vendors may have used it: then, and for one that is new, the row says whose it is.
    fn known(&self, said: &Said) -> Result<(Vendor, Option<&SerialRow>), Refusal> {
        let rows = self.devices.get(&said.serial.key()).map_or(&[][..], Vec::as_slice);
        if let Some(vendor) = said.vendor {
            let known = rows.iter().find(|it| it.vendor == vendor.code());
            return match known {
                Some(known) if !self.reaches(known) => Err((SERIAL, ListFault::BeyondScope)),
                known => Ok((vendor, known)),
            };
        }
        let mut reached = rows.iter().filter(|it| self.reaches(it));
        match (reached.next(), reached.next()) {
            (Some(known), None) => {
                let vendor = Vendor::parse(&known.vendor).ok_or((VENDOR, ListFault::CellError))?;
                Ok((vendor, Some(known)))
            }
            (_, _) => Err((VENDOR, ListFault::Required)),
        }
    }

    fn reaches(&self, it: &SerialRow) -> bool {
        self.scope.covers(Located {
            area: Some(&it.area_code),
            enterprise: it.enterprise_id,
            site: Some(it.site_id),
            premises: it.premises_id,
        })
    }

    /// The gate that a row names. Of several of one name it is the one where the device hangs already.
    fn gate(&self, name: &GateName, hangs: Option<&SerialRow>) -> Result<&GatePlace, Refusal> {
        let gates = self.places.gates(self.places.sites(name, AT)?, name);
        match (gates.as_slice(), hangs.and_then(|it| gates.iter().find(|gate| gate.id == it.gate_id))) {
            (_, Some(there)) => Ok(there),
            ([only], None) => Ok(only),
            ([], None) => Err((GATE, ListFault::GateUnknown)),
            (_, None) => Err((GATE, ListFault::GateAmbiguous)),
        }
    }

    fn judge(
        &self,
        cells: &Cells<'_>,
        said: &Said,
        vendor: Vendor,
        known: Option<&SerialRow>,
    ) -> Result<Option<(ListChange, DeviceAct)>, Refusal> {
        let gate = said.gate.as_ref().map(|it| self.gate(it, known)).transpose()?;
        let line = cells.row.line;
        let Some(known) = known else {
            let new = new_device(said, vendor, gate)?;
            let shown = ListChange { line, name: new.serial.as_str().to_owned(), is_new: true, fields: Vec::new() };
            return Ok(Some((shown, DeviceAct::Register(new))));
        };
        let (lane, said_lane) = (known.lane.to_string(), said.lane.map(|it| it.to_string()));
        let code = said.gate.as_ref().and_then(|it| it.enterprise.as_ref());
        let moves = gate.filter(|it| it.id != known.gate_id);
        let fields = differing([
            ("model", &known.model, said.model.as_ref().map(Label::as_str)),
            ("mac", known.mac.as_deref().unwrap_or_default(), said.mac.as_ref().map(MacAddress::as_str)),
            ("gate", &known.gate_name, moves.map(|it| it.name.as_str())),
            ("site", &known.site_name, moves.map(|it| it.site_name.as_str())),
            (
                "enterprise_code",
                known.enterprise_code.as_deref().unwrap_or_default(),
                moves.map(|_| code.map_or("", |it| it.as_str())),
            ),
            ("lane", &lane, said_lane.as_deref()),
            ("direction", &known.direction, said.direction.map(Direction::code)),
        ]);
        if fields.is_empty() {
            return Ok(None);
        }
        let to = changed_device(said, vendor, known, moves)?;
        let shown = ListChange { line, name: known.serial.clone(), is_new: false, fields };
        Ok(Some((shown, DeviceAct::Change(DeviceId::from_uuid(known.id), to))))
    }
}

fn new_device(said: &Said, vendor: Vendor, gate: Option<&GatePlace>) -> Result<NewDevice, Refusal> {
    let required = |column| (column, ListFault::Required);
    let gate = gate.ok_or_else(|| required(GATE))?;
    Ok(NewDevice {
        gate: GateId::from_uuid(gate.id),
        lane: lane_of(said.lane.ok_or_else(|| required(LANE))?, gate.lanes)?,
        direction: said.direction.ok_or_else(|| required(DIRECTION))?,
        vendor,
        model: said.model.as_ref().ok_or_else(|| required(MODEL))?.as_str().to_owned(),
        serial: said.serial.clone(),
        mac: said.mac.clone(),
    })
}

/// What is known, with what the row has otherwise. A lane is looked at where it or its gate changes: a gate may have been
/// made narrower than its devices say.
fn changed_device(
    said: &Said,
    vendor: Vendor,
    known: &SerialRow,
    moves: Option<&GatePlace>,
) -> Result<NewDevice, Refusal> {
    let unreadable = |column| (column, ListFault::CellError);
    let there = u8::try_from(known.lane).map_err(|_| unreadable(LANE))?;
    let lane = said.lane.unwrap_or(there);
    let mac = || known.mac.as_deref().and_then(|it| MacAddress::parse(it).ok());
    Ok(NewDevice {
        gate: GateId::from_uuid(moves.map_or(known.gate_id, |it| it.id)),
        lane: match moves {
            None if lane == there => lane,
            None => lane_of(lane, known.lanes)?,
            Some(gate) => lane_of(lane, gate.lanes)?,
        },
        direction: said
            .direction
            .or_else(|| Direction::parse(&known.direction))
            .ok_or_else(|| unreadable(DIRECTION))?,
        vendor,
        model: said.model.as_ref().map_or_else(|| known.model.clone(), |it| it.as_str().to_owned()),
        serial: Label::parse(&known.serial).map_err(|_| unreadable(SERIAL))?,
        mac: said.mac.clone().or_else(mac),
    })
}

fn lane_of(lane: u8, lanes: i64) -> Result<u8, Refusal> {
    match i64::from(lane) <= lanes {
        true => Ok(lane),
        false => Err((LANE, ListFault::LaneUnknown)),
    }
}
