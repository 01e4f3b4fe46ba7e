//! Certificates: issued, written down for who learnt in a room, taken back, printed.

use db::Tx;
use http_api::{ApiResult, Lang, Platform};
use kernel::Instant64;
use kernel::time::DAY;
use paper::{Row, Section, Sheet};
use serde_json::json;
use uuid::Uuid;

use super::model::{CertificateChannel, CertificateId};
use crate::file::{NewFact, record_facts};
use crate::model::{FactKind, PersonId};
use crate::recompute::tell_gates;
use crate::store::people;
use crate::store::training::certificates::{self as store, CertificateRow, NewCertificate};
use crate::store::training::courses::CourseRow;
use crate::store::training::learning;

/// How somebody came to a certificate.
pub(crate) struct Earned<'a> {
    pub(crate) person: Uuid,
    pub(crate) channel: CertificateChannel,
    pub(crate) score: Option<(i64, i64)>,
    /// When she had learnt it.
    pub(crate) at: Instant64,
    /// Who wrote it down for her.
    pub(crate) by: Option<&'a str>,
    /// Whose act it is, for her timeline.
    pub(crate) source: &'a str,
}

/// Issues a certificate; the gates of her workplaces are told.
pub(crate) async fn certify(
    platform: &Platform,
    tx: &mut Tx,
    course: &CourseRow,
    earned: Earned<'_>,
    now: Instant64,
) -> ApiResult<CertificateId> {
    // Random, not by time: whoever holds it shows it to be verified.
    let id = CertificateId::from_uuid(Uuid::new_v4());
    let new = NewCertificate {
        id,
        person: earned.person,
        course: course.id,
        channel: earned.channel,
        score: earned.score,
        issued_at: earned.at,
        expires_at: earned.at.plus(course.valid_days * DAY),
        by: earned.by,
    };
    store::insert(tx, new).await?;
    let files = people::group(tx, PersonId::from_uuid(earned.person)).await?;
    learning::done(tx, &files, course.id).await?;
    let trained = NewFact {
        person: earned.person,
        kind: FactKind::Trained,
        occurred_at: earned.at,
        source: earned.source.to_owned(),
        site: None,
        detail: json!({ "course": course.title, "channel": earned.channel.code() }),
    };
    record_facts(platform, tx, vec![trained], now).await?;
    tell_gates(tx, &[earned.person], now).await?;
    Ok(id)
}

/// Takes one back; the gates of her workplaces are told.
pub(crate) async fn revoke(
    tx: &mut Tx,
    row: &CertificateRow,
    person: Uuid,
    by: &str,
    now: Instant64,
) -> ApiResult<bool> {
    let revoked = store::revoke(tx, CertificateId::from_uuid(row.id), by, now).await?;
    tell_gates(tx, &[person], now).await?;
    Ok(revoked)
}

/// A certificate on paper. Its code holds the address where it can be verified.
pub(crate) fn sheet(lang: Lang, row: &CertificateRow, (name, document): (String, String), verify_at: String) -> Sheet {
    let day = |micros: i64| Instant64::from_micros(micros).local_date();
    let line = |left: &str, right: String| Row { left: left.to_owned(), right };
    let mut rows = vec![
        line(lang.pick("姓名", "Name"), name),
        line(lang.pick("证件号", "Document"), document),
        line(lang.pick("课程", "Course"), row.title.clone()),
        line(lang.pick("发证日期", "Issued"), day(row.issued_at)),
        line(lang.pick("有效期至", "Good until"), day(row.expires_at)),
    ];
    if let (Some(right), Some(all)) = (row.right_count, row.question_count) {
        rows.push(line(lang.pick("测验", "Quiz"), format!("{right} / {all}")));
    }
    if row.channel == CertificateChannel::Classroom.code() {
        let taught = lang.pick("现场培训，由单位登记", "In a room; written down by the enterprise");
        rows.push(line(lang.pick("方式", "How"), taught.to_owned()));
    }
    Sheet {
        title: lang.pick("培训合格证", "Certificate of training").to_owned(),
        note: lang
            .pick("扫码可核对这张证书是否有效。", "Scan the code to see whether this certificate holds.")
            .to_owned(),
        code: Some(verify_at),
        sections: vec![Section { heading: lang.pick("持证人", "Holder").to_owned(), rows }],
        ..Sheet::default()
    }
}
