//! Announcing somebody, and what becomes of it.

use access::Scope;
use audit::Entry;
use db::Tx;
use http_api::{ApiError, ApiResult, ErrorCode, Platform, Write};
use kernel::{Instant64, Label};
use places::SiteBrief;
use serde_json::json;
use uuid::Uuid;
use vault::IndexKey;

use crate::events::VisitorsChanged;
use crate::model::{Details, NewGuest, Plate, VisitorId, VisitorState};
use crate::rules::{self, Move, Period};
use crate::sealed;
use crate::store::visitors::{self as store, NewVisitor, VisitorRow};

/// An announcement as it was written.
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
    let person = known(platform, &it.guest).await?;
    let id = VisitorId::new(now);
    let key = sealed::make(platform, &[id.uuid()], now).await?.remove(&id.uuid()).ok_or_else(ApiError::not_found)?;
    let code = rules::make_code();
    let details = Details {
        name: it.guest.name.as_str().to_owned(),
        phone: it.guest.phone.as_str().to_owned(),
        document: it.guest.document.as_ref().map(|it| (it.kind().code().to_owned(), it.as_str().to_owned())),
        company: it.company.map(|it| it.as_str().to_owned()),
        purpose: it.purpose.map(|it| it.as_str().to_owned()),
        plate: it.plate.as_ref().map(|it| it.as_str().to_owned()),
        code: code.clone(),
    };
    Ok(NewVisitor {
        id,
        site: site.id,
        enterprise: site.enterprise_id,
        area_code: site.area_code.clone(),
        state: host.state(),
        host: host.person,
        host_name: host.name,
        person,
        code: code_digest(platform, &code),
        phone: platform.index.digest(IndexKey::Phone, it.guest.phone.as_str()),
        plate: it.plate.as_ref().map(|it| plate_digest(platform, it)),
        period: it.period,
        sealed: sealed::seal(&key, sealed::VISITOR, id.uuid(), &details)?,
    })
}

/// Whom the register knows by her document.
pub(crate) async fn known(platform: &Platform, guest: &NewGuest) -> ApiResult<Option<Uuid>> {
    let Some(document) = &guest.document else { return Ok(None) };
    Ok(people::by_document(platform, &mut platform.db.reader(), std::slice::from_ref(document))
        .await?
        .into_values()
        .next())
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
