//! A manifest from a file.

use std::collections::{HashMap, HashSet};

use access::Permission;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_api::{ApiError, ApiResult, Json, Lang, Me, Platform, Query, RefusedFile, Write, sheet_refused};
use kernel::{DocumentKind, DocumentNumber, Label, Phone};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tables::{Form, Known, Row, Sheet};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::announcing::code_digest;
use crate::coaches::{in_reach, note};
use crate::model::{CoachId, CoachState, Details, PassengerId};
use crate::rules::make_code;
use crate::sealed;
use crate::store::passengers::{self as store, NewPassenger, PassengerRow};

/// More than any coach seats.
const ROWS_MOST: usize = 200;
const SEAT: usize = 0;
const NAME: usize = 1;
const NUMBER: usize = 2;
const PHONE: usize = 3;
const COMPANY: usize = 4;
const COLUMNS: &[Known] = &[
    Known { name: "seat", headings: &["座位号", "座位", "座号", "seat"] },
    Known { name: "name", headings: &["姓名", "乘客", "乘客姓名", "name", "passenger"] },
    Known {
        name: "document_number",
        headings: &["身份证号", "身份证号码", "证件号码", "证件号", "documentnumber", "idnumber"],
    },
    Known { name: "phone", headings: &["手机号", "手机", "手机号码", "联系电话", "电话", "phone"] },
    Known { name: "company", headings: &["用工单位", "单位", "企业", "company", "employer"] },
];
const NEEDED: &[usize] = &[SEAT, NAME, NUMBER, PHONE];

/// What became of a file, or would.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ManifestReport {
    dry_run: bool,
    rows: usize,
    created: usize,
    /// Rows about somebody who is on the manifest already.
    unchanged: usize,
    refused: usize,
    refused_rows: Vec<ManifestRefused>,
    /// All refused rows in the form of their file, with the reasons; null when there are none.
    refused_file: Option<RefusedFile>,
}

kernel::coded! {
    #[derive(ToSchema)]
    /// Why a row was refused.
    pub enum ManifestFault {
        /// The cell is empty.
        Required = "required",
        /// Longer than anything of its kind.
        TooLong = "too_long",
        /// No number of a resident's identity card.
        DocumentNumberForm = "document_number_form",
        /// Its check digit says no.
        DocumentNumberCheck = "document_number_check",
        /// No mobile phone.
        PhoneForm = "phone_form",
        /// Somebody else has this seat.
        Taken = "taken",
        /// A row before it is about the same.
        Repeated = "repeated",
    }
}

/// A row that was refused.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ManifestRefused {
    line: u64,
    column: String,
    fault: ManifestFault,
    text: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct ManifestQuery {
    /// Only say what would happen.
    dry_run: bool,
    /// The language of the reasons in the file of refused rows.
    lang: Lang,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct BlankQuery {
    lang: Lang,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(import)).routes(routes!(blank))
}

/// A manifest from an XLSX or CSV file: seat, name, number of the identity card, phone, employer. Good rows land, bad ones go back.
#[utoipa::path(post, path = "/coaches/{id}/passengers/content", tag = "visitors", params(("id" = String, Path), ManifestQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ManifestReport)))]
async fn import(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<ManifestQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ManifestReport>)> {
    let scope = me.require(Permission::AnnounceVisitors)?;
    Write::unless_done(&platform, &me).await?;
    let row = in_reach(&mut platform.db.reader(), &scope, &id).await?;
    let coach = CoachId::from_uuid(row.id);
    let read = tokio::task::spawn_blocking(move || Sheet::read(&body, COLUMNS, NEEDED, ROWS_MOST));
    let read = read.await.map_err(|error| ApiError::internal(&error))?;
    let sheet = read.map_err(|it| sheet_refused(&it, ROWS_MOST))?;
    let known = store::of_coach(&mut platform.db.reader(), coach).await?;
    let judged = judge(&platform, &sheet, &known);
    let report = report(&sheet, &judged, &query)?;
    let new = match query.dry_run {
        true => Vec::new(),
        false => sealed_rows(&platform, judged.new).await?,
    };
    let mut write = Write::begin(&platform, &me).await?;
    if !new.is_empty() {
        // Only as long as nobody has signed it.
        let row = in_reach(&mut write.tx, &scope, &id).await?;
        if row.state() != CoachState::Planned {
            return Err(ApiError::state());
        }
        let people: Vec<Uuid> = new.iter().filter_map(|it| it.person).collect();
        let detail = json!({ "created": report.created, "refused": report.refused });
        store::insert(&mut write.tx, coach, new).await.map_err(|_| ApiError::state())?;
        note(&mut write, &scope, "coach.manifest", coach.uuid(), (&people, detail)).await?;
    }
    write.finish(StatusCode::OK, report).await
}

