//! Who differs: digests of everybody, entries of those whose bucket is another one at the gate.

use std::collections::{BTreeMap, HashMap, HashSet};

use aws_lc_rs::digest::{Context, SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::Reader;
use face::KeyedRotation;
use gate_link::{Ask, Buckets, Entry, Shift, bucket_of};
use http_api::{ApiResult, Platform};
use kernel::Instant64;
use people::faces::Enrolled;
use people::{RosterFacts, RosterLine, SealedRoster};
use places::rules::hours_of;
use places::{GateId, GatePlace, ShiftWindow};
use uuid::Uuid;
use vault::{DataKey, Place};

use super::FACES;
use crate::duties::Duties;
use crate::guard::declared_today;
use crate::guests::guest;
use crate::model::{GateRules, HealthStatus, Worker};
use crate::rules::{Carried, CarriedGuest};

/// Entries of one answer, a bucket more or less; a gate may ask for fewer.
const ENTRIES_MOST: usize = 6_000;

/// Whose roster, and how it is looked at.
pub(super) struct Wanted<'a> {
    pub(super) gate: &'a GatePlace,
    pub(super) rules: &'a GateRules,
    pub(super) device: Uuid,
    pub(super) key: &'a DataKey,
    pub(super) now: Instant64,
}

/// What the gate does not have yet.
pub(super) struct Differing {
    pub(super) buckets: Vec<u16>,
    pub(super) entries: Vec<Entry>,
    pub(super) more: bool,
}

/// Everybody of a site as the gate is told, without names: what differs is found by it.
pub(super) struct Standing {
    said: BTreeMap<Uuid, Said>,
    /// Everybody's number, for the holders of passes.
    pub(super) numbers: HashMap<Uuid, String>,
}

/// What is said of somebody beside her name.
struct Said {
    person: Uuid,
    digest: i64,
    carried: Carried,
    declared_at: Option<Instant64>,
    face: Option<Enrolled>,
}

impl Standing {
    /// Of everybody.
    pub(super) async fn whole(platform: &Platform, wanted: &Wanted<'_>) -> ApiResult<Self> {
        let mut db = platform.db.reader();
        let sealed = people::roster_of_site(&mut db, wanted.gate.site_id, wanted.now).await?;
        let faces = people::faces::enrolled_at(&mut db, wanted.gate.site_id, wanted.now).await?;
        let mut standing = Self { said: BTreeMap::new(), numbers: HashMap::new() };
        standing.put(&mut db, wanted, &sealed, &faces).await?;
        Ok(standing)
    }

    /// These people anew; everybody else is as before.
    pub(super) async fn follow(&mut self, platform: &Platform, wanted: &Wanted<'_>, people: &[Uuid]) -> ApiResult<()> {
        let mut db = platform.db.reader();
        let sealed = people::roster_of_people(&mut db, wanted.gate.site_id, people, wanted.now).await?;
        let faces = people::faces::enrolled_of(&mut db, people, wanted.now).await?;
        self.said.retain(|_, it| !people.contains(&it.person));
        self.numbers.retain(|it, _| !people.contains(it));
        self.put(&mut db, wanted, &sealed, &faces).await
    }

    async fn put(
        &mut self,
        db: &mut Reader,
        wanted: &Wanted<'_>,
        sealed: &SealedRoster,
        faces: &HashMap<Uuid, Enrolled>,
    ) -> ApiResult<()> {
        let windows = places::shift_windows(db, &[wanted.gate.site_id]).await?;
        let windows: Vec<ShiftWindow> = windows.into_iter().map(|(_, it)| it).collect();
        let duties = Duties::load(db, std::iter::once(wanted.rules), &sealed.people(), wanted.now).await?;
        self.said.extend(sealed.facts().map(|it| (it.employment, say(&it, wanted, &windows, &duties, faces))));
        self.numbers.extend(sealed.numbers());
        Ok(())
    }
}

/// What differs from what the gate holds, whole buckets of it.
pub(super) async fn differing(
    platform: &Platform,
    wanted: &Wanted<'_>,
    standing: &Standing,
    ask: &Ask,
) -> ApiResult<Differing> {
    let said = &standing.said;
    let guests = guests(platform, &mut platform.db.reader(), wanted).await?;
    let digests = said.iter().map(|(key, it)| (*key, it.digest)).chain(guests.iter().map(|it| (it.key, it.digest)));
    let ours = Buckets::of(digests);
    let keys = said.keys().copied().chain(guests.iter().map(|it| it.key));
    let (buckets, more) = as_many_as_fit(ours.differing(&ask.buckets), keys, most(ask.entries_most));
    let mut entries = open(platform, wanted, said, &buckets).await?;
    entries.extend(guests.into_iter().filter(|it| buckets.contains(&bucket_of(it.key))));
    Ok(Differing { buckets, entries, more })
}

/// Who is expected: few enough to be opened each time.
async fn guests(platform: &Platform, db: &mut Reader, wanted: &Wanted<'_>) -> ApiResult<Vec<Entry>> {
    let expected = visitors::expected_at(platform, db, wanted.gate.site_id, wanted.now).await?;
    Ok(expected.into_iter().map(|it| guest_entry(it, wanted.rules)).collect())
}

fn guest_entry(it: visitors::Expected, rules: &GateRules) -> Entry {
    let carried = CarriedGuest::of(&guest(&it.guest), rules);
    let mut entry = Entry {
        key: it.guest.id,
        digest: 0,
        employee_no: it.code.clone(),
        card_no: Some(it.code),
        masked_name: it.masked_name,
        team: it.company,
        not_allowed: carried.not_allowed.map(|it| it.code().to_owned()),
        declared_at: it.guest.declared_at,
        has_pass: true,
        is_trained: true,
        shift: carried.hours.first().map(shift),
        host: Some(it.host),
        template: None,
    };
    entry.digest = digest_of(format!("{entry:?}").as_bytes());
    entry
}

