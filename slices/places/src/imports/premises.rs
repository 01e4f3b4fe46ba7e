//! Buildings, malls and compounds from a file, known by their areas and names.

use std::collections::{HashMap, HashSet};

use access::Scope;
use http_api::{ApiResult, Lang, Platform, Write};
use kernel::{AreaCode, Instant64, Label};
use tables::{Known, Sheet};

use super::reading::differing;
use super::{
    Cells, ImportedList, Judged, ListChange, ListFault, Refusal, Told, area_of, areas_in_reach, good, read_rows,
};
use crate::census::AreaBook;
use crate::http::note_plain;
use crate::officers::model::{NewPremises, Position, PremisesId, PremisesKind};
use crate::store::premises::{self as store, PremisesRow};
use crate::words;

const NAME: usize = 0;
const KIND: usize = 1;
const ADDRESS: usize = 2;
const AREA_CODE: usize = 3;
const AREA: usize = 4;
const LON: usize = 5;
const LAT: usize = 6;

/// The list of premises.
pub(crate) struct Premises;

/// What a row comes to.
pub(crate) enum PremisesAct {
    Register(NewPremises),
    Change(PremisesId, NewPremises),
}

/// A row, read.
struct Said {
    name: Label,
    area: AreaCode,
    kind: Option<PremisesKind>,
    address: Option<Label>,
    position: Option<Position>,
}

impl ImportedList for Premises {
    type Act = PremisesAct;
    const NAME: &'static str = "premises";
    const COLUMNS: &'static [Known] = &[
        Known { name: "name", headings: &["楼宇名称", "小区名称", "商场名称", "名称", "name"] },
        Known { name: "kind", headings: &["类型", "kind"] },
        Known { name: "address", headings: &["地址", "详细地址", "address"] },
        Known { name: "area_code", headings: &["区域代码", "区划代码", "网格代码", "areacode"] },
        Known {
            name: "area", headings: &["区域", "所属区域", "所属网格", "网格", "社区", "街道", "area", "grid"]
        },
        Known { name: "lon_deg", headings: &["经度", "londeg", "longitude", "lon"] },
        Known { name: "lat_deg", headings: &["纬度", "latdeg", "latitude", "lat"] },
    ];
    const NEEDED: &'static [usize] = &[NAME];

    fn headings(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["名称", "类型", "地址", "区域代码", "区域", "经度", "纬度"],
            vec!["name", "kind", "address", "area_code", "area", "lon_deg", "lat_deg"],
        )
    }

    async fn judge(
        platform: &Platform,
        scope: &Scope,
        sheet: &Sheet,
        now: Instant64,
    ) -> ApiResult<Judged<PremisesAct>> {
        let mut db = platform.db.reader();
        let areas = areas_in_reach(&mut db, scope, now).await?;
        let said = read_rows(sheet, |cells| read(cells, &areas));
        let keys: Vec<String> = good(&said).map(|it| it.name.key()).collect();
        let known = store::named(&mut db, scope, &keys).await?;
        let known: HashMap<(&str, &str), &PremisesRow> =
            known.iter().map(|it| ((it.area_code.as_str(), it.name_key.as_str()), it)).collect();
        let mut seen = HashSet::new();
        Ok(Judged::sort::<Self, _>(&said, |cells, said| {
            let key = said.name.key();
            let premises = known.get(&(said.area.as_str(), key.as_str())).copied();
            match seen.insert((said.area.as_str(), key)) {
                true => judge(cells, said, premises),
                false => Err((NAME, ListFault::Repeated)),
            }
        }))
    }

    async fn land(write: &mut Write, scope: &Scope, acts: Vec<PremisesAct>) -> ApiResult<Told> {
        let now = write.now;
        let mut new = Vec::new();
        for act in acts {
            match act {
                PremisesAct::Register(it) => new.push((PremisesId::new(now), it)),
                PremisesAct::Change(id, to) => {
                    store::update(&mut write.tx, scope, id, &to).await?;
                    note_plain(write, scope, "premises.changed", id).await?;
                }
            }
        }
        store::insert_all(&mut write.tx, &new, now).await?;
        for (id, _) in &new {
            note_plain(write, scope, "premises.created", id).await?;
        }
        Ok(Told::new())
    }
}

