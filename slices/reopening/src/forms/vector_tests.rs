//! The console checks answers as they are typed, with `console/src/shared/forms/rules.ts`. Both must say the same: the cases
//! and what [`check`] says of them are in `console/src/shared/forms/forms.vectors.json`.
//!
//! After a change of the rules: `FUGONG_BLESS=1 cargo test -p reopening vectors`, then the console's tests.

use serde::Serialize;
use serde_json::{Value, json};

use super::*;
use crate::forms::BUILT_IN;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../console/src/shared/forms/forms.vectors.json");

#[derive(Serialize)]
struct Group {
    form: FormDefinition,
    cases: Vec<Case>,
}

#[derive(Serialize)]
struct Case {
    name: String,
    answers: Answers,
    applicant: Applicant,
    files: FileCounts,
    asked: BTreeSet<String>,
    faults: Vec<AnswerFault>,
}

fn case(form: &FormDefinition, name: &str, answers: Value, applicant: [&str; 3], files: Value) -> Case {
    let [industry, size_class, risk] = applicant.map(str::to_owned);
    let applicant = Applicant { industry, size_class, risk };
    let answers: Answers = serde_json::from_value(answers).unwrap();
    let files: FileCounts = serde_json::from_value(files).unwrap();
    let Checked { asked, faults } = check(form, &answers, &applicant, &files);
    Case { name: name.to_owned(), answers, applicant, files, asked, faults }
}

const PLAIN: [&str; 3] = ["F5211", "micro", "low"];

/// One question of each kind, and one for each condition.
fn every_kind() -> FormDefinition {
    let field = |key: &str, takes: Value, required: Value, shown: Value| {
        let words = json!({ "zh": key, "en": key });
        json!({ "key": key, "label": words, "takes": takes, "required": required, "shown_when": shown })
    };
    let (always, never) = (json!({ "need": "always" }), json!({ "need": "never" }));
    let options = json!(["a", "b", "c"].map(|it| json!({ "code": it, "label": { "zh": it, "en": it } })));
    let text = json!({ "kind": "text", "most": 4 });
    let when = |condition: Value| json!({ "need": "when", "condition": condition });
    let shown = |key: &str, condition: Value| field(key, text.clone(), always.clone(), condition);
    let yes = json!({ "is": "yes", "field": "yes" });
    let some = json!({ "is": "at_least", "field": "number", "value": 1 });
    let kinds = json!([
        field("text", text.clone(), always.clone(), Value::Null),
        field("prose", json!({ "kind": "prose", "most": 6 }), never.clone(), Value::Null),
        field("number", json!({ "kind": "number", "least": -2, "most": 10 }), always.clone(), Value::Null),
        field("date", json!({ "kind": "date" }), never.clone(), Value::Null),
        field("yes", json!({ "kind": "yes_no" }), always.clone(), Value::Null),
        field("choice", json!({ "kind": "choice", "options": options }), never.clone(), Value::Null),
        field("choices", json!({ "kind": "choices", "options": options }), never.clone(), Value::Null),
        field("phone", json!({ "kind": "phone" }), never, Value::Null),
        field("files", json!({ "kind": "files", "most": 2 }), when(yes.clone()), Value::Null),
    ]);
    let conditions = json!([
        shown("after_yes", yes.clone()),
        shown("after_choice", json!({ "is": "chosen", "field": "choice", "codes": ["a", "b"] })),
        shown("after_choices", json!({ "is": "chosen", "field": "choices", "codes": ["c"] })),
        shown("after_number", some.clone()),
        shown("after_both", json!({ "is": "all", "of": [yes, some] })),
        shown("after_either", json!({ "is": "any", "of": [yes, some] })),
        shown("after_neither", json!({ "is": "not", "of": { "is": "any", "of": [yes, some] } })),
        shown("of_industry", json!({ "is": "industry", "begins": ["C", "F52"] })),
        shown("of_size", json!({ "is": "size", "classes": ["above_scale"] })),
        field("of_risk", text.clone(), when(json!({ "is": "risk", "levels": ["high"] })), Value::Null),
    ]);
    let hidden = json!([
        field("hidden_yes", json!({ "kind": "yes_no" }), always.clone(), Value::Null),
        field("after_hidden", text, always, json!({ "is": "yes", "field": "hidden_yes" })),
    ]);
    let section = |key: &str, shown: Value, fields: Value| json!({ "key": key, "title": { "zh": key, "en": key }, "shown_when": shown, "fields": fields });
    let sections = [
        section("kinds", Value::Null, kinds),
        section("conditions", Value::Null, conditions),
        section("hidden", yes, hidden),
    ];
    serde_json::from_value(json!({ "sections": sections, "pledge": { "zh": "p", "en": "p" } })).unwrap()
}

