//! The person file: registering, correcting, employing, leaving, and the one door to the timeline.

use access::Scope;
use db::{DbError, Tx};
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::{DocumentNumber, Instant64};
use serde_json::{Value as Json, json};
use uuid::Uuid;
use vault::{IndexKey, Purpose, VaultError};

use crate::duplicates;
use crate::events::RosterChanged;
use crate::model::{EmploymentId, FactId, FactKind, Health, Identity, NewEmployment, PersonId};
use crate::recompute::in_force;
use crate::sealed::{self, FACT};
use crate::status::status_columns;
use crate::store::employments::EmploymentRow;
use crate::store::{employments, facts, people};

/// A fact to be added to somebody's timeline.
#[derive(Debug, Clone)]
pub struct NewFact {
    /// Whose.
    pub person: Uuid,
    /// What kind.
    pub kind: FactKind,
    /// When it happened.
    pub occurred_at: Instant64,
    /// Where it comes from: an account's name, a device, a rule.
    pub source: String,
    /// At which site, if at one.
    pub site: Option<Uuid>,
    /// The rest; sealed.
    pub detail: Json,
}

/// Adds facts to timelines. A person whose key is gone was erased meanwhile: her facts are dropped.
pub async fn record_facts(
    platform: &Platform,
    tx: &mut Tx,
    new: Vec<NewFact>,
    now: Instant64,
) -> Result<(), VaultError> {
    let people: Vec<Uuid> = new.iter().map(|it| it.person).collect();
    let keys = platform.vault.keys(&people, Purpose::Health).await?;
    let mut rows = Vec::with_capacity(new.len());
    for fact in new {
        let Some(key) = keys.get(&fact.person) else { continue };
        let id = FactId::new(fact.occurred_at);
        let row = facts::NewRow {
            id,
            person: fact.person,
            kind: fact.kind.code(),
            occurred_at: fact.occurred_at,
            source: fact.source,
            site: fact.site,
            detail: sealed::seal(key, FACT, id.uuid(), &fact.detail)?,
        };
        rows.push(row);
    }
    Ok(facts::insert(tx, rows, now).await?)
}

/// A person to be registered.
pub(crate) struct NewPerson {
    pub(crate) id: PersonId,
    pub(crate) identity: Identity,
    pub(crate) health: Health,
}

/// Makes the keys that new persons need. The key store is apart: a key without a person harms nobody, so it comes
/// first, before the transaction.
pub(crate) async fn make_keys(platform: &Platform, people: &[PersonId], now: Instant64) -> Result<(), VaultError> {
    let ids: Vec<Uuid> = people.iter().map(|it| it.uuid()).collect();
    platform.vault.ensure(&ids, Purpose::Identity, None, now).await?;
    platform.vault.ensure(&ids, Purpose::Health, None, now).await?;
    Ok(())
}

/// Registers persons whose keys were made: rows, blind indexes, first facts.
pub(crate) async fn register(
    platform: &Platform,
    tx: &mut Tx,
    new: &[NewPerson],
    source: &str,
    now: Instant64,
) -> ApiResult<()> {
    let ids: Vec<Uuid> = new.iter().map(|it| it.id.uuid()).collect();
    let identity_keys = platform.vault.keys(&ids, Purpose::Identity).await?;
    let health_keys = platform.vault.keys(&ids, Purpose::Health).await?;
    let rules = in_force(tx).await?;
    let (mut rows, mut index, mut first) = (Vec::new(), Vec::new(), Vec::new());
    for person in new {
        let id = person.id.uuid();
        let identity_key = identity_keys.get(&id).ok_or(VaultError::Gone)?;
        let health_key = health_keys.get(&id).ok_or(VaultError::Gone)?;
        rows.push(people::NewRow {
            id: person.id,
            document_kind: person.identity.document.kind().code(),
            identity: sealed::seal_identity(identity_key, id, &person.identity)?,
            status: status_columns(health_key, person.id, &person.health, &rules, now)?,
        });
        index.extend(index_entries(platform, person.id, &person.identity));
        first.push(fact(id, FactKind::Registered, now, source, None, json!({})));
        if let Some(at) = person.health.attested_at {
            first.push(fact(id, FactKind::Attested, at, source, None, json!({ "well": person.health.attested_well })));
        }
    }
    people::insert(tx, rows, now).await?;
    people::index(tx, index).await?;
    record_facts(platform, tx, first, now).await?;
    let named: Vec<(PersonId, &Identity)> = new.iter().map(|it| (it.id, &it.identity)).collect();
    duplicates::look_for(platform, tx, &named, now).await?;
    Ok(())
}

fn fact(person: Uuid, kind: FactKind, at: Instant64, source: &str, site: Option<Uuid>, detail: Json) -> NewFact {
    NewFact { person, kind, occurred_at: at, source: source.to_owned(), site, detail }
}

/// The digests under which a person is found.
pub(crate) fn index_entries(platform: &Platform, id: PersonId, identity: &Identity) -> Vec<(IndexKey, Vec<u8>, Uuid)> {
    let digest = |field, value: &str| (field, platform.index.digest(field, value), id.uuid());
    vec![
        digest(IndexKey::Document, &document_key(&identity.document)),
        digest(IndexKey::Phone, identity.phone.as_str()),
        digest(IndexKey::Name, &identity.name.key()),
    ]
}

/// What the document index is over: kind and number, since two kinds may share a number.
pub(crate) fn document_key(document: &DocumentNumber) -> String {
    format!("{}:{}", document.kind().code(), document.as_str())
}

