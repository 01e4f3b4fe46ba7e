//! Announcements as their readers may see them.

use std::collections::HashMap;

use http_api::{ApiResult, Platform};
use kernel::Instant64;
use kernel::text::mask_name;
use places::SiteId;
use places::rules::show_minute;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use vault::Purpose;

use crate::guests::tail;
use crate::model::{Details, VisitorId, VisitorState};
use crate::sealed;
use crate::store::visitors::VisitorRow;

/// An announced visitor in a list: her name masked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct VisitorBrief {
    #[schema(value_type = String)]
    id: VisitorId,
    #[schema(value_type = String)]
    site_id: SiteId,
    site_name: String,
    masked_name: String,
    tail: String,
    company: Option<String>,
    purpose: Option<String>,
    plate: Option<String>,
    /// Who announced her.
    host: String,
    state: VisitorState,
    /// The first day.
    from: String,
    /// The last day.
    until: String,
    start: String,
    end: String,
    /// When she said how she is.
    #[schema(value_type = Option<String>)]
    declared_at: Option<Instant64>,
    /// When she first came in.
    #[schema(value_type = Option<String>)]
    arrived_at: Option<Instant64>,
    /// When she last left.
    #[schema(value_type = Option<String>)]
    left_at: Option<Instant64>,
    note: Option<String>,
    decided_by: Option<String>,
    #[schema(value_type = String)]
    created_at: Instant64,
}

/// One of them in the clear, with what she shows at the gate.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct VisitorFile {
    #[serde(flatten)]
    brief: VisitorBrief,
    name: String,
    phone: String,
    document_kind: Option<String>,
    document_number: Option<String>,
    code: String,
}

impl VisitorBrief {
    /// Cells of the exported list.
    pub(super) fn cells(&self) -> Vec<String> {
        let moment = |it: Option<Instant64>| it.map(|it| it.to_string()).unwrap_or_default();
        let text = |it: &Option<String>| it.clone().unwrap_or_default();
        vec![
            self.site_name.clone(),
            self.masked_name.clone(),
            self.tail.clone(),
            text(&self.company),
            text(&self.purpose),
            text(&self.plate),
            self.host.clone(),
            self.state.code().to_owned(),
            self.from.clone(),
            self.until.clone(),
            self.start.clone(),
            self.end.clone(),
            moment(self.declared_at),
            moment(self.arrived_at),
            moment(self.left_at),
        ]
    }
}

/// Rows that were reached inside the scope, masked, in the same order.
pub(super) async fn briefs(
    platform: &Platform,
    db: &mut impl db::Read,
    rows: Vec<VisitorRow>,
) -> ApiResult<Vec<VisitorBrief>> {
    let sealed = rows.iter().map(|it| (it.id, it.details_sealed.clone())).collect();
    let mut details: HashMap<Uuid, Details> = sealed::open_all(platform, sealed::VISITOR, sealed).await?;
    let mut sites: Vec<Uuid> = rows.iter().map(|it| it.site_id).collect();
    sites.sort_unstable();
    sites.dedup();
    let sites = places::sites_by_id(db, &sites).await?;
    let sites: HashMap<Uuid, String> = sites.into_iter().map(|it| (it.id, it.name)).collect();
    Ok(rows.into_iter().map(|row| brief(&row, details.remove(&row.id), &sites)).collect())
}

/// One row in the clear; that it is read must have been written down.
pub(super) async fn file(platform: &Platform, db: &mut impl db::Read, row: VisitorRow) -> ApiResult<VisitorFile> {
    let key = platform.vault.key(row.id, Purpose::Identity).await?;
    let details: Details = sealed::open(&key, sealed::VISITOR, row.id, &row.details_sealed)?;
    let sites = places::sites_by_id(db, &[row.site_id]).await?;
    let sites: HashMap<Uuid, String> = sites.into_iter().map(|it| (it.id, it.name)).collect();
    let (kind, number) = details.document.clone().unzip();
    Ok(VisitorFile {
        name: details.name.clone(),
        phone: details.phone.clone(),
        document_kind: kind,
        document_number: number,
        code: details.code.clone(),
        brief: brief(&row, Some(details), &sites),
    })
}

fn brief(row: &VisitorRow, details: Option<Details>, sites: &HashMap<Uuid, String>) -> VisitorBrief {
    let (period, micros) = (row.period(), Instant64::from_micros);
    let (mut masked_name, mut tails) = (String::new(), String::new());
    if let Some(it) = &details {
        (masked_name, tails) = (mask_name(&it.name), tail(&it.phone));
    }
    let (company, purpose, plate) = details.map_or((None, None, None), |it| (it.company, it.purpose, it.plate));
    VisitorBrief {
        id: VisitorId::from_uuid(row.id),
        site_id: SiteId::from_uuid(row.site_id),
        site_name: sites.get(&row.site_id).cloned().unwrap_or_default(),
        masked_name,
        tail: tails,
        company,
        purpose,
        plate,
        host: row.host_name.clone(),
        state: row.state(),
        from: period.from.local_date(),
        until: period.until.plus(-1).local_date(),
        start: show_minute(period.start_minute),
        end: show_minute(period.end_minute),
        declared_at: row.declared_at.map(micros),
        arrived_at: row.arrived_at.map(micros),
        left_at: row.left_at.map(micros),
        note: row.note.clone(),
        decided_by: row.decided_by.clone(),
        created_at: micros(row.created_at),
    }
}
