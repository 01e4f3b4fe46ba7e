use super::*;
use crate::forms::model::{FormFaultCode, FormOption, Section, Words};
use crate::forms::{BUILT_IN, sound};

fn words(text: &str) -> Words {
    Words { zh: text.to_owned(), en: text.to_owned() }
}

fn field(key: &str, takes: Takes, required: Need, shown_when: Option<FormCondition>) -> Field {
    Field { key: key.to_owned(), label: words(key), help: None, takes, required, shown_when, prefill: None }
}

fn form(fields: Vec<Field>) -> FormDefinition {
    let section = Section { key: "s".to_owned(), title: words("s"), lead: None, shown_when: None, fields };
    FormDefinition { sections: vec![section], pledge: words("p") }
}

fn number() -> Takes {
    Takes::Number { least: 0, most: 10, unit: None }
}

fn choice() -> Vec<FormOption> {
    ["a", "b"].map(|it| FormOption { code: it.to_owned(), label: words(it) }).to_vec()
}

#[test]
fn the_form_that_comes_along_is_sound_and_has_what_districts_asked() {
    assert_eq!(sound::faults(&BUILT_IN), []);
    let keys: Vec<&str> = BUILT_IN.sections.iter().flat_map(|it| &it.fields).map(|it| it.key.as_str()).collect();
    for wanted in [
        "enterprise_name",
        "credit_code",
        "planned",
        "from_affected",
        "abnormal",
        "masks",
        "thermometers",
        "isolation_rooms",
        "disinfection",
        "closed_management",
        "lead_name",
        "lead_phone",
        "plan_file",
    ] {
        assert!(keys.contains(&wanted), "{wanted}");
    }
    assert!(30 <= keys.len(), "{}", keys.len());
}

#[test]
fn every_kind_of_answer_is_looked_at() {
    let text = |it: &str| Answer::Text(it.to_owned());
    let chosen = |it: &[&str]| Answer::Chosen(it.iter().map(|it| (*it).to_owned()).collect());
    for (takes, answer, expected) in [
        (Takes::Text { most: 3 }, text(" 三个字 "), None),
        (Takes::Text { most: 3 }, text("四个字了"), Some(ErrorCode::TooLong)),
        (Takes::Text { most: 3 }, Answer::Number(3), Some(ErrorCode::Invalid)),
        (number(), Answer::Number(10), None),
        (number(), Answer::Number(-1), Some(ErrorCode::OutOfRange)),
        (Takes::Date, text("2020-02-29"), None),
        (Takes::Date, text("2021-02-29"), Some(ErrorCode::Invalid)),
        (Takes::Date, text("2021-2-9"), Some(ErrorCode::Invalid)),
        (Takes::YesNo, Answer::YesNo(false), None),
        (Takes::YesNo, text("yes"), Some(ErrorCode::Invalid)),
        (Takes::Choice { options: choice() }, text("a"), None),
        (Takes::Choice { options: choice() }, text("c"), Some(ErrorCode::Invalid)),
        (Takes::Choices { options: choice() }, chosen(&["b", "a"]), None),
        (Takes::Choices { options: choice() }, chosen(&["a", "a"]), Some(ErrorCode::Invalid)),
        (Takes::Choices { options: choice() }, chosen(&["c"]), Some(ErrorCode::Invalid)),
        (Takes::Phone, text("13800002046"), None),
        (Takes::Phone, text("0591-87654321"), None),
        (Takes::Phone, text("0591-87654321转12"), None),
        (Takes::Phone, text("87654321"), Some(ErrorCode::Invalid)),
    ] {
        let it = field("q", takes, Need::Always, None);
        let told = answer_fault(&it, &answer).map(|it| it.code);
        assert_eq!(told.as_deref(), expected.map(ErrorCode::code), "{it:?} {answer:?}");
    }
}