fn read(cells: Cells<'_>, areas: &AreaBook) -> Result<Said, Refusal> {
    let kind = |it: String| words::premises_kind(&it).ok_or((KIND, ListFault::KindUnknown));
    let area = cells.area(areas, AREA_CODE, AREA)?.as_deref().and_then(area_of);
    Ok(Said {
        name: cells.label(NAME)?.ok_or((NAME, ListFault::Required))?,
        area: area.ok_or((if cells.sheet.has(AREA) { AREA } else { AREA_CODE }, ListFault::Required))?,
        kind: cells.text(KIND)?.map(kind).transpose()?,
        address: cells.label(ADDRESS)?,
        position: position(cells)?,
    })
}

/// WGS-84; both or none.
fn position(cells: Cells<'_>) -> Result<Option<Position>, Refusal> {
    let degrees = |column, most: f64| {
        let parse = |it: String| it.parse::<f64>().ok().filter(|it| it.abs() <= most);
        cells.text(column)?.map(|it| parse(it).ok_or((column, ListFault::DegreesForm))).transpose()
    };
    match (degrees(LON, 180.0)?, degrees(LAT, 90.0)?) {
        (Some(lon_deg), Some(lat_deg)) => Ok(Some(Position { lon_deg, lat_deg })),
        (None, None) => Ok(None),
        (None, Some(_)) => Err((LON, ListFault::Required)),
        (Some(_), None) => Err((LAT, ListFault::Required)),
    }
}

fn judge(
    cells: &Cells<'_>,
    said: &Said,
    known: Option<&PremisesRow>,
) -> Result<Option<(ListChange, PremisesAct)>, Refusal> {
    let (line, name, area) = (cells.row.line, said.name.as_str().to_owned(), said.area.clone());
    let Some(known) = known else {
        let new = NewPremises {
            kind: said.kind.ok_or((KIND, ListFault::Required))?,
            area,
            name: said.name.clone(),
            address: said.address.clone().ok_or((ADDRESS, ListFault::Required))?,
            position: said.position,
        };
        return Ok(Some((ListChange { line, name, is_new: true, fields: Vec::new() }, PremisesAct::Register(new))));
    };
    let degrees = |it: Option<f64>| it.map(|it| it.to_string()).unwrap_or_default();
    let (lon, lat) = (degrees(known.lon_deg), degrees(known.lat_deg));
    let said_lon = said.position.map(|it| it.lon_deg.to_string());
    let said_lat = said.position.map(|it| it.lat_deg.to_string());
    let fields = differing([
        ("kind", &known.kind, said.kind.map(PremisesKind::code)),
        ("address", &known.address, said.address.as_ref().map(Label::as_str)),
        ("lon_deg", &lon, said_lon.as_deref()),
        ("lat_deg", &lat, said_lat.as_deref()),
    ]);
    if fields.is_empty() {
        return Ok(None);
    }
    let unreadable = |column| (column, ListFault::CellError);
    let there = || Some(Position { lon_deg: known.lon_deg?, lat_deg: known.lat_deg? });
    let to = NewPremises {
        kind: said.kind.or_else(|| PremisesKind::parse(&known.kind)).ok_or_else(|| unreadable(KIND))?,
        area,
        name: Label::parse(&known.name).map_err(|_| unreadable(NAME))?,
        address: match &said.address {
            Some(address) => address.clone(),
            None => Label::parse(&known.address).map_err(|_| unreadable(ADDRESS))?,
        },
        position: said.position.or_else(there),
    };
    let act = PremisesAct::Change(PremisesId::from_uuid(known.id), to);
    Ok(Some((ListChange { line, name, is_new: false, fields }, act)))
}
