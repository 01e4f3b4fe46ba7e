//! The demo district: who and what there is, invented from a seed. Pure; not responsible for loading it.

use kernel::time::DAY;
use kernel::{CreditCode, Instant64};

use super::dice::Dice;
pub use super::dwellings::Home;
pub use super::grids::{Duty, Officer, Premises};
pub use super::lessons::Lesson;
use super::names::{ABOVE, COMMON_SITES, ENTERPRISES, STREETS};
pub use super::reopenings::Reopening;
pub use super::roster::Person;
use super::{dwellings, grids, lessons, reopenings, roster};

/// How much of a district.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// One street, 4 enterprises, 6 sites, 8 gates, 120 people: for tests.
    Small,
    /// 3 streets, 9 communities, 30 grids, 40 enterprises, 60 sites, 120 gates, 5,000 people.
    Full,
}

/// A whole district. Indexes point into its own lists.
#[derive(Debug, Clone, PartialEq)]
pub struct District {
    /// The moment it was invented for: days of birth, employment and statements lie before it.
    pub made_at: Instant64,
    /// From the province down, parents first.
    pub areas: Vec<Area>,
    /// Enterprises.
    pub enterprises: Vec<Enterprise>,
    /// Sites, those of enterprises first.
    pub sites: Vec<Site>,
    /// Gates, in the order of their sites.
    pub gates: Vec<Gate>,
    /// One terminal a gate.
    pub devices: Vec<Device>,
    /// People, in the order of their sites.
    pub people: Vec<Person>,
    /// Homes of some of them; none in a small district.
    pub homes: Vec<Home>,
    /// What is taught; nothing in a small district.
    pub lessons: Vec<Lesson>,
    /// Who applies to reopen what; nobody in a small district.
    pub reopenings: Vec<Reopening>,
    /// Officers.
    pub officers: Vec<Officer>,
    /// Buildings, malls and compounds.
    pub premises: Vec<Premises>,
    /// Who answers for what.
    pub duties: Vec<Duty>,
    /// The shapes of its areas, as GeoJSON.
    pub map: serde_json::Value,
}

/// A node of the area tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// An enterprise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enterprise {
    /// Name.
    pub name: String,
    /// Valid, of division 999999.
    pub credit_code: String,
    /// The grid it lies in.
    pub area_code: String,
    /// GB/T 4754.
    pub industry: &'static str,
    /// Code of the size class.
    pub size_class: &'static str,
}

/// A site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Name, unique in the district.
    pub name: String,
    /// Code of the kind.
    pub kind: &'static str,
    /// Whose.
    pub enterprise: Option<usize>,
    /// The grid it lies in.
    pub area_code: String,
    /// Code of the open state.
    pub open_state: &'static str,
    /// Its shift plan; may be empty.
    pub shifts: &'static [Shift],
    /// Its part of all the people, as a weight.
    pub weight: usize,
}

/// A shift on every day of the week.
#[derive(Debug, PartialEq, Eq)]
pub struct Shift {
    /// Name.
    pub name: &'static str,
    /// First minute of the local day.
    pub from: u16,
    /// Minute at which it ends; not after `from` means on the next day.
    pub until: u16,
}

/// A gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Where.
    pub site: usize,
    /// Name, unique at the site.
    pub name: &'static str,
    /// Code of the direction.
    pub direction: &'static str,
    /// Lanes.
    pub lanes: usize,
}

/// A terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// At which gate.
    pub gate: usize,
    /// Model.
    pub model: &'static str,
    /// Serial number, unique.
    pub serial: String,
    /// MAC address, locally administered.
    pub mac: String,
    /// Which way it faces.
    pub direction: &'static str,
}

/// The shift plan of sites that work around the clock. The day is long, so that a demo in the evening still works.
pub const SHIFTS: &[Shift] = &[
    Shift { name: "白班", from: 5 * 60 + 30, until: 23 * 60 },
    Shift { name: "夜班", from: 19 * 60, until: 7 * 60 + 30 },
];

