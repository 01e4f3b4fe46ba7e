//! Courses with their film, document, captions and questions; who has learnt them; and the one site whose gates ask for it.

use std::collections::HashMap;
use std::sync::Arc;

use paper::{Paper, PaperError};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::parallel::in_parallel;
use super::{DISTRICT_CODE, Made, progress};
use crate::console;
use crate::demo::api::{Api, Payload};
use crate::demo::district::District;
use crate::demo::lessons::{CAPTIONS, Content, FILM, Lesson, handbook};

#[derive(Deserialize)]
struct CourseRow {
    id: String,
    title: String,
    state: String,
    kind: Option<String>,
    bank_count: usize,
    version: i64,
}

/// The courses of the district, published; each with its id. One that a load left half-made is finished.
pub(super) async fn courses(
    api: &Api,
    district: &District,
    enterprises: &[String],
) -> anyhow::Result<Vec<Option<String>>> {
    let mut known: HashMap<String, CourseRow> = HashMap::new();
    if !district.lessons.is_empty() {
        let rows: Vec<CourseRow> = api.list("/courses").await?;
        known.extend(rows.into_iter().map(|it| (it.title.clone(), it)));
    }
    let mut ids = Vec::with_capacity(district.lessons.len());
    for lesson in &district.lessons {
        ids.push(course(api, lesson, known.remove(lesson.title), enterprises).await?);
    }
    progress(ids.iter().flatten().count(), "courses");
    Ok(ids)
}

async fn course(
    api: &Api,
    lesson: &Lesson,
    known: Option<CourseRow>,
    enterprises: &[String],
) -> anyhow::Result<Option<String>> {
    let mut row = match known {
        Some(row) => row,
        None => {
            let enterprise = lesson.enterprise.and_then(|it| enterprises.get(it));
            let area = enterprise.is_none().then_some(DISTRICT_CODE);
            let body = json!({ "area_code": area, "enterprise_id": enterprise, "course": lesson.settings() });
            api.post("/courses", Payload::Json(body)).await?
        }
    };
    let path = format!("/courses/{}", row.id);
    if row.state != "draft" {
        return Ok(Some(row.id));
    }
    if row.bank_count == 0 {
        let bank = json!({ "version": row.version, "questions": lesson.questions() });
        let _: Value = api.write(Method::PUT, &format!("{path}/questions"), Payload::Json(bank)).await?;
    }
    if row.kind.is_none() && !uploaded(api, &path, lesson.content).await? {
        return Ok(None);
    }
    if lesson.content == Content::Film {
        for (lang, name, text) in CAPTIONS {
            let path = format!("{path}/captions?lang={lang}&file_name={name}");
            let _: Value = api.write(Method::PUT, &path, Payload::Bytes(text.as_bytes().to_vec())).await?;
        }
    }
    row = api.get(&path).await?;
    let seen = Payload::Json(json!({ "version": row.version }));
    let _: Value = api.post(&format!("{path}/publish"), seen).await?;
    Ok(Some(row.id))
}

/// Sends what is watched or read, in its one part; nothing where the program was built without its font.
async fn uploaded(api: &Api, path: &str, content: Content) -> anyhow::Result<bool> {
    let (bytes, said) = match content {
        Content::Film => (FILM.to_vec(), json!({ "kind": "video", "file_name": "返岗防疫须知.mp4" })),
        Content::Handbook => {
            let sheet = handbook();
            let said = json!({
                "kind": "document", "file_name": "进厂手册.pdf", "page_count": sheet.page_count(), "seconds_per_page": 10,
            });
            // Setting a page takes a moment; others are answered meanwhile.
            match tokio::task::spawn_blocking(move || Paper::new(console::font).pdf(&sheet)).await? {
                Ok(bytes) => (bytes, said),
                Err(PaperError::FontMissing) => return Ok(false),
                Err(error) => return Err(error.into()),
            }
        }
    };
    let mut said = said;
    if let Some(said) = said.as_object_mut() {
        said.insert("byte_count".into(), bytes.len().into());
    }
    let media: Made = api.post(&format!("{path}/media"), Payload::Json(said)).await?;
    let parts = format!("{path}/media/{}/parts", media.id);
    let _: Value = api.write(Method::PATCH, &parts, Payload::Part(bytes)).await?;
    Ok(true)
}

/// Writes down who has learnt what, as their employers do for who has no phone.
pub(super) async fn certificates(
    api: &Arc<Api>,
    district: &District,
    courses: &[Option<String>],
    people: &HashMap<usize, String>,
) -> anyhow::Result<()> {
    let on = district.made_at.local_date();
    let of_lesson = district.lessons.iter().zip(courses).filter_map(|(it, course)| Some((it, course.as_ref()?)));
    let all = of_lesson.flat_map(|(it, course)| it.learnt.iter().map(move |person| (course.clone(), *person)));
    let bodies = all.filter_map(|(course, person)| {
        Some((people.get(&person)?.clone(), json!({ "course_id": course, "trained_on": on })))
    });
    let done = in_parallel(bodies, |(person, body)| {
        let api = Arc::clone(api);
        async move { api.post::<Made>(&format!("/people/{person}/certificates"), Payload::Json(body)).await.map(|_| ()) }
    });
    progress(done.await?.len(), "certificates");
    Ok(())
}

/// The gates of one site ask for training; everywhere else it is only due.
pub(super) async fn asked_at(api: &Api, site: &str) -> anyhow::Result<()> {
    let mut rules: Value = api.get(&format!("/gate-rules?site_id={site}")).await?;
    if rules.get("training_required") == Some(&Value::Bool(true)) {
        return Ok(());
    }
    if let Some(rules) = rules.as_object_mut() {
        rules.insert("site_id".into(), site.into());
        rules.insert("training_required".into(), true.into());
        rules.insert("note".into(), "返岗培训（演示）".into());
    }
    let _: Value = api.post("/gate-rules", Payload::Json(rules)).await?;
    Ok(())
}
