//! Findings against the premises of the register: buildings, malls and compounds. Premises have no code; they are known by what they are
//! called and where they stand. Pure.

use std::collections::HashMap;

use uuid::Uuid;

use super::matching::{CANDIDATES, Compared, LIKELY, NEAR, Register, Registered, address_sign, judge_all};
use super::model::{Candidate, CensusConflict, CensusKind, CensusOutcome, Judgement, MatchSign};
use super::normal::{Regions, likeness};

/// What is compared of premises: found ones, or those of the register.
#[derive(Debug, Clone)]
pub struct ComparedPremises {
    /// Their kind; a row need not say it.
    pub kind: Option<CensusKind>,
    /// In which area.
    pub area: String,
    /// Their bare name and address.
    pub is: Compared,
}

impl ComparedPremises {
    /// What is compared of these.
    pub fn of(kind: Option<CensusKind>, area: &str, name: &str, address: &str, regions: &Regions) -> Self {
        Self { kind, area: area.to_owned(), is: Compared::of("", name, address, regions) }
    }
}

/// All premises of the register.
#[derive(Debug, Default)]
pub struct PremisesRegister {
    by_key: Register,
    of: HashMap<Uuid, ComparedPremises>,
}

impl PremisesRegister {
    /// Adds premises.
    pub fn add(&mut self, id: Uuid, premises: ComparedPremises) {
        for key in premises.is.keys() {
            match self.by_key.knows(id) {
                true => self.by_key.add_key(key, id),
                false => self.by_key.add(key, Registered { id, is: premises.is.clone() }),
            }
        }
        self.of.insert(id, premises);
    }

    /// The kind of premises.
    pub fn kind(&self, id: Uuid) -> Option<CensusKind> {
        self.of.get(&id)?.kind
    }

    /// What one finding is.
    pub fn judge(&self, found: &ComparedPremises) -> Judgement {
        let near = self.by_key.near(&found.is);
        let near = near.into_iter().filter_map(|it| Some((it.id, self.of.get(&it.id)?)));
        let mut candidates: Vec<Candidate> = near.filter_map(|(id, it)| candidate(found, id, it)).collect();
        candidates.sort_unstable_by(|one, other| other.score.cmp(&one.score).then(one.id.cmp(&other.id)));
        candidates.truncate(CANDIDATES);
        let sure = candidates.iter().filter(|it| is_sure(it)).map(|it| it.id).collect::<Vec<_>>();
        let outcome = match (sure.as_slice(), candidates.first()) {
            ([_], _) => CensusOutcome::Matched,
            ([], Some(first)) if first.score < LIKELY => CensusOutcome::New,
            ([], None) => CensusOutcome::New,
            // Several of one name: somebody must say which.
            (_, _) => CensusOutcome::Likely,
        };
        let claims = match sure.as_slice() {
            [id] => Some(*id),
            _ => None,
        };
        Judgement { outcome, conflict: None, candidates, claims }
    }
}

/// The findings of one file that claim the same premises contradict each other.
fn contest(judged: &mut [&mut Judgement]) {
    let mut claims: HashMap<Uuid, usize> = HashMap::new();
    for claimed in judged.iter().filter_map(|it| it.claims) {
        *claims.entry(claimed).or_default() += 1;
    }
    let twice = |it: &Judgement| it.claims.is_some_and(|it| claims.get(&it).is_some_and(|it| 1 < *it));
    for judgement in judged.iter_mut().filter(|it| twice(it)) {
        judgement.outcome = CensusOutcome::Conflict;
        judgement.conflict = Some(CensusConflict::ClaimedTwice);
    }
}

/// Called the same, at the same address or, where that is not known, in the same area; and of no other kind.
fn is_sure(it: &Candidate) -> bool {
    let has = |sign| it.signs.contains(&sign);
    let is_there = has(MatchSign::SameAddress) || has(MatchSign::NearAddress) || has(MatchSign::SameArea);
    has(MatchSign::SameName) && is_there && !has(MatchSign::OtherAddress) && !has(MatchSign::OtherKind)
}

