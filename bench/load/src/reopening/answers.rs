//! Answers to whatever a form asks, and files as an enterprise attaches them.

use kernel::{Clock, SystemClock};
use serde_json::{Map, Value, json};

use crate::grow::text;

/// What a form asks, in its own order, section by section.
pub(super) fn fields(form: &Value) -> Vec<Vec<&Value>> {
    let list = |of: &'static str| move |it: &Value| it.get(of).and_then(Value::as_array).map(Vec::len).unwrap_or(0);
    let sections = form.get("sections").and_then(Value::as_array).into_iter().flatten();
    let kept = sections.filter(|it| 0 < list("fields")(it));
    kept.map(|it| it.get("fields").and_then(Value::as_array).into_iter().flatten().collect()).collect()
}

/// An answer to a question; none to one for files.
pub(super) fn answer(field: &Value) -> Option<Value> {
    let takes = field.get("takes")?;
    let first = || takes.pointer("/options/0/code").cloned();
    Some(match text(takes, "kind") {
        "text" => json!("测试"),
        "prose" => json!("每日消毒两次，错峰就餐，体温异常者不得进入厂区。"),
        "number" => takes.get("least").cloned()?,
        "date" => json!(SystemClock.now().local_date()),
        "yes_no" => json!(true),
        "choice" => first()?,
        "choices" => json!([first()?]),
        "phone" => json!("19900000000"),
        _ => return None,
    })
}

/// Answers to these questions, as a save sends them.
pub(super) fn changes<'a>(fields: impl IntoIterator<Item = &'a Value>) -> Map<String, Value> {
    fields.into_iter().filter_map(|it| Some((text(it, "key").to_owned(), answer(it)?))).collect()
}

/// A line with a bend in it.
pub(super) fn signature() -> Value {
    json!([(0..20).map(|it| json!([100 + it * 30, 150 + (it % 5) * 20, it * 16])).collect::<Vec<_>>()])
}

/// A PDF of so many bytes that no other is the same as, and that nothing makes smaller.
pub(super) fn pdf(bytes: usize, seed: u64) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n1 0 obj\n<<>>\nstream\n".to_vec();
    let end = b"\nendstream\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";
    let mut state = seed | 1;
    while file.len() + end.len() < bytes {
        // xorshift64: cheap, and as good as noise to whoever would compress it.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        file.extend_from_slice(&state.to_le_bytes());
    }
    file.truncate(bytes.saturating_sub(end.len()));
    file.extend_from_slice(end);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdf_is_as_long_as_it_should_be_and_like_no_other() {
        let (one, other) = (pdf(20_000, 1), pdf(20_000, 3));
        assert_eq!((one.len(), other.len()), (20_000, 20_000));
        assert!(one.starts_with(b"%PDF-") && one.ends_with(b"%%EOF\n") && one != other);
    }

    #[test]
    fn every_question_but_for_files_has_an_answer() {
        let field = |takes: Value| json!({ "key": "it", "takes": takes });
        assert_eq!(answer(&field(json!({ "kind": "number", "least": 3, "most": 9 }))), Some(json!(3)));
        let options = json!([{ "code": "a" }, { "code": "b" }]);
        assert_eq!(answer(&field(json!({ "kind": "choices", "options": options }))), Some(json!(["a"])));
        assert_eq!(answer(&field(json!({ "kind": "files", "most": 2 }))), None);
    }
}
