//! Rows that are no questions, given back as the file they came in with two columns more; and the file to begin with.

use http_api::Lang;
use tables::Form;

use super::bank_file::{BankFile, COLUMNS, RefusedRow, RowFault};
use super::courses::{BANK_MOST, TEXT_MOST};

/// Why, and what to do. The console's dictionary does not reach a spreadsheet.
pub(crate) fn reason(fault: RowFault, lang: Lang) -> String {
    match fault {
        RowFault::Required => lang.pick("这一格必须填写", "must be filled in").to_owned(),
        RowFault::TooLong => {
            lang.pick(format!("超过 {TEXT_MOST} 字，请缩短"), format!("more than {TEXT_MOST} characters: shorten it"))
        }
        RowFault::Options => lang.pick("要有 2 到 8 个选项", "needs two to eight options").to_owned(),
        RowFault::Answer => lang
            .pick(
                "答案不是已有选项的字母，请填 A、B 这样的字母",
                "not the letters of options that are there: write A, or AC for several",
            )
            .to_owned(),
        RowFault::Repeated => {
            lang.pick("题库或前面的行里已有同样的题", "the bank or an earlier row asks the same").to_owned()
        }
        RowFault::CellError => lang.pick("单元格是公式错误，请填写文字", "a formula's error: type the text").to_owned(),
        RowFault::Full => lang.pick(
            format!("题库满了，最多 {BANK_MOST} 题"),
            format!("the bank is full: it holds {BANK_MOST} questions"),
        ),
    }
}

/// What a column is called.
pub(crate) fn column_name(name: &str, lang: Lang) -> String {
    let letter = name.strip_prefix("option_").map(str::to_uppercase);
    match (name, letter) {
        (_, Some(letter)) => lang.pick(format!("选项 {letter}"), format!("Option {letter}")),
        ("answer", _) => lang.pick("正确答案", "Answer").to_owned(),
        ("options", _) => lang.pick("选项", "Options").to_owned(),
        _ => lang.pick("题目", "Question").to_owned(),
    }
}

/// The refused rows in the form of their file, with the column in error and the reason.
///
/// # Errors
/// What no sheet can hold.
pub(crate) fn refused_file(file: &BankFile, refused: &[RefusedRow], lang: Lang) -> anyhow::Result<Vec<u8>> {
    let more = lang.pick(["出错的列", "原因和处理办法"], ["column in error", "reason and remedy"]);
    let mut lines = vec![file.headings.iter().cloned().chain(more.map(str::to_owned)).collect::<Vec<String>>()];
    for row in refused {
        let own = row.cells.iter().cloned().chain(std::iter::repeat(String::new())).take(file.headings.len());
        lines.push(own.chain([column_name(row.column, lang), reason(row.fault, lang)]).collect());
    }
    Ok(file.form.write(&file.sheet, &lines)?)
}

/// An empty file to be filled in. Remarks in parentheses are left out when it is read.
///
/// # Errors
/// What no sheet can hold.
pub(crate) fn template(form: Form, lang: Lang) -> anyhow::Result<Vec<u8>> {
    let mut headings = vec![column_name("question", lang)];
    let options = COLUMNS.iter().filter(|it| it.name.starts_with("option_")).take(4);
    headings.extend(options.map(|it| column_name(it.name, lang)));
    headings.push(lang.pick("正确答案（填字母，多选填 AC）", "Answer (letters, AC for several)").to_owned());
    Ok(form.write(lang.pick("题库", "Questions"), &[headings])?)
}

#[cfg(test)]
mod tests {
    use super::super::bank_file::read;
    use super::*;

    #[test]
    fn the_template_is_read_again_in_both_languages_and_forms() {
        for lang in [Lang::Zh, Lang::En] {
            for form in [Form::Xlsx, Form::Csv] {
                let file = read(&template(form, lang).unwrap()).unwrap();
                assert_eq!((file.form, file.row_count(), file.headings.len()), (form, 0, 6));
            }
        }
    }

    #[test]
    fn refused_rows_that_are_put_right_are_taken() {
        let csv = "备注,题目,选项A,选项B,答案\n=1,一？,是,否,C\n好,二？,是,否,A\n";
        let file = read(csv.as_bytes()).unwrap();
        let (_, refused) = file.against(&[]);
        let back = String::from_utf8(refused_file(&file, &refused, Lang::Zh).unwrap()).unwrap();
        assert!(back.contains("\n'=1,一？,是,否,C,正确答案,答案不是已有选项的字母"), "{back}");
        let again = read(back.replace(",C,", ",B,").as_bytes()).unwrap();
        let (good, refused) = again.against(&[]);
        assert_eq!((good.len(), refused.len()), (1, 0));
    }

    #[test]
    fn every_reason_says_something_in_both_languages() {
        for fault in RowFault::ALL {
            assert_ne!(reason(*fault, Lang::Zh), reason(*fault, Lang::En));
        }
    }
}