struct Counts {
    streets: usize,
    enterprises: usize,
    second_sites: usize,
    common_sites: usize,
    people: usize,
}

/// Invents a district; the same arguments give the same district.
pub fn generate(size: Size, seed: u64, now: Instant64) -> District {
    let mut dice = Dice::new(seed);
    let counts = match size {
        Size::Small => Counts { streets: 1, enterprises: 4, second_sites: 0, common_sites: 2, people: 120 },
        Size::Full => Counts { streets: 3, enterprises: 40, second_sites: 6, common_sites: 14, people: 5000 },
    };
    let areas = areas(&counts);
    let grids: Vec<&str> = areas.iter().map(|it| it.code.as_str()).filter(|it| it.len() == 15).collect();
    let enterprises = enterprises(&counts, &grids, &mut dice);
    let sites = sites(size, &counts, &enterprises, &grids);
    let gates = gates(size, sites.len());
    let devices = devices(&gates);
    let people = roster::hire(&sites, counts.people, now, &mut dice);
    let (homes, lessons, reopenings) = match size {
        Size::Small => (Vec::new(), Vec::new(), Vec::new()),
        Size::Full => (
            dwellings::homes(&sites, &people, &mut dice),
            lessons::lessons(&sites, &people),
            reopenings::reopenings(&enterprises, &sites),
        ),
    };
    let officers = grids::officers(size, &areas);
    let premises = grids::premises(&sites, &areas);
    let duties = grids::duties(officers.len(), &enterprises, &premises);
    let map = grids::map(&areas);
    District {
        made_at: now,
        areas,
        enterprises,
        sites,
        gates,
        devices,
        people,
        homes,
        lessons,
        reopenings,
        officers,
        premises,
        duties,
        map,
    }
}

impl District {
    /// The area tree as the import wants it.
    pub fn areas_csv(&self) -> String {
        let rows = self.areas.iter().map(|it| format!("{},{},2020-01-01\n", it.code, it.name));
        std::iter::once("code,name,valid_from\n".to_owned()).chain(rows).collect()
    }

    /// The people of one site as the import wants them.
    pub fn people_csv(&self, site: usize) -> String {
        roster::csv(self.people.iter().filter(|it| it.site == site))
    }

    /// The same district so many days ago: a third of what is open now was so a fortnight ago, and site by site the rest followed.
    #[must_use]
    pub fn as_of(&self, days_ago: i64) -> Self {
        let mut it = self.clone();
        for (place, site) in (0_i64..).zip(&mut it.sites) {
            // Neighbours in the list do not open together.
            let opened_days_ago = match place * 5 % 21 {
                third @ 0..14 => third + 1,
                _ => i64::MAX,
            };
            site.open_state = match site.open_state {
                "open" | "suspended" if days_ago <= opened_days_ago => "open",
                _ => "not_open",
            };
        }
        it
    }

    /// When the demo's response began: a month ago, at local midnight.
    pub fn response_starts_at(&self) -> Instant64 {
        self.made_at.local().day_start.plus(-30 * DAY)
    }
}

fn areas(counts: &Counts) -> Vec<Area> {
    let area = |code: String, name: String| Area { code, name };
    let mut areas: Vec<Area> = ABOVE.iter().map(|(code, name)| area((*code).to_owned(), (*name).to_owned())).collect();
    for (street, street_name, communities) in STREETS.iter().take(counts.streets) {
        let street = format!("999999{street}");
        areas.push(area(street.clone(), (*street_name).to_owned()));
        for (n_before, community_name) in communities.iter().enumerate() {
            let community = format!("{street}{:03}", n_before + 1);
            areas.push(area(community.clone(), (*community_name).to_owned()));
            // Ten grids a street: four in its first community, three in the others.
            for grid in 1..=(if n_before == 0 { 4 } else { 3 }) {
                areas.push(area(format!("{community}{grid:03}"), format!("{community_name}第{grid}网格")));
            }
        }
    }
    areas
}