struct Judged {
    new: Vec<Said>,
    unchanged: usize,
    refused: Vec<ManifestRefused>,
}

struct Said {
    seat: String,
    name: Label,
    document: DocumentNumber,
    phone: Phone,
    company: Option<Label>,
}

fn judge(platform: &Platform, sheet: &Sheet, known: &[PassengerRow]) -> Judged {
    let mut seats: HashMap<String, Vec<u8>> =
        known.iter().map(|it| (it.seat.clone(), it.document_digest.clone())).collect();
    let mut documents: HashSet<Vec<u8>> = known.iter().map(|it| it.document_digest.clone()).collect();
    let mut judged = Judged { new: Vec::new(), unchanged: 0, refused: Vec::new() };
    for row in sheet.rows() {
        let said = said(sheet, row).and_then(|said| {
            let digest = people::document_digest(platform, &said.document);
            match (seats.get(&said.seat) == Some(&digest), seats.contains_key(&said.seat), documents.contains(&digest))
            {
                (true, _, _) => Ok(None),
                (false, true, _) => Err((SEAT, ManifestFault::Taken)),
                (false, false, true) => Err((NUMBER, ManifestFault::Repeated)),
                (false, false, false) => {
                    seats.insert(said.seat.clone(), digest.clone());
                    documents.insert(digest);
                    Ok(Some(said))
                }
            }
        });
        match said {
            Ok(Some(said)) => judged.new.push(said),
            Ok(None) => judged.unchanged += 1,
            Err((column, fault)) => judged.refused.push(refused(sheet, row, column, fault)),
        }
    }
    judged
}

fn said(sheet: &Sheet, row: &Row) -> Result<Said, (usize, ManifestFault)> {
    let text = |column| sheet.cell(row, column).text().trim().to_owned();
    let needed = |column| Some(text(column)).filter(|it| !it.is_empty()).ok_or((column, ManifestFault::Required));
    let label = |column| Label::parse(&needed(column)?).map_err(|_| (column, ManifestFault::TooLong));
    let document = DocumentNumber::parse(DocumentKind::ResidentId, &needed(NUMBER)?).map_err(|it| match it.code {
        "document_number_check" => (NUMBER, ManifestFault::DocumentNumberCheck),
        _ => (NUMBER, ManifestFault::DocumentNumberForm),
    })?;
    let company = Some(text(COMPANY)).filter(|it| !it.is_empty());
    let company = company.map(|it| Label::parse(&it).map_err(|_| (COMPANY, ManifestFault::TooLong))).transpose()?;
    let seat = needed(SEAT)?;
    if 8 < seat.chars().count() {
        return Err((SEAT, ManifestFault::TooLong));
    }
    let phone = Phone::parse(&needed(PHONE)?).map_err(|_| (PHONE, ManifestFault::PhoneForm))?;
    Ok(Said { seat, name: label(NAME)?, document, phone, company })
}

fn refused(sheet: &Sheet, row: &Row, column: usize, fault: ManifestFault) -> ManifestRefused {
    let text = sheet.cell(row, column).text().chars().take(80).collect();
    let column = COLUMNS.get(column).map_or("", |it| it.name).to_owned();
    ManifestRefused { line: row.line, column, fault, text }
}

