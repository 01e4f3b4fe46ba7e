//! Findings against the register. Pure: who is compared with whom was asked before, by [`super::normal::keys`].

use std::collections::HashMap;

use kernel::CreditCode;
use uuid::Uuid;

use super::model::{Candidate, CensusConflict, CensusOutcome, Judgement, MatchSign};
use super::normal::{Regions, address_core, code_core, keys, likeness, name_core};

/// Names at least so alike are similar.
pub(super) const NEAR: u8 = 70;
/// Names less alike than this are not those of one enterprise, even under one code.
const SAME_ENTERPRISE: u8 = 60;
/// What speaks so much for an enterprise makes a finding likely.
pub(super) const LIKELY: u8 = 40;
/// So many candidates are kept.
pub(super) const CANDIDATES: usize = 5;
/// A beginning of names or an address that more enterprises share says nothing.
const COMMON: usize = 200;

/// What is compared: a finding, or an enterprise of the register.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The credit code, as it is compared; empty where there is none.
    pub code: String,
    /// The bare name.
    pub name: String,
    /// The bare address.
    pub address: String,
}

impl Compared {
    /// What is compared of these.
    pub fn of(code: &str, name: &str, address: &str, regions: &Regions) -> Self {
        Self { code: code_core(code), name: name_core(name, regions), address: address_core(address, regions) }
    }

    /// Under what it is looked for.
    pub fn keys(&self) -> Vec<String> {
        keys(&self.code, &self.name, &self.address)
    }
}

/// An enterprise of the register.
#[derive(Debug, Clone)]
pub struct Registered {
    /// Its id.
    pub id: Uuid,
    /// What is compared of it.
    pub is: Compared,
}

/// The enterprises that findings may be, by their keys.
#[derive(Debug, Default)]
pub struct Register {
    enterprises: HashMap<Uuid, Registered>,
    by_key: HashMap<String, Vec<Uuid>>,
}

impl Register {
    /// Adds an enterprise under one of its keys.
    pub fn add(&mut self, key: String, enterprise: Registered) {
        self.by_key.entry(key).or_default().push(enterprise.id);
        self.enterprises.entry(enterprise.id).or_insert(enterprise);
    }

    /// Whether an enterprise is known already.
    pub fn knows(&self, id: Uuid) -> bool {
        self.enterprises.contains_key(&id)
    }

    /// Adds another key of an enterprise that is known.
    pub fn add_key(&mut self, key: String, id: Uuid) {
        self.by_key.entry(key).or_default().push(id);
    }

    /// Those that share a key with this.
    pub(super) fn near(&self, found: &Compared) -> Vec<&Registered> {
        let telling = |key: &String, ids: &Vec<Uuid>| ids.len() <= COMMON || key.starts_with(['c', 'n']);
        let shared = found.keys().into_iter().filter_map(|key| {
            let ids = self.by_key.get(&key)?;
            telling(&key, ids).then_some(ids)
        });
        let mut ids: Vec<Uuid> = shared.flatten().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        ids.iter().filter_map(|it| self.enterprises.get(it)).collect()
    }
}

/// What each finding of one file is, in the same order.
pub fn judge_all(found: &[Compared], register: &Register) -> Vec<Judgement> {
    let mut judged: Vec<Judgement> = found.iter().map(|it| judge(it, &register.near(it))).collect();
    let mut claims: HashMap<Claim<'_>, usize> = HashMap::new();
    for (it, judgement) in found.iter().zip(&judged) {
        for claim in claims_of(it, judgement) {
            *claims.entry(claim).or_default() += 1;
        }
    }
    let twice = |it: &Compared, judgement: &Judgement| {
        claims_of(it, judgement).iter().any(|it| claims.get(it).is_some_and(|it| 1 < *it))
    };
    let contested: Vec<bool> = found.iter().zip(&judged).map(|(it, judgement)| twice(it, judgement)).collect();
    for (judgement, _) in judged.iter_mut().zip(contested).filter(|(it, contested)| *contested && it.conflict.is_none())
    {
        judgement.outcome = CensusOutcome::Conflict;
        judgement.conflict = Some(CensusConflict::ClaimedTwice);
    }
    judged
}

/// What a row of a file says is its own.
#[derive(PartialEq, Eq, Hash)]
enum Claim<'a> {
    Enterprise(Uuid),
    Code(&'a str),
}

