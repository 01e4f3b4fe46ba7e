//! Training (培训): courses that are watched or read on the phone, a quiz, a certificate; who must have one, who lacks it.
//!
//! Watched time counts on the server: no player can be ahead of the clock. At random moments the learner shows who she is
//! with a code that is sent to her phone. Who has no phone is trained in a room, and her enterprise writes that down.

pub(crate) mod bank_file;
pub(crate) mod bank_refused;
pub(crate) mod captions;
pub(crate) mod certifying;
pub(crate) mod courses;
pub(crate) mod learning;
pub(crate) mod media;
pub(crate) mod model;
pub(crate) mod quiz;
pub(crate) mod reminding;
pub(crate) mod rules;
pub(crate) mod uploading;

use std::collections::{BTreeSet, HashSet};

use db::{DbError, Read};
use http_api::{ApiError, Platform};
use kernel::time::DAY;
use kernel::{AreaCode, Instant64};
use model::CourseId;
use uuid::Uuid;

use crate::store::training::due::{TaughtRow, WorkRow};
use crate::store::training::{due, learning as learning_store, media as media_store};

/// How many people are asked about in one statement.
const AT_ONCE: usize = 500;
/// How long an upload that broke off can be taken up again.
const UPLOAD_KEPT: i64 = 2 * DAY;
/// How many times a few parts of a file are deleted in one sweep.
const SWEEP_TURNS: usize = 100;
/// How long attempts at a quiz are kept: for the limit of a day, and to answer who asks why she failed.
const ATTEMPTS_KEPT: i64 = 90 * DAY;

/// A course that somebody is asked for, or may take, at a workplace.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) person: Uuid,
    pub(crate) site: Uuid,
    pub(crate) course: Uuid,
    pub(crate) required: bool,
    /// From when on it lacks.
    pub(crate) due_at: Instant64,
}

/// The published courses of these people's workplaces.
pub(crate) async fn asked(db: &mut impl Read, people: &[Uuid], now: Instant64) -> Result<Vec<Asked>, DbError> {
    asked_or_begun(db, people, &[], now).await
}

/// The same, with those of these courses that were retired: who had begun one may finish it, and nobody is asked for it.
pub(crate) async fn asked_or_begun(
    db: &mut impl Read,
    people: &[Uuid],
    begun: &[Uuid],
    now: Instant64,
) -> Result<Vec<Asked>, DbError> {
    let work = due::work(db, people, now).await?;
    let mut enterprises: Vec<Uuid> = work.iter().filter_map(|it| it.enterprise_id).collect();
    enterprises.sort_unstable();
    enterprises.dedup();
    let codes: BTreeSet<&str> = work.iter().map(|it| it.area_code.as_str()).collect();
    let codes = codes.into_iter().filter_map(|it| AreaCode::parse(it).ok());
    let above = |it: AreaCode| std::iter::successors(Some(it), AreaCode::parent).map(|it| it.as_str().to_owned());
    let taught = due::taught(db, &enterprises, &codes.flat_map(above).collect(), begun).await?;
    let at = |work: &WorkRow, course: &TaughtRow| Asked {
        person: work.person_id,
        site: work.site_id,
        course: course.id,
        required: course.is_required(),
        due_at: rules::due_at(
            Instant64::from_micros(work.from_at),
            Instant64::from_micros(course.published_at.unwrap_or_default()),
            course.due_days,
        ),
    };
    Ok(work.iter().flat_map(|it| taught.iter().filter(|of| rules::is_for(of, it)).map(|of| at(it, of))).collect())
}

/// Which of these people lack a required training at which site. Asked by gates, about the people of their own roster.
pub async fn training_gaps(
    db: &mut impl Read,
    people: &[Uuid],
    now: Instant64,
) -> Result<HashSet<(Uuid, Uuid)>, DbError> {
    let mut gaps = HashSet::new();
    for chunk in people.chunks(AT_ONCE) {
        let mut asked = asked(db, chunk, now).await?;
        asked.retain(|it| it.required && it.due_at <= now);
        if asked.is_empty() {
            continue;
        }
        let mut courses: Vec<Uuid> = asked.iter().map(|it| it.course).collect();
        courses.sort_unstable();
        courses.dedup();
        let held: HashSet<(Uuid, Uuid)> = due::held(db, chunk, &courses, now).await?.into_iter().collect();
        let lacking = asked.iter().filter(|it| !held.contains(&(it.person, it.course)));
        gaps.extend(lacking.map(|it| (it.person, it.site)));
    }
    Ok(gaps)
}

/// Forgets files that nothing shows, old attempts and old reminders. A film goes a few parts at a time: the database's one
/// writer is a gate's, too.
pub(crate) async fn sweep(platform: &Platform) -> anyhow::Result<()> {
    let now = platform.now();
    for _ in 0..SWEEP_TURNS {
        let mut tx = platform.db.begin().await?;
        let Some(media) = media_store::unused(&mut tx, now.plus(-UPLOAD_KEPT)).await? else { break };
        media_store::forget_some(&mut tx, media).await?;
        tx.commit().await?;
    }
    let mut tx = platform.db.begin().await?;
    learning_store::prune_attempts(&mut tx, now.plus(-ATTEMPTS_KEPT)).await?;
    due::prune(&mut tx, now).await?;
    Ok(tx.commit().await?)
}

pub(crate) fn course_id(text: &str) -> Result<CourseId, ApiError> {
    text.parse().map_err(|_| ApiError::not_found())
}
