//! What is asked, what must be answered, and what is wrong with an answer. Pure; `console/src/shared/forms/rules.ts` says the
//! same, and `forms.vectors.json` proves that both agree.

use std::collections::{BTreeMap, BTreeSet};

use http_api::ErrorCode;
use kernel::{Instant64, Phone};

use super::model::{Answer, AnswerFault, Answers, Applicant, Field, FormCondition, FormDefinition, Need, Takes};

/// How many files hang on a question.
pub type FileCounts = BTreeMap<String, u32>;

/// A form beside its answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Keys of the questions that are asked.
    pub asked: BTreeSet<String>,
    /// What keeps the form from being sent, in the order of its questions.
    pub faults: Vec<AnswerFault>,
}

/// Goes through the form in its order. The answer to a question that is not asked counts nowhere.
pub fn check(form: &FormDefinition, answers: &Answers, applicant: &Applicant, files: &FileCounts) -> Checked {
    let mut checked = Checked::default();
    let mut known = Known { answers: Answers::new(), applicant };
    for section in &form.sections {
        if !known.holds_or_none(section.shown_when.as_ref()) {
            continue;
        }
        for field in &section.fields {
            if !known.holds_or_none(field.shown_when.as_ref()) {
                continue;
            }
            checked.asked.insert(field.key.clone());
            let answer = answers.get(&field.key).filter(|it| !is_empty(it));
            let attached = files.get(&field.key).copied().unwrap_or(0);
            checked.faults.extend(fault_of(field, answer, attached, &known));
            if let Some(answer) = answer {
                known.answers.insert(field.key.clone(), answer.clone());
            }
        }
    }
    checked
}

/// These questions, and those that are asked or wanted because of them: whoever may change the one must be able to answer
/// the other.
pub fn with_dependents(form: &FormDefinition, marked: &[String]) -> BTreeSet<String> {
    let mut open: BTreeSet<String> = marked.iter().cloned().collect();
    for section in &form.sections {
        for field in &section.fields {
            let wanted = match &field.required {
                Need::When { condition } => Some(condition),
                Need::Always | Need::Never => None,
            };
            let conditions = [section.shown_when.as_ref(), field.shown_when.as_ref(), wanted];
            if conditions.into_iter().flatten().any(|it| mentions(it, &open)) {
                open.insert(field.key.clone());
            }
        }
    }
    open
}

fn mentions(condition: &FormCondition, keys: &BTreeSet<String>) -> bool {
    match condition {
        FormCondition::All { of } | FormCondition::Any { of } => of.iter().any(|it| mentions(it, keys)),
        FormCondition::Not { of } => mentions(of, keys),
        FormCondition::Yes { field } | FormCondition::Chosen { field, .. } | FormCondition::AtLeast { field, .. } => {
            keys.contains(field)
        }
        FormCondition::Industry { .. } | FormCondition::Size { .. } | FormCondition::Risk { .. } => false,
    }
}

/// What conditions can ask about so far.
struct Known<'a> {
    answers: Answers,
    applicant: &'a Applicant,
}

impl Known<'_> {
    fn holds_or_none(&self, condition: Option<&FormCondition>) -> bool {
        condition.is_none_or(|it| self.holds(it))
    }

    fn holds(&self, condition: &FormCondition) -> bool {
        match condition {
            FormCondition::All { of } => of.iter().all(|it| self.holds(it)),
            FormCondition::Any { of } => of.iter().any(|it| self.holds(it)),
            FormCondition::Not { of } => !self.holds(of),
            FormCondition::Yes { field } => self.answers.get(field) == Some(&Answer::YesNo(true)),
            FormCondition::Chosen { field, codes } => match self.answers.get(field) {
                Some(Answer::Text(code)) => codes.contains(code),
                Some(Answer::Chosen(chosen)) => chosen.iter().any(|it| codes.contains(it)),
                Some(Answer::YesNo(_) | Answer::Number(_)) | None => false,
            },
            FormCondition::AtLeast { field, value } => {
                matches!(self.answers.get(field), Some(Answer::Number(it)) if value <= it)
            }
            FormCondition::Industry { begins } => begins.iter().any(|it| self.applicant.industry.starts_with(it)),
            FormCondition::Size { classes } => classes.contains(&self.applicant.size_class),
            FormCondition::Risk { levels } => levels.contains(&self.applicant.risk),
        }
    }
}

