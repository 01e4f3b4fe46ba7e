//! Who applies to reopen what in the demo: new halls and branches that are still closed, and two sites whose gates are. Pure.

use kernel::Instant64;
use kernel::time::DAY;
use serde_json::{Value, json};

use super::district::{Enterprise, Site};

/// An application of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopening {
    /// Whose.
    pub enterprise: usize,
    /// A site of the district that is closed; otherwise one is made.
    pub site: Option<usize>,
    /// The site's name, unique in the district.
    pub site_name: String,
    /// Code of the kind.
    pub kind: &'static str,
    /// The grid it lies in.
    pub area_code: String,
    /// How far it has come.
    pub goes_to: Stage,
    /// Who signs for it.
    pub signer: &'static str,
    /// People who are ill, and who come from affected areas.
    pub abnormal: i64,
}

/// How far an application has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Begun.
    Draft,
    /// Signed; nobody has it in review.
    Submitted,
    /// The reviewer has it.
    InReview,
    /// Sent back with questions.
    Returned,
    /// Approved.
    Approved,
}

impl Stage {
    /// As the API calls it.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::InReview => "in_review",
            Self::Returned => "returned",
            Self::Approved => "approved",
        }
    }
}

/// What the reviewer writes when she sends one back, and about which questions.
pub(super) const RETURN_NOTE: &str = "口罩只够两天，请补充采购凭证；方案没有写食堂怎么错峰，请补上再交。";
/// The questions.
pub(super) const RETURN_FIELDS: [&str; 2] = ["masks_days", "plan_file"];

/// Enterprise, how far, who signs, how many are ill.
const PLAN: [(usize, Stage, &str, i64); 10] = [
    (0, Stage::Draft, "陈立群", 0),
    (5, Stage::Draft, "黄素芬", 0),
    (1, Stage::Submitted, "林国栋", 0),
    (8, Stage::Submitted, "郑海平", 2),
    (2, Stage::InReview, "吴晓岚", 0),
    (9, Stage::InReview, "何志强", 1),
    (4, Stage::Returned, "叶文娟", 0),
    (31, Stage::Returned, "许建民", 0),
    (6, Stage::Approved, "罗振华", 0),
    (24, Stage::Approved, "邓雅婷", 0),
];
/// Closed sites of the district with gates of their own: approve one, and its gates open.
const CLOSED: [(usize, &str); 2] = [(37, "苏丽华"), (38, "潘永康")];

/// The applications of a full demo.
pub(super) fn reopenings(enterprises: &[Enterprise], sites: &[Site]) -> Vec<Reopening> {
    let closed = CLOSED.iter().filter_map(|(idx, signer)| {
        let site = sites.get(*idx)?;
        Some(Reopening {
            enterprise: site.enterprise?,
            site: Some(*idx),
            site_name: site.name.clone(),
            kind: site.kind,
            area_code: site.area_code.clone(),
            goes_to: Stage::Submitted,
            signer,
            abnormal: 0,
        })
    });
    let new = PLAN.iter().filter_map(|(idx, goes_to, signer, abnormal)| {
        let enterprise = enterprises.get(*idx)?;
        let (kind, place) = match enterprise.industry.chars().next() {
            Some('E') => ("construction_project", "二期工地"),
            Some('C' | 'G') => ("factory", "三号厂房"),
            Some('F') => ("mall", "江口分店"),
            _ => ("office_building", "分部"),
        };
        let short = enterprise.name.trim_end_matches("有限公司").trim_end_matches("股份");
        Some(Reopening {
            enterprise: *idx,
            site: None,
            site_name: format!("{short}{place}"),
            kind,
            area_code: enterprise.area_code.clone(),
            goes_to: *goes_to,
            signer,
            abnormal: *abnormal,
        })
    });
    closed.chain(new).collect()
}