fn kinds() -> Group {
    let form = every_kind();
    let mut cases = vec![
        case(&form, "nothing is answered", json!({}), PLAIN, json!({})),
        case(&form, "a high risk, a large factory", json!({}), ["C3500", "above_scale", "high"], json!({})),
        case(&form, "yes opens a section", json!({ "yes": true, "hidden_yes": true }), PLAIN, json!({})),
        case(
            &form,
            "the answer to a question that is not asked counts nowhere",
            json!({ "yes": false, "hidden_yes": true, "after_hidden": "far too long" }),
            PLAIN,
            json!({}),
        ),
        case(&form, "files", json!({ "yes": true }), PLAIN, json!({ "files": 2 })),
        case(&form, "more files than are taken", json!({ "yes": false }), PLAIN, json!({ "files": 3 })),
        case(&form, "an answer to a question for files", json!({ "files": "x", "yes": true }), PLAIN, json!({})),
    ];
    for (field, answers) in [
        (
            "text",
            json!([" 四个字了 ", "五个字了呀", "  \u{3000}", "\u{feff}", "😀😀😀😀", "😀😀😀😀😀", 4, true, ["a"]]),
        ),
        ("prose", json!(["一\n二\n三四", "一\n二\n三\n四"])),
        ("number", json!([-3, -2, 0, 1, 10, 11, "5", false])),
        (
            "date",
            json!([
                "2020-02-29",
                "2021-02-29",
                "2020-2-9",
                "2020-13-01",
                "0001-01-01",
                "2020-04-31",
                "29.02.2020",
                20_200_229
            ]),
        ),
        ("yes", json!([true, false, "yes", 1])),
        ("choice", json!(["a", "c", "d", "", ["a"]])),
        ("choices", json!([[], ["a"], ["c", "a"], ["a", "a"], ["d"], "c"])),
        (
            "phone",
            json!([
                "13800002046",
                "138 0000-2046",
                "+8613800002046",
                "１３８００００２０４６",
                "12800002046",
                "1380000204",
                "+4420794600",
                "+1234567",
                "+1234567890123456",
                "0591-87654321",
                "059-1234567",
                "0591-876543",
                "05911-87654321",
                "0591-87654321转12",
                "0591-87654321#",
                "0591-87654321# 123456 ",
                "0591-87654321转1234567",
                "591-87654321",
                "87654321",
                " 0591-87654321 ",
                "+",
                "phone",
                13_800_002_046_i64
            ]),
        ),
    ] {
        for answer in answers.as_array().unwrap() {
            let name = format!("{field}: {answer}");
            cases.push(case(&form, &name, json!({ field: answer }), PLAIN, json!({})));
        }
    }
    Group { form, cases }
}

fn built_in() -> Group {
    let form = FormDefinition::clone(&BUILT_IN);
    let big = ["C3500", "above_scale", "high"];
    let counted = json!({ "from_affected": 2, "isolating": 0, "contacts": 0, "abnormal": 1, "confirmed": 0 });
    let cases = vec![
        case(&form, "a new draft", json!({ "enterprise_name": "江滨电子有限公司" }), PLAIN, json!({})),
        case(&form, "a large factory where the risk is high", json!({}), big, json!({})),
        case(&form, "people from affected areas and a cough", counted, PLAIN, json!({})),
        case(&form, "another reason", json!({ "reason": "other" }), PLAIN, json!({ "roster_file": 4 })),
    ];
    Group { form, cases }
}

fn pretty(groups: &[Group]) -> String {
    let mut bytes = Vec::new();
    let format = serde_json::ser::PrettyFormatter::with_indent(b" ");
    groups.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, format)).unwrap();
    String::from_utf8(bytes).unwrap() + "\n"
}

#[test]
fn vectors() {
    let text = pretty(&[kinds(), built_in()]);
    if std::env::var_os("FUGONG_BLESS").is_some_and(|it| it == "1") {
        std::fs::write(FILE, &text).unwrap();
    }
    let stored = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        stored == text,
        "console/src/shared/forms/forms.vectors.json is stale: FUGONG_BLESS=1 cargo test -p reopening vectors"
    );
}
