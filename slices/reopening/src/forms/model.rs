//! A form as data: sections of fields, what each takes, when it is asked, when it must be answered.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{self, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// 简体中文.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A form: what an enterprise answers when it applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormDefinition {
    /// In the order in which they are asked.
    pub sections: Vec<Section>,
    /// What is signed for; kept with each signature as it stood.
    pub pledge: Words,
}

/// Questions that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its name in links and in comments of reviewers.
    pub key: String,
    /// Its heading.
    pub title: Words,
    /// What to know before answering.
    #[serde(default)]
    pub lead: Option<Words>,
    /// When it is asked; always when there is none.
    #[serde(default)]
    pub shown_when: Option<FormCondition>,
    /// In their order.
    pub fields: Vec<Field>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name: small letters, digits and underscores, once in a form.
    pub key: String,
    /// The question.
    pub label: Words,
    /// What helps to answer it.
    #[serde(default)]
    pub help: Option<Words>,
    /// What is an answer.
    pub takes: Takes,
    /// When it must be answered.
    pub required: Need,
    /// When it is asked; always when there is none.
    #[serde(default)]
    pub shown_when: Option<FormCondition>,
    /// What the platform knows already and offers.
    #[serde(default)]
    pub prefill: Option<Prefill>,
}

/// What is an answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Takes {
    /// One line.
    Text {
        /// In characters.
        most: u32,
    },
    /// Several lines.
    Prose {
        /// In characters.
        most: u32,
    },
    /// A whole number.
    Number {
        /// The smallest.
        least: i64,
        /// The largest.
        most: i64,
        /// What is counted.
        #[serde(default)]
        unit: Option<Words>,
    },
    /// A day of the calendar.
    Date,
    /// Yes or no.
    YesNo,
    /// One of these.
    Choice {
        /// In their order.
        options: Vec<FormOption>,
    },
    /// Any of these.
    Choices {
        /// In their order.
        options: Vec<FormOption>,
    },
    /// A phone number.
    Phone,
    /// Files.
    Files {
        /// How many at most.
        most: u32,
    },
}

/// One of the answers of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormOption {
    /// What is stored.
    pub code: String,
    /// What is read.
    pub label: Words,
}

/// When a question must be answered, if it is asked at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "need", rename_all = "snake_case", deny_unknown_fields)]
pub enum Need {
    /// Whoever is asked answers.
    Always,
    /// As she likes.
    Never,
    /// When this holds.
    When {
        /// What.
        condition: FormCondition,
    },
}

/// Something about the answers or about the applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum FormCondition {
    /// All of these hold.
    All {
        /// Which.
        #[schema(no_recursion)]
        of: Vec<FormCondition>,
    },
    /// One of these holds.
    Any {
        /// Which.
        #[schema(no_recursion)]
        of: Vec<FormCondition>,
    },
    /// This does not hold.
    Not {
        /// What.
        #[schema(no_recursion)]
        of: Box<FormCondition>,
    },
    /// A yes-or-no question was answered with yes.
    Yes {
        /// Which question.
        field: String,
    },
    /// One of these was chosen.
    Chosen {
        /// At which question.
        field: String,
        /// Codes of options.
        codes: Vec<String>,
    },
    /// A number is at least this.
    AtLeast {
        /// Of which question.
        field: String,
        /// How much.
        value: i64,
    },
    /// The applicant's industry begins with one of these (GB/T 4754).
    Industry {
        /// Such as `C` or `F52`.
        begins: Vec<String>,
    },
    /// The applicant is of one of these size classes.
    Size {
        /// Codes of size classes.
        classes: Vec<String>,
    },
    /// The area's risk is one of these.
    Risk {
        /// Codes of risk levels.
        levels: Vec<String>,
    },
}

/// What the platform knows of an applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Prefill {
    /// 企业名称.
    EnterpriseName,
    /// 统一社会信用代码.
    CreditCode,
    /// 行业.
    Industry,
    /// 在册人数.
    Employees,
    /// 场所.
    SiteNames,
}

/// An answer as it is sent and stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Answer {
    /// To a yes-or-no question.
    YesNo(bool),
    /// To a question for a number.
    Number(i64),
    /// A text, a day, a phone number, or the code of an option.
    Text(String),
    /// Codes of options.
    Chosen(Vec<String>),
}

/// By what stands there: serde's own way tries one kind after another, and words an error for each that it is not.
impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnswerVisitor)
    }
}

struct AnswerVisitor;

impl<'de> Visitor<'de> for AnswerVisitor {
    type Value = Answer;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("yes or no, a whole number, a text, or a list of codes")
    }

    fn visit_bool<E>(self, it: bool) -> Result<Answer, E> {
        Ok(Answer::YesNo(it))
    }

    fn visit_i64<E>(self, it: i64) -> Result<Answer, E> {
        Ok(Answer::Number(it))
    }

    fn visit_u64<E: de::Error>(self, it: u64) -> Result<Answer, E> {
        i64::try_from(it).map(Answer::Number).map_err(|_| E::invalid_value(Unexpected::Unsigned(it), &self))
    }

    fn visit_str<E>(self, it: &str) -> Result<Answer, E> {
        Ok(Answer::Text(it.to_owned()))
    }

    fn visit_string<E>(self, it: String) -> Result<Answer, E> {
        Ok(Answer::Text(it))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Answer, A::Error> {
        Deserialize::deserialize(SeqAccessDeserializer::new(list)).map(Answer::Chosen)
    }
}

/// Answers by the keys of their questions.
pub type Answers = BTreeMap<String, Answer>;

/// What conditions ask about the applicant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Applicant {
    /// GB/T 4754 code.
    pub industry: String,
    /// Code of a size class.
    pub size_class: String,
    /// Code of a risk level.
    pub risk: String,
}

/// What is wrong with one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AnswerFault {
    /// Which question.
    pub field: String,
    /// A code of `ErrorCode`.
    pub code: String,
    /// The smallest that is taken, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<i64>,
    /// The largest that is taken, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<i64>,
}

/// What is wrong with a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FormFault {
    /// The section or field, by its key; empty for the form itself.
    pub at: String,
    /// A code of `FormFaultCode`.
    pub code: FormFaultCode,
}

kernel::coded! {
    #[derive(ToSchema)]
    /// What can be wrong with a form.
    pub enum FormFaultCode {
        /// A key is not of small letters, digits and underscores, or too long.
        Key = "key",
        /// A key stands twice.
        KeyTwice = "key_twice",
        /// A text lacks one of its languages, or is too long.
        Words = "words",
        /// No section, a section without a field, or too many of them.
        Size = "size",
        /// A choice with fewer than two options, or more than fifty.
        Options = "options",
        /// Limits of which nothing lies between.
        Limits = "limits",
        /// A condition about a question that is not there, not before it, or not of that kind.
        Condition = "condition",
        /// What is offered does not go with what is taken.
        Prefill = "prefill",
    }
}