fn claims_of<'a>(found: &'a Compared, judgement: &Judgement) -> Vec<Claim<'a>> {
    let enterprise = judgement.claims.map(Claim::Enterprise);
    let code = Some(found.code.as_str()).filter(|it| !it.is_empty()).map(Claim::Code);
    enterprise.into_iter().chain(code).collect()
}

/// What one finding is, given the enterprises that share a key with it, in whatever order.
pub fn judge(found: &Compared, near: &[&Registered]) -> Judgement {
    let mut candidates: Vec<Candidate> = near.iter().filter_map(|it| candidate(found, it)).collect();
    candidates.sort_unstable_by(|one, other| other.score.cmp(&one.score).then(one.id.cmp(&other.id)));
    candidates.truncate(CANDIDATES);
    let has = |it: &Candidate, sign: MatchSign| it.signs.contains(&sign);
    let by_code = candidates.iter().find(|it| has(it, MatchSign::SameCode));
    let by_name = candidates.iter().find(|it| has(it, MatchSign::SameName));
    let told = |of: Uuid| near.iter().find(|it| it.id == of).map_or(0, |it| likeness(&found.name, &it.is.name));
    let conflict = match (code_fault(&found.code), by_code, by_name) {
        (Some(fault), ..) => Some(fault),
        // Another one has this name, and the one of this code has not.
        (None, Some(coded), Some(named)) if !has(coded, MatchSign::SameName) && coded.id != named.id => {
            Some(CensusConflict::CodeAndName)
        }
        (None, Some(coded), _) if told(coded.id) < SAME_ENTERPRISE => Some(CensusConflict::CodeAndName),
        (None, _, _) => None,
    };
    let claims = by_code.or(by_name).map(|it| it.id);
    let outcome = match (conflict, by_code, candidates.first()) {
        (Some(_), ..) => CensusOutcome::Conflict,
        (None, Some(_), _) => CensusOutcome::Matched,
        (None, None, Some(first)) if LIKELY <= first.score => CensusOutcome::Likely,
        (None, None, _) => CensusOutcome::New,
    };
    Judgement { outcome, conflict, candidates, claims }
}

/// What is wrong with a code that stands there.
fn code_fault(code: &str) -> Option<CensusConflict> {
    match CreditCode::parse(code) {
        Err(it) if !code.is_empty() && it.code == "credit_code_check" => Some(CensusConflict::CodeCheck),
        Err(_) if !code.is_empty() => Some(CensusConflict::CodeForm),
        Err(_) | Ok(_) => None,
    }
}

/// An enterprise as a candidate; none when nothing speaks for it.
fn candidate(found: &Compared, of: &Registered) -> Option<Candidate> {
    let alike = likeness(&found.name, &of.is.name);
    let (mut score, mut signs) = (0_u8, Vec::new());
    let mut say = |sign, points: u8| {
        signs.push(sign);
        score = score.saturating_add(points).min(100);
    };
    let valid = CreditCode::parse(&found.code).is_ok();
    match () {
        () if !found.code.is_empty() && found.code == of.is.code => say(MatchSign::SameCode, 50),
        () if valid && !of.is.code.is_empty() => say(MatchSign::OtherCode, 0),
        () => {}
    }
    match () {
        () if found.name == of.is.name => say(MatchSign::SameName, 50),
        () if NEAR <= alike => say(MatchSign::NearName, alike / 2),
        () => say(MatchSign::OtherName, 0),
    }
    match address_sign(&found.address, &of.is.address) {
        Some(MatchSign::SameAddress) => say(MatchSign::SameAddress, 30),
        Some(MatchSign::NearAddress) => say(MatchSign::NearAddress, 15),
        Some(sign) => say(sign, 0),
        None => {}
    }
    (0 < score).then_some(Candidate { id: of.id, score, signs })
}

/// How two addresses stand to each other; nothing where one is not known.
pub(super) fn address_sign(one: &str, other: &str) -> Option<MatchSign> {
    let inside = |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|it| it.starts_with('-'));
    match () {
        () if one.is_empty() || other.is_empty() => None,
        () if one == other => Some(MatchSign::SameAddress),
        () if inside(one, other) || inside(other, one) => Some(MatchSign::NearAddress),
        () => Some(MatchSign::OtherAddress),
    }
}
