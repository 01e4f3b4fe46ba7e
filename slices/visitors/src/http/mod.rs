//! Visitors, coaches and vehicles over HTTP.

mod coach_list;
mod coaches;
mod desk;
mod gate;
mod manifest;
mod manifest_file;
mod mine;
mod own;
mod vehicles;
mod views;

use http_api::{ApiError, ApiResult, OptionalText, Platform};
use kernel::{DocumentKind, DocumentNumber, Instant64, Label, Phone};
use places::rules::parse_minute;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::announcing::Announcement;
use crate::model::{NewGuest, Plate};
use crate::rules::Period;
use kernel::time::DAY;

/// Routes of visitors.
pub fn router() -> OpenApiRouter<Platform> {
    desk::router()
        .merge(mine::router())
        .merge(own::router())
        .merge(gate::router())
        .merge(coach_list::router())
        .merge(coaches::router())
        .merge(manifest::router())
        .merge(manifest_file::router())
        .merge(vehicles::router())
}

/// Who is to be announced, for when.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct VisitorNew {
    site_id: String,
    name: String,
    phone: String,
    /// `resident_id` where only a number is given.
    document_kind: Option<String>,
    document_number: Option<String>,
    company: Option<String>,
    purpose: Option<String>,
    plate: Option<String>,
    /// The first day, `YYYY-MM-DD`.
    from: String,
    /// The last day; the first where it is not given.
    until: Option<String>,
    /// From when on each day, `HH:MM`.
    start: String,
    /// Until when.
    end: String,
}

impl VisitorNew {
    /// Every field as what it should be; the first that is not is named.
    fn announcement(&self) -> ApiResult<Announcement> {
        Ok(Announcement {
            guest: guest(&self.name, &self.phone, &self.document_kind, &self.document_number)?,
            company: label("company", &self.company)?,
            purpose: label("purpose", &self.purpose)?,
            plate: self.plate.given().map(plate).transpose()?,
            period: self.period()?,
        })
    }

    fn period(&self) -> ApiResult<Period> {
        let from = date("from", &self.from)?;
        let last = self.until.given().map(|it| date("until", it)).transpose()?.unwrap_or(from);
        let minute = |field, text: &str| {
            parse_minute(text.trim()).ok_or_else(|| ApiError::field(field, http_api::ErrorCode::ShiftWindow))
        };
        Ok(Period {
            from,
            until: last.plus(DAY),
            start_minute: minute("start", &self.start)?,
            end_minute: minute("end", &self.end)?,
        })
    }
}

fn date(field: &'static str, text: &str) -> ApiResult<Instant64> {
    Instant64::parse_date(text.trim()).ok_or_else(|| ApiError::field(field, http_api::ErrorCode::DateForm))
}

fn plate(text: &str) -> ApiResult<Plate> {
    Plate::parse(text).map_err(|it| ApiError::invalid("plate", it))
}

fn label(field: &'static str, text: &Option<String>) -> ApiResult<Option<Label>> {
    text.given().map(|it| Label::parse(it).map_err(|it| ApiError::invalid(field, it))).transpose()
}

/// Name, phone and document of somebody who is announced.
fn guest(
    name: &str,
    phone: &str,
    document_kind: &Option<String>,
    document_number: &Option<String>,
) -> ApiResult<NewGuest> {
    let kind = document_kind.given().map_or(Ok(DocumentKind::ResidentId), DocumentKind::parse);
    let kind = kind.map_err(|it| ApiError::invalid("document_kind", it))?;
    let number = |it: &str| DocumentNumber::parse(kind, it).map_err(|it| ApiError::invalid("document_number", it));
    Ok(NewGuest {
        name: Label::parse(name).map_err(|it| ApiError::invalid("name", it))?,
        phone: Phone::parse(phone).map_err(|it| ApiError::invalid("phone", it))?,
        document: document_number.given().map(number).transpose()?,
    })
}