/// Premises as a candidate; none when nothing speaks for them.
fn candidate(found: &ComparedPremises, id: Uuid, of: &ComparedPremises) -> Option<Candidate> {
    let alike = likeness(&found.is.name, &of.is.name);
    let (mut score, mut signs) = (0_u8, Vec::new());
    let mut say = |sign, points: u8| {
        signs.push(sign);
        score = score.saturating_add(points).min(100);
    };
    match () {
        () if found.is.name == of.is.name => say(MatchSign::SameName, 50),
        () if NEAR <= alike => say(MatchSign::NearName, alike / 2),
        () => say(MatchSign::OtherName, 0),
    }
    match address_sign(&found.is.address, &of.is.address) {
        Some(MatchSign::SameAddress) => say(MatchSign::SameAddress, 40),
        Some(MatchSign::NearAddress) => say(MatchSign::NearAddress, 20),
        Some(sign) => say(sign, 0),
        None => {}
    }
    if score == 0 {
        return None;
    }
    // One area may lie in the other: a street's list names streets, the register grids.
    let within = |outer: &str, inner: &str| inner.starts_with(outer);
    if within(&found.area, &of.area) || within(&of.area, &found.area) {
        signs.push(MatchSign::SameArea);
        score = score.saturating_add(10).min(100);
    } else {
        signs.push(MatchSign::OtherArea);
    }
    if found.kind.is_some() && of.kind.is_some() && found.kind != of.kind {
        signs.push(MatchSign::OtherKind);
    }
    Some(Candidate { id, score, signs })
}

/// A finding, and what of it is compared with either part of the register.
#[derive(Debug, Clone)]
pub struct Sought {
    /// As the row says; nothing where it does not.
    pub kind: Option<CensusKind>,
    /// What is compared with enterprises.
    pub enterprise: Compared,
    /// What is compared with premises.
    pub premises: ComparedPremises,
}

impl Sought {
    /// What is compared of these.
    pub fn of(
        kind: Option<CensusKind>,
        (code, name, address): (&str, &str, &str),
        area: &str,
        regions: &Regions,
    ) -> Self {
        let premises = ComparedPremises::of(kind, area, name, address, regions);
        Self { kind, enterprise: Compared::of(code, name, address, regions), premises }
    }

    /// Whether it may be an enterprise.
    pub fn may_be_enterprise(&self) -> bool {
        self.kind.is_none_or(|it| it.premises().is_none())
    }

    /// Whether it may be premises: it says so, or it says nothing and has no code.
    pub fn may_be_premises(&self) -> bool {
        self.kind.map_or_else(|| self.enterprise.code.is_empty(), |it| it.premises().is_some())
    }
}

/// What each finding of one file is, in the same order. One that does not say its kind is premises where it is surely some of the
/// register, and no enterprise is called so.
pub fn judge_each(
    sought: &[Sought],
    enterprises: &Register,
    premises: &PremisesRegister,
) -> Vec<(CensusKind, Judgement)> {
    let compared: Vec<Compared> =
        sought.iter().filter(|it| it.may_be_enterprise()).map(|it| it.enterprise.clone()).collect();
    let mut as_enterprises = judge_all(&compared, enterprises).into_iter();
    let judge = |it: &Sought| {
        let as_enterprise = it.may_be_enterprise().then(|| as_enterprises.next()).flatten();
        let Some(as_enterprise) = as_enterprise else {
            return (it.kind.unwrap_or(CensusKind::Enterprise), premises.judge(&it.premises));
        };
        let unclaimed = it.may_be_premises() && as_enterprise.claims.is_none();
        let as_premises = unclaimed.then(|| premises.judge(&it.premises));
        let sure = as_premises.filter(|it| it.outcome == CensusOutcome::Matched);
        let sure = sure.and_then(|it| Some((premises.kind(it.claims?)?, it)));
        sure.unwrap_or((CensusKind::Enterprise, as_enterprise))
    };
    let mut judged: Vec<(CensusKind, Judgement)> = sought.iter().map(judge).collect();
    let mut of_premises: Vec<&mut Judgement> =
        judged.iter_mut().filter(|it| it.0.premises().is_some()).map(|it| &mut it.1).collect();
    contest(&mut of_premises);
    judged
}
