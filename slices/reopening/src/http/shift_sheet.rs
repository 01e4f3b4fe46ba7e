//! A shift plan as a spreadsheet: the teams with their hours, then the figures beside those of everybody at eight.

use access::Permission;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use http_api::{ApiError, ApiResult, Lang, Me, Platform, Query};
use places::rules::show_minute;
use serde::Deserialize;
use tables::Form;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shifts::{ShiftPlanFile, file, site};
use crate::shifts::measure::PlanFigures;

const DAY: u16 = 1_440;

/// The form of a file.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SheetForm {
    /// A workbook.
    #[default]
    Xlsx,
    /// Text with commas.
    Csv,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct SheetQuery {
    #[param(inline)]
    form: SheetForm,
    lang: Lang,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(export))
}

/// The plan and its figures as XLSX or CSV.
#[utoipa::path(get, path = "/sites/{id}/shift-plan/export", tag = "reopening", params(("id" = String, Path), SheetQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<SheetQuery>,
) -> ApiResult<Response> {
    let scope = me.require(Permission::ReadPlaces)?;
    let mut db = platform.db.reader();
    let site = site(&mut db, &scope, &id).await?;
    let plan = file(&mut db, &scope, site, platform.now()).await?;
    let lines = lines(&plan, query.lang);
    let rows = lines.iter().map(|it| it.iter().map(String::as_str).collect());
    let (kind, name, bytes) = match query.form {
        SheetForm::Csv => {
            let bytes = [tables::BYTE_ORDER_MARK, &tables::csv_lines(rows)].concat();
            ("text/csv; charset=utf-8", Form::Csv.code(), bytes)
        }
        SheetForm::Xlsx => {
            let sheet = query.lang.pick("错峰方案", "Shift plan");
            let bytes = tables::workbook(sheet, rows).map_err(|error| ApiError::internal(&error))?;
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Form::Xlsx.code(), bytes)
        }
    };
    let disposition = format!("attachment; filename=\"shift-plan.{name}\"");
    let disposition = HeaderValue::from_str(&disposition).map_err(|error| ApiError::internal(&error))?;
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}

fn time(minute: u16) -> String {
    show_minute(minute % DAY)
}

fn lines(file: &ShiftPlanFile, lang: Lang) -> Vec<Vec<String>> {
    let words = lang.pick(
        ["班组", "岗位", "人数", "上班", "下班", "就餐开始", "就餐结束", "可走的门"],
        ["Team", "Post", "People", "Start", "End", "Break from", "Break until", "Gates"],
    );
    let mut lines = vec![words.map(str::to_owned).to_vec()];
    for team in &file.plan.teams {
        let at = file.starts.iter().find(|it| it.team == team.name);
        let pause = at.and_then(|it| it.pause_at).zip(team.pause.as_ref());
        lines.push(vec![
            team.name.clone(),
            team.post.clone(),
            team.headcount.to_string(),
            at.map(|it| time(it.start)).unwrap_or_default(),
            at.map(|it| time(it.start + team.work_minutes)).unwrap_or_default(),
            pause.map(|it| time(it.0)).unwrap_or_default(),
            pause.map(|(from, it)| time(from + it.minutes)).unwrap_or_default(),
            team.gates.join(", "),
        ]);
    }
    lines.push(Vec::new());
    let heads =
        lang.pick([&*file.site_name, "本方案", "全员八点"], [&*file.site_name, "This plan", "Everybody at eight"]);
    lines.push(heads.map(str::to_owned).to_vec());
    for (word, of) in figures(lang) {
        let cell = |it: &Option<PlanFigures>| it.as_ref().map(|it| of(it).to_string()).unwrap_or_default();
        lines.push(vec![word.to_owned(), cell(&file.figures), cell(&file.at_eight)]);
    }
    lines
}

type Figure = (&'static str, fn(&PlanFigures) -> f64);

fn figures(lang: Lang) -> [Figure; 8] {
    [
        (lang.pick("最长等候（分）", "Longest wait (min)"), |it| it.longest_wait),
        (lang.pick("门口平均等候（分）", "Mean wait at gates (min)"), |it| it.mean_wait),
        (lang.pick("最长队伍（人）", "Longest queue (people)"), |it| {
            it.queues.iter().map(|it| it.peak).fold(0.0, f64::max)
        }),
        (lang.pick("跨班组接触（人·分）", "With other teams (person-min)"), |it| it.mixed_minutes),
        (lang.pick("跨班组接触（对·分）", "With other teams (pair-min)"), |it| it.pair_minutes),
        (lang.pick("同处最多外组人数", "Most people of other teams"), |it| it.most_strangers),
        (lang.pick("食堂最多人数", "Most people in the canteen"), |it| it.canteen_peak),
        (lang.pick("食堂无座（人·分）", "Canteen without a seat (person-min)"), |it| it.canteen_overflow),
    ]
}