/// Begins employments: rows, scope, facts, the enterprise's headcount, news for the site's gates.
pub(crate) async fn employ(
    platform: &Platform,
    tx: &mut Tx,
    new: Vec<(PersonId, NewEmployment)>,
    source: &str,
    now: Instant64,
) -> ApiResult<()> {
    employments::insert(tx, &new, now).await.map_err(number_taken)?;
    let detail = |it: &NewEmployment| json!({ "employee_no": it.employee_no, "team": it.team, "post": it.post });
    let began = new
        .iter()
        .map(|(person, it)| fact(person.uuid(), FactKind::Employed, it.from, source, Some(it.site), detail(it)));
    record_facts(platform, tx, began.collect(), now).await?;
    let mut heads: std::collections::BTreeMap<Uuid, i64> = std::collections::BTreeMap::new();
    for enterprise in new.iter().filter_map(|(_, it)| it.enterprise) {
        *heads.entry(enterprise).or_default() += 1;
    }
    for (enterprise, delta) in heads {
        places::add_employees(tx, enterprise, delta).await?;
    }
    let mut sites: Vec<&NewEmployment> = new.iter().map(|(_, it)| it).collect();
    sites.sort_by_key(|it| it.site);
    sites.dedup_by_key(|it| it.site);
    for it in sites {
        let people: Vec<Uuid> = new.iter().filter(|(_, new)| new.site == it.site).map(|it| it.0.uuid()).collect();
        roster_changed(tx, (&it.area_code, it.enterprise, it.site), &people, now).await?;
    }
    Ok(())
}

/// Ends an employment: the enterprise and its gates forget the person in the same moment.
pub(crate) async fn leave(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    id: EmploymentId,
    reason: &str,
    now: Instant64,
) -> ApiResult<PersonId> {
    let known = employments::find(tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    if !employments::end(tx, scope, id, now).await? {
        return Err(ApiError::state());
    }
    let detail = json!({ "employee_no": known.employee_no, "reason": reason });
    let source = scope.actor().name.clone();
    let left = fact(known.person_id, FactKind::Left, now, &source, Some(known.site_id), detail);
    record_facts(platform, tx, vec![left], now).await?;
    if let Some(enterprise) = known.enterprise_id {
        places::add_employees(tx, enterprise, -1).await?;
    }
    let at = (known.area_code.as_str(), known.enterprise_id, known.site_id);
    roster_changed(tx, at, &[known.person_id], now).await?;
    tell_followers(platform, tx, &[known.person_id], now).await?;
    Ok(PersonId::from_uuid(known.person_id))
}

/// Ends employments that a roster file says are over, each at its day.
pub(crate) async fn leave_many(
    platform: &Platform,
    tx: &mut Tx,
    leaves: &[(EmploymentRow, Instant64)],
    source: &str,
    now: Instant64,
) -> ApiResult<()> {
    let Some((any, _)) = leaves.first() else { return Ok(()) };
    let ends: Vec<(Uuid, Instant64)> = leaves.iter().map(|(it, at)| (it.id, *at)).collect();
    employments::leave(tx, any.site_id, &ends).await?;
    let left = |(it, at): &(EmploymentRow, Instant64)| {
        let detail = json!({ "employee_no": it.employee_no });
        fact(it.person_id, FactKind::Left, *at, source, Some(it.site_id), detail)
    };
    record_facts(platform, tx, leaves.iter().map(left).collect(), now).await?;
    if let Some(enterprise) = any.enterprise_id {
        let left = i64::try_from(leaves.len()).map_err(|error| ApiError::internal(&error))?;
        places::add_employees(tx, enterprise, -left).await?;
    }
    let people: Vec<Uuid> = leaves.iter().map(|(it, _)| it.person_id).collect();
    roster_changed(tx, (&any.area_code, any.enterprise_id, any.site_id), &people, now).await?;
    tell_followers(platform, tx, &people, now).await?;
    Ok(())
}

/// Tells the rooms that follow people that these have another status or other employments.
pub(crate) async fn tell_followers(
    platform: &Platform,
    tx: &mut Tx,
    people: &[Uuid],
    now: Instant64,
) -> Result<(), DbError> {
    if people.is_empty() || platform.followers.is_empty() {
        return Ok(());
    }
    let files = people::files_of(tx, people).await?;
    for follower in platform.followers.iter() {
        follower.changed(tx, &files, now).await?;
    }
    Ok(())
}

/// Tells the gates of a site that their roster is out of date, in the lines of these people; in any where none is named.
pub(crate) async fn roster_changed(
    tx: &mut Tx,
    (area, enterprise, site): (&str, Option<Uuid>, Uuid),
    people: &[Uuid],
    now: Instant64,
) -> Result<(), DbError> {
    let at = events::At { area: Some(area), enterprise, site: Some(site), gate: None };
    let named = people.len() <= RosterChanged::NAMED_MOST;
    let person_ids = people.iter().copied().filter(|_| named).collect();
    events::emit(tx, at, &RosterChanged { site_id: site, person_ids }, now).await
}

/// Tells the gates of wherever somebody works now.
pub(crate) async fn rosters_of(tx: &mut Tx, id: PersonId, now: Instant64) -> Result<(), DbError> {
    let everywhere = access::system_scope("roster");
    for it in employments::of_person(tx, &everywhere, id).await?.iter().filter(|it| it.until_at.is_none()) {
        roster_changed(tx, (&it.area_code, it.enterprise_id, it.site_id), &[id.uuid()], now).await?;
    }
    Ok(())
}

/// A refused number, at its field.
pub(crate) fn number_taken(error: DbError) -> ApiError {
    match error {
        DbError::Unique(what) if what.contains("card_no") => ApiError::field("card_no", ErrorCode::CardNoTaken),
        DbError::Unique(_) => ApiError::field("employee_no", ErrorCode::EmployeeNoTaken),
        other => other.into(),
    }
}
