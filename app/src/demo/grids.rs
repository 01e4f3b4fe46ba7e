//! Who answers for what in the demo, the premises they answer for, and an invented map. Pure.

use serde_json::{Value, json};

use super::district::{Area, Enterprise, Site, Size};

/// An officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// What he types.
    pub login: String,
    /// His name.
    pub name: &'static str,
    /// The street he belongs to.
    pub area_code: String,
}

/// A building, mall or compound: a site of everybody's lies in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Premises {
    /// Of the same name.
    pub site: usize,
    /// Code of the kind.
    pub kind: &'static str,
    /// Name.
    pub name: String,
    /// Street and number.
    pub address: String,
    /// The grid it lies in.
    pub area_code: String,
    /// Where.
    pub position: (f64, f64),
}

/// Somebody answers for an enterprise or for premises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// As its officer.
    Enterprise(usize, usize),
    /// As a supervisor, or as the official responsible for a compound.
    Premises(usize, usize, &'static str),
}

/// Invented names; the first signs in as `officer`.
const NAMES: [&str; 8] = ["林巧云", "陈海生", "黄秀英", "郑文彬", "吴丽萍", "许建国", "叶晓芳", "苏志强"];
/// One enterprise in so many has nobody yet.
const LEFT_OUT: usize = 9;

/// The officers.
pub(super) fn officers(size: Size, areas: &[Area]) -> Vec<Officer> {
    let streets: Vec<&Area> = areas.iter().filter(|it| it.code.len() == 9).collect();
    let count = match size {
        Size::Small => 3,
        Size::Full => NAMES.len(),
    };
    let officer = |(nth, name): (usize, &&'static str)| Officer {
        login: if nth == 0 { "officer".to_owned() } else { format!("officer{}", nth + 1) },
        name,
        area_code: streets.get(nth % streets.len().max(1)).map(|it| it.code.clone()).unwrap_or_default(),
    };
    NAMES.iter().take(count).enumerate().map(officer).collect()
}

/// The buildings, malls and compounds among the sites that are nobody's own.
pub(super) fn premises(sites: &[Site], areas: &[Area]) -> Vec<Premises> {
    let common = sites.iter().enumerate().filter(|(_, it)| it.enterprise.is_none());
    common
        .filter_map(|(idx, site)| {
            let kind = match site.kind {
                "office_building" => "building",
                "mall" => "mall",
                "residential_compound" => "compound",
                _ => return None,
            };
            let cell = cells(areas).into_iter().find(|it| it.0 == site.area_code)?.1;
            Some(Premises {
                site: idx,
                kind,
                name: site.name.clone(),
                address: format!("榕滨区江滨路{}号", 8 + idx * 12),
                area_code: site.area_code.clone(),
                position: warped((cell.west + cell.east) / 2.0, (cell.south + cell.north) / 2.0),
            })
        })
        .collect()
}

/// Who answers for what: each enterprise has one officer, but one in nine has nobody, and the sixth has two.
pub(super) fn duties(officers: usize, enterprises: &[Enterprise], premises: &[Premises]) -> Vec<Duty> {
    if officers == 0 {
        return Vec::new();
    }
    let own = (0..enterprises.len()).filter(|it| it % LEFT_OUT != 3).map(|it| Duty::Enterprise(it % officers, it));
    let second = (5 < enterprises.len()).then_some(Duty::Enterprise((5 + 1) % officers, 5));
    let places = premises.iter().enumerate().map(|(idx, it)| {
        let kind = if it.kind == "compound" { "responsible_official" } else { "supervisor" };
        Duty::Premises((idx + 1) % officers, idx, kind)
    });
    own.chain(second).chain(places).collect()
}

/// Enterprises that the census found.
const FOUND: usize = 12;

/// What a census found: a file as a community writes it, with one of everything there is to decide.
pub(super) fn census(enterprises: &[Enterprise]) -> String {
    let mut rows = "社区/网格,商户名称,统一社会信用代码,地址,行业,规模,人数,摸排日期,备注\n".to_owned();
    for (nth, it) in enterprises.iter().take(FOUND).enumerate() {
        let (number, area) = (nth + 1, it.area_code.as_str());
        rows.push_str(&match nth % 3 {
            // As it is registered, but for how it is written.
            0 => format!(
                "{area},{}（门面）,{},江滨路{number}号,{},,,2020-02-20,\n",
                it.name, it.credit_code, it.industry
            ),
            // Without its code, which is often not at hand.
            1 => format!("{area},{},,江滨路{number}号,,,,2020-02-20,\n", it.name),
            // The licence of somebody else on the wall.
            _ => format!(
                "{area},大榕树杂货{number}店,{},江滨路{number}号,,个体,2,2020-02-20,执照挂别家的\n",
                it.credit_code
            ),
        });
    }
    if let Some(Enterprise { area_code, .. }) = enterprises.first() {
        rows.push_str(&format!("{area_code},老街理发店,,老街3号,O80,个体,2,2020-02-21,\n"));
        rows.push_str(&format!("{area_code},老街茶铺,,老街5号,,个体,1,2020-02-21,\n"));
    }
    rows
}

/// A part of the map before it is bent, in parts of the whole.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cell {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

/// Where the invented district lies: in the sea.
const CORNER: (f64, f64) = (121.6, 24.9);
/// Its width and height in degrees.
const EXTENT: (f64, f64) = (0.36, 0.24);
/// Each side is bent at so many points of the whole map.
const STEPS: f64 = 60.0;