fn is_empty(answer: &Answer) -> bool {
    match answer {
        Answer::Text(it) => it.trim().is_empty(),
        Answer::Chosen(it) => it.is_empty(),
        Answer::YesNo(_) | Answer::Number(_) => false,
    }
}

fn fault_of(field: &Field, answer: Option<&Answer>, files: u32, known: &Known<'_>) -> Option<AnswerFault> {
    let wanted = match &field.required {
        Need::Always => true,
        Need::Never => false,
        Need::When { condition } => known.holds(condition),
    };
    if let Takes::Files { most } = field.takes {
        return match files {
            0 if wanted => Some(fault(field, ErrorCode::Required)),
            _ if most < files => Some(AnswerFault { most: Some(most.into()), ..fault(field, ErrorCode::OutOfRange) }),
            _ => None,
        };
    }
    match answer {
        None => wanted.then(|| fault(field, ErrorCode::Required)),
        Some(answer) => answer_fault(field, answer),
    }
}

fn fault(field: &Field, code: ErrorCode) -> AnswerFault {
    AnswerFault { field: field.key.clone(), code: code.code().to_owned(), least: None, most: None }
}

/// What is wrong with an answer that is there, whatever is required.
pub fn answer_fault(field: &Field, answer: &Answer) -> Option<AnswerFault> {
    let invalid = || Some(fault(field, ErrorCode::Invalid));
    match (&field.takes, answer) {
        (Takes::Text { most } | Takes::Prose { most }, Answer::Text(it)) => {
            let chars = u32::try_from(it.trim().chars().count()).unwrap_or(u32::MAX);
            let long = || AnswerFault { most: Some((*most).into()), ..fault(field, ErrorCode::TooLong) };
            (*most < chars).then(long)
        }
        (Takes::Number { least, most, .. }, Answer::Number(it)) => {
            let outside =
                || AnswerFault { least: Some(*least), most: Some(*most), ..fault(field, ErrorCode::OutOfRange) };
            (!(*least..=*most).contains(it)).then(outside)
        }
        (Takes::Date, Answer::Text(it)) => match is_day(it) {
            true => None,
            false => invalid(),
        },
        (Takes::YesNo, Answer::YesNo(_)) => None,
        (Takes::Choice { options }, Answer::Text(it)) => match options.iter().any(|option| &option.code == it) {
            true => None,
            false => invalid(),
        },
        (Takes::Choices { options }, Answer::Chosen(chosen)) => {
            let known = |it: &String| options.iter().any(|option| &option.code == it);
            let once: BTreeSet<&String> = chosen.iter().collect();
            match chosen.iter().all(known) && once.len() == chosen.len() {
                true => None,
                false => invalid(),
            }
        }
        (Takes::Phone, Answer::Text(it)) => match Phone::parse(it).is_ok() || is_landline(it) {
            true => None,
            false => invalid(),
        },
        _ => invalid(),
    }
}

/// `2020-02-29`, a day that there is.
fn is_day(text: &str) -> bool {
    text.len() == 10 && Instant64::parse_date(text).is_some()
}

/// A fixed line: area code of three or four digits, a number of seven or eight, perhaps an extension.
fn is_landline(text: &str) -> bool {
    let text = text.trim();
    let (line, extension) = text.split_once(['转', '#']).map_or((text, None), |(line, more)| (line, Some(more)));
    let digits = |it: &str, of: std::ops::RangeInclusive<usize>| {
        of.contains(&it.len()) && it.bytes().all(|byte| byte.is_ascii_digit())
    };
    let number = line
        .split_once('-')
        .is_some_and(|(area, number)| area.starts_with('0') && digits(area, 3..=4) && digits(number, 7..=8));
    number && extension.is_none_or(|it| digits(it.trim(), 1..=6))
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "vector_tests.rs"]
mod vector_tests;
