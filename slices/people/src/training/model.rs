//! Training as data.

use kernel::{Label, Prose};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::declarations::daily::Occupation;

kernel::id_type! {
    /// One course.
    pub struct CourseId; prefix = "crs"
}

kernel::id_type! {
    /// The film or the document of a course.
    pub struct MediaId; prefix = "med"
}

kernel::id_type! {
    /// One try at a quiz.
    pub struct AttemptId; prefix = "quiz"
}

kernel::id_type! {
    /// One certificate. Random, so that nobody finds another's by guessing.
    pub struct CertificateId; prefix = "cert"
}

kernel::coded! {
    #[derive(ToSchema)]
    /// Where a course stands.
    pub enum CourseState {
        /// It is being made; nobody learns with it.
        Draft = "draft",
        /// It is taken; its content does not change any more.
        Published = "published",
        /// Nobody begins it any more; its certificates stay good.
        Retired = "retired",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// What is watched or read.
    pub enum MediaKind {
        /// A film: MP4.
        Video = "video",
        /// Pages to be read: PDF.
        Document = "document",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// Where an upload stands.
    pub enum MediaState {
        /// Parts are missing.
        Uploading = "uploading",
        /// It can be shown.
        Ready = "ready",
        /// It is not what it was said to be; nothing of it is kept.
        Refused = "refused",
    }
}

kernel::coded! {
    #[derive(ToSchema, Default)]
    /// The language of captions.
    pub enum CaptionLang {
        /// 简体中文.
        #[default]
        Zh = "zh",
        /// English.
        En = "en",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// How somebody was trained.
    pub enum CertificateChannel {
        /// On her own phone.
        Phone = "phone",
        /// In a room, written down by her enterprise: for who has no phone.
        Classroom = "classroom",
    }
}

/// What is set of a course; checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CourseSettings {
    pub(crate) title: Label,
    pub(crate) description: Prose,
    /// How often the learner must show who she is.
    pub(crate) check_count: i64,
    /// How many questions are drawn; 0 for no quiz.
    pub(crate) question_count: i64,
    /// How many of them must be right, in percent.
    pub(crate) pass_percent: i64,
    /// How long a certificate is good.
    pub(crate) valid_days: i64,
    /// Whether who lacks it is held at gates that ask for training.
    pub(crate) required: bool,
    /// Of whom it is required; of everybody if empty.
    pub(crate) occupations: Vec<Occupation>,
    /// How long after her first day, or after the course was published, it may be lacking.
    pub(crate) due_days: i64,
}

/// One question of a course's bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Question {
    /// What is asked; 1 to 300 characters.
    pub text: String,
    /// Two to eight answers.
    pub options: Vec<String>,
    /// Which of them are right, counted from 0; more than one if several must be chosen.
    pub correct: Vec<u8>,
}

/// A question as it was drawn for one attempt: which, and in which order its options stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Drawn {
    pub(crate) question: Uuid,
    pub(crate) order: Vec<u8>,
}

/// Occupations as a column: codes with commas before, between and after, so that one is found by a `like`.
pub(crate) fn occupations_column(of: &[Occupation]) -> String {
    match of {
        [] => String::new(),
        some => some.iter().fold(String::from(","), |all, it| all + it.code() + ","),
    }
}

/// Reads [`occupations_column`].
pub(crate) fn occupations_of(column: &str) -> Vec<Occupation> {
    column.split(',').filter_map(Occupation::parse).collect()
}