/// The same place on the bent map. The bending is small enough that lines never meet that did not before, and neighbours
/// share each bent side.
fn warped(x: f64, y: f64) -> (f64, f64) {
    let east = x + 0.028 * (y * 9.0 + 0.7).sin() + 0.012 * (y * 23.0 + x * 4.0).sin();
    let north = y + 0.032 * (x * 8.0 + 1.9).sin() + 0.014 * (x * 19.0 + y * 5.0).cos();
    (EXTENT.0.mul_add(east, CORNER.0), EXTENT.1.mul_add(north, CORNER.1))
}

/// Every area with its part of the map: each is cut for those below it, streets from west to east, communities from south
/// to north, grids from west to east.
fn cells(areas: &[Area]) -> Vec<(String, Cell)> {
    let whole = Cell { west: 0.0, south: 0.0, east: 1.0, north: 1.0 };
    let mut cells: Vec<(String, Cell)> =
        areas.iter().filter(|it| it.code.len() == 6).map(|it| (it.code.clone(), whole)).collect();
    for (above, length) in [(6, 9), (9, 12), (12, 15)] {
        let parents: Vec<(String, Cell)> = cells.iter().filter(|it| it.0.len() == above).cloned().collect();
        for (code, cell) in parents {
            let children: Vec<&Area> =
                areas.iter().filter(|it| it.code.len() == length && it.code.starts_with(&code)).collect();
            let count = in_parts(children.len());
            for (nth, child) in children.iter().enumerate() {
                let (from, until) = (in_parts(nth) / count, in_parts(nth + 1) / count);
                cells.push((child.code.clone(), part(cell, from, until, length == 12)));
            }
        }
    }
    cells
}

fn in_parts(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn part(cell: Cell, from: f64, until: f64, upwards: bool) -> Cell {
    let (width, height) = (cell.east - cell.west, cell.north - cell.south);
    match upwards {
        true => Cell { south: height.mul_add(from, cell.south), north: height.mul_add(until, cell.south), ..cell },
        false => Cell { west: width.mul_add(from, cell.west), east: width.mul_add(until, cell.west), ..cell },
    }
}

/// The bent outline of a cell: its corners, and the points of the common raster on its sides.
fn outline(cell: Cell) -> Vec<[f64; 2]> {
    let mut points = Vec::new();
    let mut side = |from: (f64, f64), until: (f64, f64)| {
        let (start, end) = if from.0 == until.0 { (from.1, until.1) } else { (from.0, until.0) };
        points.push(warped(from.0, from.1));
        let mut stops: Vec<f64> = (1..60).map(|it| f64::from(it) / STEPS).collect();
        stops.retain(|it| (start.min(end) + 1e-9..start.max(end) - 1e-9).contains(it));
        if end < start {
            stops.reverse();
        }
        for stop in stops {
            let (x, y) = if from.0 == until.0 { (from.0, stop) } else { (stop, from.1) };
            points.push(warped(x, y));
        }
    };
    side((cell.west, cell.south), (cell.east, cell.south));
    side((cell.east, cell.south), (cell.east, cell.north));
    side((cell.east, cell.north), (cell.west, cell.north));
    side((cell.west, cell.north), (cell.west, cell.south));
    let mut ring: Vec<[f64; 2]> = points.into_iter().map(|(lon, lat)| [lon, lat]).collect();
    ring.extend(ring.first().copied());
    ring
}

/// The map as the import wants it.
pub(super) fn map(areas: &[Area]) -> Value {
    let feature = |(code, cell): (String, Cell)| {
        json!({
            "type": "Feature", "properties": { "code": code },
            "geometry": { "type": "Polygon", "coordinates": [outline(cell)] },
        })
    };
    json!({ "type": "FeatureCollection", "features": cells(areas).into_iter().map(feature).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use places::shapes::reading::read;

    use super::super::district::generate;
    use super::*;

    #[test]
    fn the_map_is_one_that_the_import_takes() {
        for size in [Size::Small, Size::Full] {
            let district = generate(size, 42, kernel::Instant64::from_micros(0));
            let shapes = read(map(&district.areas).to_string().as_bytes(), None).unwrap();
            let below_city = district.areas.iter().filter(|it| 6 <= it.code.len()).count();
            assert_eq!(shapes.len(), below_city);
            for it in shapes {
                assert!(it.shape.is_ok(), "{}: {:?}", it.code, it.shape);
            }
        }
    }

    #[test]
    fn some_enterprises_have_nobody_and_one_has_two() {
        let district = generate(Size::Full, 42, kernel::Instant64::from_micros(0));
        let premises = premises(&district.sites, &district.areas);
        assert!(!premises.is_empty());
        let duties = duties(8, &district.enterprises, &premises);
        let of =
            |wanted: usize| duties.iter().filter(|it| matches!(it, Duty::Enterprise(_, it) if *it == wanted)).count();
        assert_eq!((of(0), of(3), of(5)), (1, 0, 2));
        let officers: std::collections::BTreeSet<usize> = duties
            .iter()
            .map(|it| match it {
                Duty::Enterprise(officer, _) | Duty::Premises(officer, ..) => *officer,
            })
            .collect();
        assert_eq!(officers.len(), 8);
    }
}