async fn sealed_rows(platform: &Platform, said: Vec<Said>) -> ApiResult<Vec<NewPassenger>> {
    let now = platform.now();
    let documents: Vec<DocumentNumber> = said.iter().map(|it| it.document.clone()).collect();
    let known = people::by_document(platform, &mut platform.db.reader(), &documents).await?;
    let ids: Vec<PassengerId> = said.iter().map(|_| PassengerId::new(now)).collect();
    let uuids: Vec<Uuid> = ids.iter().map(|it| it.uuid()).collect();
    let keys = sealed::make(platform, &uuids, now).await?;
    let mut rows = Vec::with_capacity(said.len());
    for (id, it) in ids.into_iter().zip(said) {
        let key = keys.get(&id.uuid()).ok_or_else(ApiError::not_found)?;
        let code = make_code();
        let document = people::document_digest(platform, &it.document);
        let details = Details {
            name: it.name.as_str().to_owned(),
            phone: it.phone.as_str().to_owned(),
            document: Some((it.document.kind().code().to_owned(), it.document.as_str().to_owned())),
            company: it.company.map(|it| it.as_str().to_owned()),
            purpose: None,
            plate: None,
            code: code.clone(),
        };
        rows.push(NewPassenger {
            id,
            seat: it.seat,
            person: known.get(&it.document).copied(),
            document,
            code: code_digest(platform, &code),
            sealed: sealed::seal(key, sealed::PASSENGER, id.uuid(), &details)?,
        });
    }
    Ok(rows)
}

fn report(sheet: &Sheet, judged: &Judged, query: &ManifestQuery) -> ApiResult<ManifestReport> {
    let refused_file = match judged.refused.is_empty() {
        true => None,
        false => Some(refused_file(sheet, &judged.refused, query.lang)?),
    };
    Ok(ManifestReport {
        dry_run: query.dry_run,
        rows: sheet.rows().len(),
        created: judged.new.len(),
        unchanged: judged.unchanged,
        refused: judged.refused.len(),
        refused_rows: judged.refused.clone(),
        refused_file,
    })
}

fn headings(lang: Lang) -> Vec<&'static str> {
    lang.pick(
        vec!["座位号", "姓名", "身份证号", "手机号", "用工单位"],
        vec!["seat", "name", "document_number", "phone", "company"],
    )
}

fn refused_file(sheet: &Sheet, refused: &[ManifestRefused], lang: Lang) -> ApiResult<RefusedFile> {
    let headings = headings(lang);
    let column = |name: &str| {
        let at = COLUMNS.iter().position(|it| it.name == name)?;
        headings.get(at).copied()
    };
    let words = |it: &ManifestRefused| {
        (it.line, [column(&it.column).unwrap_or_default().to_owned(), reason(it.fault, lang).to_owned()])
    };
    let more = lang.pick(["出错的列", "原因和处理办法"], ["column in error", "reason and remedy"]);
    let content = sheet.refused(more, refused.iter().map(words)).map_err(|error| ApiError::internal(&error))?;
    Ok(RefusedFile::of("manifest-refused", sheet.form(), &content))
}

/// What a fault is called, and what helps.
const fn reason(fault: ManifestFault, lang: Lang) -> &'static str {
    use ManifestFault::*;
    let (zh, en) = match fault {
        Required => ("没有填写；请补上", "empty; fill it in"),
        TooLong => ("太长；请缩短", "too long; shorten it"),
        DocumentNumberForm => ("不是 18 位身份证号；请核对证件", "no number of 18 digits; look at the card"),
        DocumentNumberCheck => {
            ("校验位不对，有一位写错了；请核对证件", "its check digit says that one digit is wrong; look at the card")
        }
        PhoneForm => ("不是手机号；请填 11 位手机号", "no mobile phone; 11 digits are wanted"),
        Taken => ("这个座位已经有人；请换座位", "somebody else has this seat; choose another"),
        Repeated => ("这个人已经在名单上；请删去一行", "she is on the manifest already; remove one row"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// An empty workbook with the headings of a manifest.
#[utoipa::path(get, path = "/coaches/template", tag = "visitors", params(BlankQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn blank(me: Me, Query(query): Query<BlankQuery>) -> ApiResult<Response> {
    me.require(Permission::AnnounceVisitors)?;
    let headings = headings(query.lang).into_iter().map(str::to_owned).collect();
    let book = Form::Xlsx.write("manifest", &[headings]).map_err(|error| ApiError::internal(&error))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(Form::Xlsx.content_type())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"manifest.xlsx\"")),
    ];
    Ok((headers, book).into_response())
}