impl Reopening {
    /// An answer to a question that is asked, by what it takes.
    pub(super) fn answer(&self, key: &str, takes: &Value, made_at: Instant64) -> Value {
        match key {
            "resume_on" => return json!(made_at.plus(3 * DAY).local_date()),
            "lead_name" | "safety_lead" => return json!(self.signer),
            "lead_post" => return json!("行政总监"),
            "lead_phone" => return json!("0591-83500126"),
            "address" => return json!(format!("榕滨区江口路 {} 号", 18 + self.enterprise * 6)),
            "planned" => return json!(46 + self.enterprise * 9),
            "arrived" | "outsourced" => return json!(12 + self.enterprise),
            "abnormal" => return json!(self.abnormal),
            "from_affected" => return json!(self.abnormal * 2),
            "abnormal_note" => return json!("有低热的已送发热门诊，排除新冠，现居家观察，不安排返岗。"),
            "from_affected_plan" => return json!("全部单独住宿、隔离观察满 14 天，核酸阴性后再返岗。"),
            "isolating" | "contacts" | "confirmed" => return json!(0),
            "masks_days" if self.goes_to == Stage::Returned => return json!(2),
            "masks" => return json!(3_000),
            "masks_days" => return json!(10),
            "isolation_rooms" | "gates" => return json!(2),
            "dormitory_people" => return json!(0),
            "permit" => return json!("350199202003010101"),
            "hazardous" => return json!(false),
            _ => {}
        }
        let option = || takes.pointer("/options/0/code").cloned().unwrap_or_default();
        match takes.get("kind").and_then(Value::as_str).unwrap_or_default() {
            "number" => takes.get("least").and_then(Value::as_i64).unwrap_or_default().max(20).into(),
            "date" => json!(made_at.local_date()),
            "yes_no" => json!(true),
            "choice" => option(),
            "choices" => json!([option()]),
            "phone" => json!("0591-83500127"),
            _ => json!("已落实到人，每天检查并登记。"),
        }
    }

    /// A name, drawn: three lines.
    pub(super) fn signature(&self) -> Value {
        let turn = i64::try_from(self.enterprise).unwrap_or_default() % 7;
        let line = |nth: i64| -> Vec<[i64; 3]> {
            let wave = |it: i64| 180 + nth * 26 + ((it * (5 + turn)) % 11 - 5) * 9;
            (0..24).map(|it| [120 + nth * 230 + it * 8, wave(it), nth * 700 + it * 18]).collect()
        };
        json!((0..3).map(line).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::demo::district::{Size, generate};

    #[test]
    fn a_dozen_apply_in_every_stage_and_nobody_at_an_open_site() {
        let it = generate(Size::Full, 42, Instant64::parse("2026-03-02T08:30:00+08:00").unwrap());
        assert_eq!(it.reopenings.len(), 12);
        let mut stages = BTreeMap::new();
        it.reopenings.iter().for_each(|it| *stages.entry(it.goes_to.code()).or_insert(0) += 1);
        let expected = [("approved", 2), ("draft", 2), ("in_review", 2), ("returned", 2), ("submitted", 4)];
        assert_eq!(stages, BTreeMap::from(expected));
        for reopening in &it.reopenings {
            match reopening.site {
                Some(idx) => assert_eq!(it.sites[idx].open_state, "not_open"),
                None => assert!(it.sites.iter().all(|site| site.name != reopening.site_name)),
            }
        }
        assert!(generate(Size::Small, 42, it.made_at).reopenings.is_empty());
    }

    #[test]
    fn a_signature_lies_in_its_frame() {
        let it = generate(Size::Full, 42, Instant64::parse("2026-03-02T08:30:00+08:00").unwrap());
        for reopening in &it.reopenings {
            let lines = reopening.signature();
            let points = lines.as_array().unwrap().iter().flat_map(|it| it.as_array().unwrap());
            assert!(
                points
                    .flat_map(|it| [it[0].as_i64().unwrap(), it[1].as_i64().unwrap()])
                    .all(|it| (0..=1_000).contains(&it))
            );
        }
    }
}