fn enterprises(counts: &Counts, grids: &[&str], dice: &mut Dice) -> Vec<Enterprise> {
    let listed = ENTERPRISES.iter().take(counts.enterprises).enumerate();
    listed
        .map(|(idx, (name, industry))| {
            let code = CreditCode::compose("91999999", &format!("MA{:06}", 101 + idx * 7));
            Enterprise {
                name: (*name).to_owned(),
                // Every such body has a check character; a test says so.
                credit_code: code.map(|it| it.to_string()).unwrap_or_default(),
                area_code: dice.pick(grids).copied().unwrap_or_default().to_owned(),
                industry,
                size_class: match (idx, industry.starts_with('C')) {
                    (..10, true) => "above_scale",
                    (..10, false) => "above_quota",
                    (..28, _) => "below_scale",
                    _ => "micro",
                },
            }
        })
        .collect()
}

fn sites(size: Size, counts: &Counts, enterprises: &[Enterprise], grids: &[&str]) -> Vec<Site> {
    let first = enterprises.iter().enumerate().map(|(idx, it)| enterprise_site(idx, it, ""));
    let second = enterprises.iter().enumerate().take(counts.second_sites);
    let second = second.map(|(idx, it)| enterprise_site(idx, it, "二"));
    let common = COMMON_SITES.iter().take(counts.common_sites).enumerate().map(|(idx, (name, kind))| Site {
        name: (*name).to_owned(),
        kind,
        enterprise: None,
        area_code: grids.get(idx * 2 % grids.len().max(1)).copied().unwrap_or_default().to_owned(),
        open_state: "open",
        shifts: &[],
        weight: 3,
    });
    let mut sites: Vec<Site> = first.chain(second).chain(common).collect();
    let closed: &[(usize, &str)] = match size {
        Size::Small => &[(5, "not_open")],
        Size::Full => &[(37, "not_open"), (38, "not_open"), (39, "suspended")],
    };
    for (idx, state) in closed {
        if let Some(site) = sites.get_mut(*idx) {
            site.open_state = state;
        }
    }
    sites
}

fn enterprise_site(idx: usize, enterprise: &Enterprise, ordinal: &str) -> Site {
    let (kind, place) = match enterprise.industry {
        "F52" => ("mall", "商场"),
        it if it.starts_with('E') => ("construction_project", "项目工地"),
        it if it.starts_with('C') || it.starts_with('G') => ("factory", "厂区"),
        _ => ("office_building", "办公楼"),
    };
    let short = enterprise.name.trim_end_matches("有限公司").trim_end_matches("股份");
    let around_the_clock = matches!(kind, "factory" | "construction_project");
    Site {
        name: format!("{short}{ordinal}{place}"),
        kind,
        enterprise: Some(idx),
        area_code: enterprise.area_code.clone(),
        open_state: "open",
        shifts: if around_the_clock { SHIFTS } else { &[] },
        weight: match enterprise.size_class {
            "below_scale" => 20,
            "micro" => 8,
            _ => 60,
        },
    }
}

fn gates(size: Size, n_sites: usize) -> Vec<Gate> {
    let kinds = [("一号门", "both", 2), ("二号门", "out", 1), ("三号门", "in", 1)];
    let n_gates = |site: usize| match size {
        Size::Small => {
            if site < 2 {
                2
            } else {
                1
            }
        }
        Size::Full => 3 - site % 3,
    };
    let of_site = |site: usize| {
        kinds.into_iter().take(n_gates(site)).map(move |(name, direction, lanes)| Gate { site, name, direction, lanes })
    };
    (0..n_sites).flat_map(of_site).collect()
}