fn digest_of(said: &[u8]) -> i64 {
    let mut context = Context::new(&SHA256);
    context.update(said);
    first_bytes(context)
}

fn first_bytes(context: Context) -> i64 {
    let mut digest = [0; 8];
    digest.iter_mut().zip(context.finish().as_ref()).for_each(|(to, from)| *to = *from);
    i64::from_be_bytes(digest)
}

fn shift(it: &ShiftWindow) -> Shift {
    Shift {
        days: it.days.clone(),
        start_minute: it.start_minute,
        end_minute: it.end_minute,
        early_minutes: it.early_minutes,
    }
}

fn most(asked_for: Option<u32>) -> usize {
    asked_for.and_then(|it| usize::try_from(it).ok()).map_or(ENTRIES_MOST, |it| it.min(ENTRIES_MOST))
}

/// The first buckets that together have no more entries than an answer takes; at least one.
fn as_many_as_fit(mut buckets: Vec<u16>, keys: impl Iterator<Item = Uuid>, most: usize) -> (Vec<u16>, bool) {
    let mut sizes: HashMap<u16, usize> = HashMap::new();
    keys.for_each(|key| *sizes.entry(bucket_of(key)).or_default() += 1);
    let mut entries = 0;
    let fitting = buckets.iter().take_while(|it| {
        let before = entries;
        entries += sizes.get(it).copied().unwrap_or(0);
        before == 0 || entries <= most
    });
    let fitting = fitting.count();
    let more = fitting < buckets.len();
    buckets.truncate(fitting);
    (buckets, more)
}

fn say(
    facts: &RosterFacts<'_>,
    wanted: &Wanted<'_>,
    windows: &[ShiftWindow],
    duties: &Duties,
    faces: &HashMap<Uuid, Enrolled>,
) -> Said {
    let Wanted { rules, now, .. } = wanted;
    let worker = Worker {
        person: facts.person,
        employment: facts.employment,
        status: HealthStatus::parse(facts.status.code()).unwrap_or(HealthStatus::Unknown),
        shifts: hours_of(windows, facts.shift_window, facts.team).into_iter().collect(),
        declared_today: declared_today(facts.declared_at, *now),
        has_pass: duties.has_pass(facts.person),
        is_trained: duties.is_trained(facts.person, wanted.gate.site_id),
    };
    let carried = Carried::of(&worker, rules);
    // Only where the gate asks for it: it changes every day.
    let declared_at = facts.declared_at.filter(|_| rules.declaration_required);
    let face = faces.get(&facts.person);
    let mut context = Context::new(&SHA256);
    for part in facts.fingerprint {
        context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        context.update(part);
    }
    context.update(format!("{carried:?}{declared_at:?}{face:?}").as_bytes());
    Said { person: facts.person, digest: first_bytes(context), carried, declared_at, face: face.copied() }
}

/// The entries of these buckets, names opened. That they leave is written down with whose they are.
async fn open(
    platform: &Platform,
    wanted: &Wanted<'_>,
    said: &BTreeMap<Uuid, Said>,
    buckets: &[u16],
) -> ApiResult<Vec<Entry>> {
    let buckets: HashSet<u16> = buckets.iter().copied().collect();
    let lines: Vec<Uuid> = said.keys().copied().filter(|it| buckets.contains(&bucket_of(*it))).collect();
    let mut db = platform.db.reader();
    let wanted_of_it = people::roster_lines(&mut db, wanted.gate.site_id, &lines, wanted.now).await?;
    if wanted_of_it.is_empty() {
        return Ok(Vec::new());
    }
    note(platform, wanted, &wanted_of_it.people()).await?;
    let lines = wanted_of_it.open(platform).await?;
    let face = |it: &RosterLine| Some((it.person, said.get(&it.employment)?.face?));
    let with_faces: Vec<(Uuid, Enrolled)> = lines.iter().filter_map(face).collect();
    let rotation = KeyedRotation::new(&wanted.key.derived(Place { column: FACES, row: wanted.device }));
    let faces = people::faces::templates(platform, &with_faces, &rotation).await?;
    let entry = |it: RosterLine| Some(entry(&it, said.get(&it.employment)?, faces.get(&it.person)));
    Ok(lines.into_iter().filter_map(entry).collect())
}

fn entry(line: &RosterLine, said: &Said, face: Option<&Vec<u8>>) -> Entry {
    Entry {
        key: line.employment,
        digest: said.digest,
        employee_no: line.employee_no.clone(),
        card_no: line.card_no.clone(),
        masked_name: line.masked_name.clone(),
        team: line.team.clone(),
        not_allowed: said.carried.not_allowed.map(|it| it.code().to_owned()),
        declared_at: said.declared_at,
        has_pass: said.carried.has_pass,
        is_trained: said.carried.is_trained,
        shift: said.carried.shifts.first().map(shift),
        host: None,
        template: face.map(|it| STANDARD.encode(it)),
    }
}

/// A roster that leaves for a gate is a disclosure of everybody in it.
async fn note(platform: &Platform, wanted: &Wanted<'_>, people: &[Uuid]) -> ApiResult<()> {
    let actor = audit::Actor::system("gate_link");
    let entry = audit::Entry {
        at: wanted.now,
        actor: &actor,
        act: "roster.given",
        purpose: "roster",
        subject: Some(GateId::from_uuid(wanted.gate.id).to_string()),
        people,
        detail: serde_json::json!({ "people": people.len() }),
        note: None,
        request_id: "",
    };
    http_api::listing::written_down(platform, entry).await
}
