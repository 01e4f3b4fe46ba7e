//! Announcing somebody, and what becomes of it.

use access::Scope;
use audit::Entry;
use db::Tx;
use http_api::{ApiError, ApiResult, ErrorCode, Platform, Write};
use kernel::{DocumentNumber, Instant64, Label, Phone};
use places::SiteBrief;
use serde_json::json;
use uuid::Uuid;
use vault::{DataKey, IndexKey};

use crate::events::VisitorsChanged;
use crate::model::{Details, NewGuest, Plate, VisitorId, VisitorState};
use crate::rules::{self, Move, Period};
use crate::sealed;
use crate::store::visitors::{self as store, NewVisitor, VisitorRow};

/// An announcement as it was written.
#[derive(Clone)]
pub(crate) struct Announcement {
    pub(crate) guest: NewGuest,
    pub(crate) company: Option<Label>,
    pub(crate) purpose: Option<Label>,
    pub(crate) plate: Option<Plate>,
    pub(crate) period: Period,
}

/// Who announces: an enterprise at the desk, or a worker, whose enterprise says yes first.
pub(crate) struct Host {
    pub(crate) person: Option<Uuid>,
    pub(crate) name: String,
}

impl Host {
    const fn state(&self) -> VisitorState {
        match self.person {
            Some(_) => VisitorState::Requested,
            None => VisitorState::Announced,
        }
    }
}

/// An announcement, sealed and ready to be stored: everything that takes time goes before the transaction.
pub(crate) async fn prepared(
    platform: &Platform,
    site: &SiteBrief,
    host: Host,
    it: Announcement,
    now: Instant64,
) -> ApiResult<NewVisitor> {
    it.period
        .check(now)
        .map_err(|(field, code)| ApiError::field(field, ErrorCode::parse(code).unwrap_or(ErrorCode::Invalid)))?;
    response_covers(platform, &site.area_code, now).await?;
    let at = Visited { site: site.id, enterprise: site.enterprise_id, area_code: site.area_code.clone() };
    let mut sealed = sealed_all(platform, &host, vec![(at, it)], now).await?;
    sealed.pop().map(|it| it.new).ok_or_else(ApiError::not_found)
}

/// Where somebody comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Visited {
    pub(crate) site: Uuid,
    pub(crate) enterprise: Option<Uuid>,
    pub(crate) area_code: String,
}

/// An announcement that may be stored, and the code that its visitor shows.
pub(crate) struct Sealed {
    pub(crate) new: NewVisitor,
    pub(crate) code: String,
}

/// Seals announcements that were checked, in their order. Few questions, whatever their number.
pub(crate) async fn sealed_all(
    platform: &Platform,
    host: &Host,
    announced: Vec<(Visited, Announcement)>,
    now: Instant64,
) -> ApiResult<Vec<Sealed>> {
    let documents: Vec<DocumentNumber> = announced.iter().filter_map(|it| it.1.guest.document.clone()).collect();
    let known = people::by_document(platform, &mut platform.db.reader(), &documents).await?;
    let ids: Vec<VisitorId> = announced.iter().map(|_| VisitorId::new(now)).collect();
    let uuids: Vec<Uuid> = ids.iter().map(|it| it.uuid()).collect();
    let keys = sealed::make(platform, &uuids, now).await?;
    let mut sealed = Vec::with_capacity(ids.len());
    for (id, (at, it)) in ids.into_iter().zip(announced) {
        let key = keys.get(&id.uuid()).ok_or_else(ApiError::not_found)?;
        let person = it.guest.document.as_ref().and_then(|it| known.get(it).copied());
        sealed.push(seal(platform, (id, key), (host, person), at, &it)?);
    }
    Ok(sealed)
}