fn devices(gates: &[Gate]) -> Vec<Device> {
    let numbered = gates.iter().enumerate();
    numbered
        .map(|(gate, it)| Device {
            gate,
            model: if gate % 3 == 0 { "DS-K1T671TM-3XF" } else { "DS-K1T341BM" },
            serial: format!("GX{:07}", gate + 1),
            mac: format!("02:00:5e:10:{:02x}:{:02x}", (gate + 1) / 256, (gate + 1) % 256),
            // A terminal at a gate for both ways stands on the way in.
            direction: if it.direction == "out" { "out" } else { "in" },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet, HashSet};

    use kernel::{AreaCode, AreaKind, DocumentKind, DocumentNumber, MacAddress, Phone};

    use super::*;

    fn district(size: Size) -> District {
        generate(size, 42, Instant64::parse("2026-03-02T08:30:00+08:00").unwrap())
    }

    fn n_areas(district: &District, kind: AreaKind) -> usize {
        district.areas.iter().filter(|it| AreaCode::parse(&it.code).unwrap().kind() == kind).count()
    }

    #[test]
    fn the_full_district_has_the_promised_size() {
        let it = district(Size::Full);
        let areas = [AreaKind::Street, AreaKind::Community, AreaKind::Grid].map(|kind| n_areas(&it, kind));
        assert_eq!(areas, [3, 9, 30]);
        assert_eq!((it.enterprises.len(), it.sites.len(), it.gates.len()), (40, 60, 120));
        assert_eq!((it.devices.len(), it.people.len()), (120, 5000));
        let mut states = BTreeMap::new();
        it.sites.iter().for_each(|site| *states.entry(site.open_state).or_insert(0) += 1);
        assert_eq!(states, BTreeMap::from([("not_open", 2), ("open", 57), ("suspended", 1)]));
        assert_eq!(it.sites.iter().map(|site| site.kind).collect::<BTreeSet<_>>().len(), 8, "every kind of site");
    }

    #[test]
    fn the_small_district_is_enough_for_a_test() {
        let it = district(Size::Small);
        assert_eq!(n_areas(&it, AreaKind::Street), 1);
        assert_eq!(n_areas(&it, AreaKind::Community), 3);
        assert_eq!((it.enterprises.len(), it.sites.len(), it.gates.len()), (4, 6, 8));
        assert_eq!((it.devices.len(), it.people.len()), (8, 120));
    }

    #[test]
    fn the_same_seed_invents_the_same_district() {
        assert_eq!(district(Size::Full), district(Size::Full));
    }

    #[test]
    fn every_number_is_valid_and_nothing_is_there_twice() {
        let it = district(Size::Full);
        let unique = |values: Vec<String>| values.iter().collect::<HashSet<_>>().len() == values.len();
        it.enterprises.iter().for_each(|it| assert!(CreditCode::parse(&it.credit_code).is_ok(), "{}", it.name));
        assert!(unique(it.enterprises.iter().map(|it| it.credit_code.clone()).collect()));
        assert!(unique(it.enterprises.iter().map(|it| it.name.clone()).collect()));
        assert!(unique(it.sites.iter().map(|it| it.name.clone()).collect()));
        assert!(unique(it.devices.iter().map(|it| it.serial.clone()).collect()));
        assert!(it.devices.iter().all(|it| MacAddress::parse(&it.mac).is_ok()));
        for person in &it.people {
            let kind = DocumentKind::parse(person.document_kind).unwrap();
            assert!(DocumentNumber::parse(kind, &person.document_number).is_ok(), "{}", person.document_number);
            assert!(Phone::parse(&person.phone).is_ok());
        }
        assert!(unique(it.people.iter().map(|it| it.document_number.clone()).collect()));
        assert!(unique(it.people.iter().map(|it| it.phone.clone()).collect()));
        assert!(unique(it.people.iter().map(|it| it.employee_no.clone()).collect()));
    }

    #[test]
    fn some_people_are_amber_some_unknown_and_most_neither() {
        let it = district(Size::Full);
        let amber = it.people.iter().filter(|it| it.left_affected_area_on.is_some()).count();
        let unknown = it.people.iter().filter(|it| it.attested_at.is_none()).count();
        assert!((20..150).contains(&amber), "{amber}");
        assert!((20..200).contains(&unknown), "{unknown}");
    }
}