#[test]
fn the_answer_to_a_question_that_is_not_asked_counts_nowhere() {
    let ill = || FormCondition::AtLeast { field: "ill".to_owned(), value: 1 };
    let sent = || FormCondition::Yes { field: "sent".to_owned() };
    let it = form(vec![
        field("ill", number(), Need::Always, None),
        field("sent", Takes::YesNo, Need::Always, Some(ill())),
        field("where", Takes::Text { most: 9 }, Need::Always, Some(sent())),
    ]);
    let mut answers = Answers::from([
        ("ill".to_owned(), Answer::Number(1)),
        ("sent".to_owned(), Answer::YesNo(true)),
        ("where".to_owned(), Answer::Text("医院".to_owned())),
    ]);
    let asked = |answers: &Answers| check(&it, answers, &Applicant::default(), &FileCounts::new());
    assert_eq!(asked(&answers), Checked { asked: ["ill", "sent", "where"].map(str::to_owned).into(), faults: vec![] });
    answers.insert("ill".to_owned(), Answer::Number(0));
    assert_eq!(asked(&answers).asked, ["ill".to_owned()].into());
    assert_eq!(with_dependents(&it, &["ill".to_owned()]).len(), 3);
    assert_eq!(with_dependents(&it, &["where".to_owned()]).len(), 1);
}

#[test]
fn who_applies_decides_what_is_wanted() {
    let risky = FormCondition::Risk { levels: vec!["high".to_owned()] };
    let built = FormCondition::Industry { begins: vec!["E".to_owned()] };
    let large = FormCondition::Size { classes: vec!["above_scale".to_owned()] };
    let both = FormCondition::All { of: vec![built.clone(), FormCondition::Not { of: Box::new(large) }] };
    let it = form(vec![field(
        "plan",
        Takes::Files { most: 1 },
        Need::When { condition: FormCondition::Any { of: vec![risky, both] } },
        None,
    )]);
    let who = |industry: &str, size_class: &str, risk: &str| Applicant {
        industry: industry.to_owned(),
        size_class: size_class.to_owned(),
        risk: risk.to_owned(),
    };
    for (applicant, files, expected) in [
        (who("C39", "micro", "low"), 0, None),
        (who("C39", "micro", "high"), 0, Some("required")),
        (who("E47", "micro", "low"), 0, Some("required")),
        (who("E47", "above_scale", "low"), 0, None),
        (who("E47", "micro", "low"), 1, None),
        (who("C39", "micro", "low"), 2, Some("out_of_range")),
    ] {
        let counts = FileCounts::from([("plan".to_owned(), files)]);
        let told = check(&it, &Answers::new(), &applicant, &counts).faults.pop().map(|it| it.code);
        assert_eq!(told.as_deref(), expected, "{applicant:?} {files}");
    }
}

#[test]
fn a_form_that_nobody_could_fill_in_is_found() {
    let ask = |key: &str, takes: Takes| field(key, takes, Need::Always, None);
    let after = |of: &str| Some(FormCondition::Yes { field: of.to_owned() });
    let cases = [
        (ask("Big", Takes::Date), FormFaultCode::Key),
        (ask("s", Takes::Date), FormFaultCode::KeyTwice),
        (Field { label: words(" "), ..ask("a", Takes::Date) }, FormFaultCode::Words),
        (ask("a", Takes::Choice { options: choice()[..1].to_vec() }), FormFaultCode::Options),
        (ask("a", Takes::Number { least: 3, most: 3, unit: None }), FormFaultCode::Limits),
        (field("a", Takes::Date, Need::Always, after("later")), FormFaultCode::Condition),
        (field("a", Takes::YesNo, Need::Always, after("a")), FormFaultCode::Condition),
        (
            Field { prefill: Some(super::super::model::Prefill::Employees), ..ask("a", Takes::Date) },
            FormFaultCode::Prefill,
        ),
    ];
    for (it, code) in cases {
        let told: Vec<FormFaultCode> = sound::faults(&form(vec![it.clone()])).into_iter().map(|it| it.code).collect();
        assert_eq!(told, [code], "{it:?}");
    }
    assert_eq!(sound::faults(&form(Vec::new())).len(), 2, "no question at all, and a section without one");
}