fn seal(
    platform: &Platform,
    (id, key): (VisitorId, &DataKey),
    (host, person): (&Host, Option<Uuid>),
    at: Visited,
    it: &Announcement,
) -> ApiResult<Sealed> {
    let code = rules::make_code();
    let text = |it: &Option<Label>| it.as_ref().map(|it| it.as_str().to_owned());
    let details = Details {
        name: it.guest.name.as_str().to_owned(),
        phone: it.guest.phone.as_str().to_owned(),
        document: it.guest.document.as_ref().map(|it| (it.kind().code().to_owned(), it.as_str().to_owned())),
        company: text(&it.company),
        purpose: text(&it.purpose),
        plate: it.plate.as_ref().map(|it| it.as_str().to_owned()),
        code: code.clone(),
    };
    let new = NewVisitor {
        id,
        site: at.site,
        enterprise: at.enterprise,
        area_code: at.area_code,
        state: host.state(),
        host: host.person,
        host_name: host.name.clone(),
        person,
        code: code_digest(platform, &code),
        phone: phone_digest(platform, &it.guest.phone),
        plate: it.plate.as_ref().map(|it| plate_digest(platform, it)),
        period: it.period,
        sealed: sealed::seal(key, sealed::VISITOR, id.uuid(), &details)?,
    };
    Ok(Sealed { new, code })
}

/// By what a phone is found.
pub(crate) fn phone_digest(platform: &Platform, phone: &Phone) -> Vec<u8> {
    platform.index.digest(IndexKey::Phone, phone.as_str())
}

/// What is kept of people needs a response that covers it.
pub(crate) async fn response_covers(platform: &Platform, area_code: &str, now: Instant64) -> ApiResult<()> {
    let responses = places::active_responses(&mut platform.db.reader(), now).await?;
    match responses.iter().any(|it| it.covers(area_code, "screening", now)) {
        true => Ok(()),
        false => Err(ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::ResponseInactive)),
    }
}

/// By what a code is found.
pub(crate) fn code_digest(platform: &Platform, code: &str) -> Vec<u8> {
    vault::keyed_digest(&platform.secrets.device_secret, format!("visitor code {code}").as_bytes())
}

/// By what a plate is found.
pub(crate) fn plate_digest(platform: &Platform, plate: &Plate) -> Vec<u8> {
    vault::keyed_digest(&platform.secrets.device_secret, format!("plate {}", plate.as_str()).as_bytes())
}

/// Makes a move, if it may be made and nobody was faster.
pub(crate) async fn make_move(
    write: &mut Write,
    scope: &Scope,
    row: &VisitorRow,
    (by, note): (Move, Option<String>),
) -> ApiResult<()> {
    let state = rules::moved(row.state(), by).ok_or_else(ApiError::state)?;
    let now = write.now;
    if !store::decide(&mut write.tx, scope, row, (state, note), now).await? {
        return Err(ApiError::state());
    }
    let act = match by {
        Move::Approve => "visitor.approved",
        Move::Refuse => "visitor.refused",
        Move::Cancel => "visitor.cancelled",
    };
    note_visitor(write, scope, act, VisitorId::from_uuid(row.id), row.person_id).await?;
    changed(&mut write.tx, (row.site_id, row.enterprise_id, &row.area_code), now).await
}

/// Writes an act on an announcement down.
pub(crate) async fn note_visitor(
    write: &mut Write,
    scope: &Scope,
    act: &'static str,
    id: VisitorId,
    person: Option<Uuid>,
) -> ApiResult<()> {
    let people: Vec<Uuid> = person.into_iter().collect();
    let entry = Entry {
        at: write.now,
        actor: scope.actor(),
        act,
        purpose: "visit",
        subject: Some(id.to_string()),
        people: &people,
        detail: json!({}),
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    Ok(())
}

/// Tells gates that keep a list of their own.
pub(crate) async fn changed(
    tx: &mut Tx,
    (site, enterprise, area): (Uuid, Option<Uuid>, &str),
    now: Instant64,
) -> ApiResult<()> {
    let at = events::At { area: Some(area), enterprise, site: Some(site), gate: None };
    events::emit(tx, at, &VisitorsChanged {}, now).await?;
    Ok(())
}
