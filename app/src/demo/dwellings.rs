//! Where some of the demo's people live: dormitories of large factories, flats in compounds with families in them. Pure.

use std::collections::HashSet;

use super::dice::Dice;
use super::district::Site;
use super::roster::Person;

/// Somebody at her home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// Whose.
    pub person: usize,
    /// A grid.
    pub area_code: String,
    /// Code of the kind.
    pub kind: &'static str,
    /// 小区 or 宿舍.
    pub compound: String,
    /// 楼栋.
    pub building: String,
    /// 单元; dormitories have none.
    pub unit: Option<String>,
    /// 室.
    pub room: String,
}

/// Factories with a dormitory, people of each that live there, and how many share a room.
const DORMITORIES: usize = 4;
const BOARDERS: usize = 48;
const IN_A_ROOM: usize = 6;
/// One in so many lives in a compound that is known.
const ONE_IN: usize = 22;

/// The homes of a full demo.
pub(super) fn homes(sites: &[Site], people: &[Person], dice: &mut Dice) -> Vec<Home> {
    let mut homes = Vec::new();
    let factories = sites.iter().enumerate().filter(|(_, it)| it.kind == "factory" && it.open_state == "open");
    for (idx, site) in factories.take(DORMITORIES) {
        let name = format!("{}员工宿舍", site.name.trim_end_matches("厂区"));
        // The first few of a site are known to the demo by number and have their homes still to tell.
        let boarders = people.iter().enumerate().filter(|(_, it)| it.site == idx).skip(4).take(BOARDERS);
        homes.extend(boarders.enumerate().map(|(nth, (person, _))| {
            let room = nth / IN_A_ROOM;
            Home {
                person,
                area_code: site.area_code.clone(),
                kind: "dormitory",
                compound: name.clone(),
                building: format!("{}号楼", 1 + room / 4),
                unit: None,
                room: format!("{}0{}", 2 + room % 4 / 2, 1 + room % 2),
            }
        }));
    }
    let boarders: HashSet<usize> = homes.iter().map(|it| it.person).collect();
    let compounds: Vec<&Site> = sites.iter().filter(|it| it.kind == "residential_compound").collect();
    let mut free = (0..people.len()).filter(|it| it % ONE_IN == 9 && !boarders.contains(it)).peekable();
    for nth in 0.. {
        let Some(compound) = compounds.get(nth % compounds.len().max(1)) else { break };
        if free.peek().is_none() {
            break;
        }
        // By its place in the list no flat comes twice.
        let flat = nth / compounds.len();
        let (building, unit) = (format!("{}幢", 1 + flat / 8), format!("{}单元", 1 + flat / 4 % 2));
        let room = format!("{}0{}", 2 + dice.below(5), 1 + flat % 4);
        let kind = if dice.chance(400) { "rented" } else { "family" };
        let family = 1 + usize::try_from(dice.below(3)).unwrap_or(0);
        homes.extend(free.by_ref().take(family).map(|person| Home {
            person,
            area_code: compound.area_code.clone(),
            kind,
            compound: compound.name.clone(),
            building: building.clone(),
            unit: Some(unit.clone()),
            room: room.clone(),
        }));
    }
    homes
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use kernel::Instant64;

    use crate::demo::district::{Size, generate};

    #[test]
    fn some_hundreds_live_in_dormitories_and_compounds_and_nobody_twice() {
        let it = generate(Size::Full, 42, Instant64::parse("2026-03-02T08:30:00+08:00").unwrap());
        assert!((300..600).contains(&it.homes.len()), "{}", it.homes.len());
        assert_eq!(it.homes.iter().map(|it| it.person).collect::<HashSet<_>>().len(), it.homes.len());
        let mut rooms: HashMap<_, usize> = HashMap::new();
        for home in &it.homes {
            let dwelling = (&home.area_code, &home.compound, &home.building, &home.unit, &home.room);
            *rooms.entry((home.kind, dwelling)).or_default() += 1;
        }
        let shared = |kind| rooms.iter().filter(|((of, _), n)| *of == kind && 1 < **n).count();
        assert!(20 < shared("dormitory") && 10 < shared("family") && 5 < shared("rented"));
        assert!(rooms.values().all(|it| *it <= 6), "{rooms:?}");
        assert!(generate(Size::Small, 42, it.made_at).homes.is_empty());
    }
}
