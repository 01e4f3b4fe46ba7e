//! An application on paper.

use http_api::{ApiResult, Lang};
use kernel::Instant64;
use paper::{Row, Section, Sheet};

use super::rules;
use super::writing::Opened;
use crate::forms::model::{Answer, Field, FormOption, Takes, Words};
use crate::sealed;

/// Every question that is asked with its answer, the files with their digests, the pledge with its signature.
pub(crate) fn sheet(opened: &Opened, lang: Lang) -> ApiResult<Sheet> {
    let (answers, checked) = (rules::answers(&opened.kept), opened.checked());
    let mut sections = Vec::new();
    for section in &opened.form.definition.sections {
        let mut rows = Vec::new();
        for field in section.fields.iter().filter(|it| checked.asked.contains(&it.key)) {
            let right = match field.takes {
                Takes::Files { .. } => files(opened, &field.key)?,
                _ => answers.get(&field.key).map(|it| answer(field, it, lang)).unwrap_or_default(),
            };
            rows.push(Row { left: of(&field.label, lang).to_owned(), right });
        }
        if !rows.is_empty() {
            sections.push(Section { heading: of(&section.title, lang).to_owned(), rows });
        }
    }
    if let Some(pledge) = &opened.pledge {
        let (text, signer, at, digest) =
            lang.pick(("承诺", "签字人", "签字时间", "内容摘要"), ("Pledge", "Signed by", "Signed at", "Digest"));
        let row = |left: &str, right: String| Row { left: left.to_owned(), right };
        let rows = vec![
            row(text, of(&pledge.text, lang).to_owned()),
            row(signer, pledge.signer.clone()),
            row(at, moment(pledge.at)),
            row(digest, format!("SHA-256 {}", pledge.digest)),
        ];
        sections.push(Section { heading: text.to_owned(), rows });
    }
    let strokes = opened.pledge.iter().flat_map(|it| &it.strokes);
    let title = lang.pick("复工申请表", "Application to reopen");
    Ok(Sheet {
        title: title.to_owned(),
        note: format!("{}　{}", opened.row.number, opened.row.enterprise_name),
        code: None,
        sections,
        signature: strokes.map(|it| it.iter().map(|(x, y, _)| (*x, *y)).collect()).collect(),
    })
}

/// The certificate: number, enterprise, sites, and a code that leads to whether it holds.
pub(crate) fn certificate(
    (number, enterprise, area): (&str, &str, &str),
    sites: &[String],
    since: Option<Instant64>,
    verify_at: String,
    lang: Lang,
) -> Sheet {
    let row = |left: &str, right: String| Row { left: left.to_owned(), right };
    let rows = vec![
        row(lang.pick("编号", "Number"), number.to_owned()),
        row(lang.pick("企业", "Enterprise"), enterprise.to_owned()),
        row(lang.pick("区域", "Area"), area.to_owned()),
        row(lang.pick("复工场所", "Sites"), sites.join(lang.pick("、", ", "))),
        row(lang.pick("批准日期", "Approved"), since.map(Instant64::local_date).unwrap_or_default()),
    ];
    Sheet {
        title: lang.pick("复工批准书", "Certificate of reopening").to_owned(),
        note: lang
            .pick(
                "扫码可核对是否有效。张贴在场所入口。",
                "Scan the code to see whether it holds. To hang at the entrance.",
            )
            .to_owned(),
        code: Some(verify_at),
        sections: vec![Section { heading: lang.pick("准予复工", "May reopen").to_owned(), rows }],
        ..Sheet::default()
    }
}

fn of(words: &Words, lang: Lang) -> &str {
    lang.pick(words.zh.as_str(), words.en.as_str())
}

fn answer(field: &Field, answer: &Answer, lang: Lang) -> String {
    let label = |options: &[FormOption], code: &str| {
        options.iter().find(|it| it.code == code).map_or_else(|| code.to_owned(), |it| of(&it.label, lang).to_owned())
    };
    match (answer, &field.takes) {
        (Answer::YesNo(true), _) => lang.pick("是", "Yes").to_owned(),
        (Answer::YesNo(false), _) => lang.pick("否", "No").to_owned(),
        (Answer::Number(it), Takes::Number { unit: Some(unit), .. }) => format!("{it} {}", of(unit, lang)),
        (Answer::Number(it), _) => it.to_string(),
        (Answer::Text(it), Takes::Choice { options }) => label(options, it),
        (Answer::Text(it), _) => it.clone(),
        (Answer::Chosen(chosen), Takes::Choices { options }) => {
            chosen.iter().map(|it| label(options, it)).collect::<Vec<_>>().join(lang.pick("、", ", "))
        }
        (Answer::Chosen(chosen), _) => chosen.join(", "),
    }
}

fn files(opened: &Opened, field: &str) -> ApiResult<String> {
    let mut lines = Vec::new();
    for file in opened.files.iter().filter(|it| it.field == field && it.state == "ready") {
        let name: String = sealed::open(&opened.key, sealed::FILE_NAME, file.id, &file.name_sealed)?;
        let digest: String = file.sha256.iter().flatten().map(|it| format!("{it:02x}")).collect();
        lines.push(format!("{name}（{} B, SHA-256 {digest}）", file.byte_count));
    }
    Ok(lines.join("\n"))
}

fn moment(micros: i64) -> String {
    let at = Instant64::from_micros(micros);
    let minute = at.local().minute;
    format!("{} {:02}:{:02}", at.local_date(), minute / 60, minute % 60)
}
