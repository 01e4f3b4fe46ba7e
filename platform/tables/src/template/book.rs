//! The book: its sheets, its names, and that it is to be computed anew.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::package::Package;
use super::place::of_sheet;
use super::xml::{Events, attribute, attributes_without, broken};
use super::{CellName, Refers};
use crate::Fault;

const MAIN: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
/// The most names and sheets that are looked at.
const NAMES_MOST: usize = 5_000;
const SHEETS_MOST: usize = 256;

/// A sheet of the book.
pub(super) struct OfBook {
    pub(super) name: String,
    /// Its part; nothing for a sheet without cells.
    pub(super) part: Option<String>,
}

pub(super) struct Book {
    pub(super) part: String,
    pub(super) sheets: Vec<OfBook>,
    pub(super) names: Vec<CellName>,
    pub(super) shared_strings: Option<String>,
}

struct Relation {
    kind: String,
    part: String,
}

impl Book {
    pub(super) fn read(package: &Package<'_>) -> Result<Self, Fault> {
        let roots = relations(&package.text("_rels/.rels")?, "")?;
        let part = roots.into_values().find(|it| it.kind.ends_with("/officeDocument")).map(|it| it.part);
        let part = part.ok_or_else(|| broken("no book"))?;
        must_be_a_workbook(package, &part)?;
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part.as_str()));
        let relations = relations(&package.text(&format!("{folder}/_rels/{file}.rels"))?, folder)?;
        let shared = relations.values().find(|it| it.kind.ends_with("/sharedStrings")).map(|it| it.part.clone());
        let (sheets, names) = sheets_and_names(&package.text(&part)?, &relations)?;
        if sheets.is_empty() {
            return Err(broken("no sheets"));
        }
        let names =
            names.into_iter().map(|(name, refers)| CellName { name, refers: refer(&refers, &sheets) }).collect();
        Ok(Self { part, sheets, names, shared_strings: shared })
    }
}

/// The type of the main part says whether it is a workbook, one with macros, a template, or something else.
fn must_be_a_workbook(package: &Package<'_>, part: &str) -> Result<(), Fault> {
    let types = package.text("[Content_Types].xml")?;
    let mut events = Events::new(&types);
    while let Some(met) = events.next()? {
        let (Event::Start(it) | Event::Empty(it)) = &met.event else { continue };
        if it.local_name().as_ref() == "Override"
            && attribute(it, "PartName").is_some_and(|it| it.trim_start_matches('/') == part)
        {
            return match attribute(it, "ContentType").unwrap_or_default() {
                it if it == MAIN => Ok(()),
                it if it.contains("macroEnabled") => Err(Fault::Active),
                it => Err(broken(it)),
            };
        }
    }
    Err(broken("a book without a type"))
}

fn relations(text: &str, folder: &str) -> Result<HashMap<String, Relation>, Fault> {
    let (mut events, mut found) = (Events::new(text), HashMap::new());
    while let Some(met) = events.next()? {
        let (Event::Start(it) | Event::Empty(it)) = &met.event else { continue };
        if it.local_name().as_ref() != "Relationship" {
            continue;
        }
        let (Some(id), Some(kind), Some(target)) =
            (attribute(it, "Id"), attribute(it, "Type"), attribute(it, "Target"))
        else {
            continue;
        };
        let part = match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None if folder.is_empty() => target,
            None => format!("{folder}/{target}"),
        };
        found.insert(id, Relation { kind, part });
    }
    Ok(found)
}

type Named = Vec<(String, String)>;

fn sheets_and_names(text: &str, relations: &HashMap<String, Relation>) -> Result<(Vec<OfBook>, Named), Fault> {
    let (mut events, mut sheets, mut names) = (Events::new(text), Vec::new(), Vec::new());
    while let Some(met) = events.next()? {
        let begun = matches!(met.event, Event::Start(_));
        let (Event::Start(it) | Event::Empty(it)) = &met.event else { continue };
        match it.local_name().as_ref() {
            "sheet" => {
                let id = it.attributes().with_checks(false).flatten().find(|it| it.key.as_ref().ends_with(":id"));
                let relation = id.and_then(|it| relations.get(it.value.as_ref()));
                let part = relation.filter(|it| it.kind.ends_with("/worksheet")).map(|it| it.part.clone());
                sheets.push(OfBook { name: attribute(it, "name").unwrap_or_default(), part });
            }
            "definedName" if begun => {
                let name = attribute(it, "name").unwrap_or_default();
                let refers = events.content()?;
                // Print areas, filters and the like.
                if !name.to_ascii_lowercase().starts_with("_xl") {
                    names.push((name, refers));
                }
            }
            _ => {}
        }
        if SHEETS_MOST < sheets.len() || NAMES_MOST < names.len() {
            return Err(Fault::Bomb);
        }
    }
    Ok((sheets, names))
}

fn refer(text: &str, sheets: &[OfBook]) -> Refers {
    if text.contains("#REF!") {
        return Refers::Gone;
    }
    let Some((name, block)) = of_sheet(text) else { return Refers::Other };
    match sheets.iter().position(|it| it.name.to_lowercase() == name.to_lowercase()) {
        Some(at) if sheets.get(at).is_some_and(|it| it.part.is_some()) => Refers::Cells(at, block),
        Some(_) => Refers::Other,
        None => Refers::Gone,
    }
}

/// The book, saying that a spreadsheet is to compute it when it opens it.
pub(super) fn recomputed(text: &str) -> Result<String, Fault> {
    let (mut events, mut behind_names) = (Events::new(text), None);
    while let Some(met) = events.next()? {
        match &met.event {
            Event::Start(it) | Event::Empty(it) if it.local_name().as_ref() == "calcPr" => {
                let (before, after) = around(text, met.span.start, met.span.end);
                let kept = attributes_without(it, &["fullCalcOnLoad"]);
                let end = if matches!(met.event, Event::Start(_)) { "" } else { "/" };
                return Ok(format!("{before}<{}{kept} fullCalcOnLoad=\"1\"{end}>{after}", it.name().as_ref()));
            }
            Event::End(it) if it.local_name().as_ref() == "definedNames" => {
                let prefix = it.name().as_ref().strip_suffix("definedNames").unwrap_or_default().to_owned();
                behind_names = Some((prefix, met.span.end));
            }
            _ => {}
        }
    }
    // ECMA-376 18.2.27: names, then how it is computed.
    let Some((prefix, at)) = behind_names else { return Ok(text.to_owned()) };
    let (before, after) = around(text, at, at);
    Ok(format!("{before}<{prefix}calcPr fullCalcOnLoad=\"1\"/>{after}"))
}

fn around(text: &str, from: usize, to: usize) -> (&str, &str) {
    (text.get(..from).unwrap_or_default(), text.get(to..).unwrap_or_default())
}
