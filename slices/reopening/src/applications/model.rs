//! Applications as data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::forms::model::Answer;

kernel::id_type! {
    /// A reopening application (复工申请).
    pub struct ApplicationId; prefix = "app"
}
kernel::id_type! {
    /// A department's opinion on an application.
    pub struct OpinionId; prefix = "opn"
}
kernel::id_type! {
    /// One line of an application's record.
    pub struct ApplicationStepId; prefix = "astep"
}

kernel::coded! {
    #[derive(ToSchema)]
    /// Where an application stands.
    pub enum ApplicationState {
        /// 草稿.
        Draft = "draft",
        /// 已提交.
        Submitted = "submitted",
        /// 审核中.
        InReview = "in_review",
        /// 退回补正.
        Returned = "returned",
        /// 待验收.
        InspectionDue = "inspection_due",
        /// 已验收.
        Inspected = "inspected",
        /// 已批准.
        Approved = "approved",
        /// 未批准.
        Rejected = "rejected",
        /// 已暂停.
        Suspended = "suspended",
        /// 已撤销.
        Revoked = "revoked",
        /// 已备案.
        Filed = "filed",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// What somebody does with an application.
    pub enum ApplicationAct {
        /// 提交.
        Submit = "submit",
        /// 领取: somebody takes it into review.
        Claim = "claim",
        /// 放回.
        Release = "release",
        /// 批注.
        Comment = "comment",
        /// 退回补正.
        SendBack = "send_back",
        /// 批准.
        Approve = "approve",
        /// 不予批准.
        Reject = "reject",
        /// 暂停.
        Suspend = "suspend",
        /// 恢复.
        Reinstate = "reinstate",
        /// 撤销.
        Revoke = "revoke",
        /// 备案: filed by the rulebook, without a review.
        File = "file",
        /// 退还: sent back by the rulebook, for nothing is accepted any more.
        Recall = "recall",
        /// 部门意见: a department that is heard says what it thinks.
        Opine = "opine",
        /// 安排验收: the site is to be visited.
        OrderVisit = "order_visit",
        /// 验收通过.
        PassVisit = "pass_visit",
        /// 验收不通过: it is visited again.
        FailVisit = "fail_visit",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// What a department that is heard thinks.
    pub enum Opinion {
        /// 同意.
        Agree = "agree",
        /// 不同意.
        Object = "object",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// How grave the epidemic is in an area (分区分级).
    pub enum RiskLevel {
        /// 低风险.
        Low = "low",
        /// 中风险.
        Medium = "medium",
        /// 高风险.
        High = "high",
    }
}

/// An answer and the revision of the draft that brought it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAnswer {
    /// What was answered; nothing when it was taken back.
    pub answer: Option<Answer>,
    /// Counts the saves of the draft.
    pub revision: i64,
}

/// Answers as they are kept, by the keys of their questions.
pub type KeptAnswers = BTreeMap<String, KeptAnswer>;

/// A point of a drawn signature: across and down in thousandths of its frame's width, and milliseconds since its first one.
pub type StrokePoint = (u16, u16, u32);

/// Who pledged what, and how she signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pledge {
    /// As she wrote her name.
    pub signer: String,
    /// The text that she signed for, in both languages.
    pub text: crate::forms::model::Words,
    /// Lines as she drew them.
    pub strokes: Vec<Vec<StrokePoint>>,
    /// When, in microseconds.
    pub at: i64,
    /// SHA-256 of what she signed for: form version, answers and the digests of the files, in hex.
    pub digest: String,
}
