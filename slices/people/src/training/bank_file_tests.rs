use proptest::prelude::*;

use super::*;

fn file(csv: &str) -> BankFile {
    read(csv.as_bytes()).unwrap()
}

fn question(text: &str, options: &[&str], correct: &[u8]) -> Question {
    Question {
        text: text.to_owned(),
        options: options.iter().map(|it| (*it).to_owned()).collect(),
        correct: correct.to_vec(),
    }
}

#[test]
fn columns_stand_in_any_order_and_either_language() {
    let wanted = vec![
        question("发热了怎么办？", &["报告", "上班", "睡觉"], &[0]),
        question("哪些要做？", &["量", "洗"], &[0, 1]),
    ];
    let chinese = "三车间题库,,,,\n序号,正确答案,选项 C,选项 A,题 目*,选项 B\n1,A,睡觉,报告,发热了怎么办？,上班\n2,a、B,,量,哪些要做？,洗\n";
    let english =
        "Question,Answer(s),Option A,Option B,Option C\n发热了怎么办？,Ａ,报告,上班,睡觉\n哪些要做？,BA,量,洗,\n";
    for csv in [chinese, english] {
        assert_eq!(file(csv).against(&[]), (wanted.clone(), vec![]), "{csv}");
    }
}

#[test]
fn options_stand_in_one_cell_however_they_are_told_apart() {
    let parts = |cell: &str| parts_of(cell);
    for cell in [
        "A. 是\nB. 否\nC. 不知道",
        "是|否|不知道",
        "(A)是；(B)否；(C)不知道",
        "A、是 B、否 C、不知道",
        "是\n\n否\r\n不知道",
    ] {
        assert_eq!(parts(cell), ["是", "否", "不知道"], "{cell}");
    }
    assert_eq!(parts("37.3 ℃"), ["37.3 ℃"]);
    let one = file("题目,选项,答案\n戴口罩？,\"A. 戴\nB. 不戴\",A\n洗手？,洗|不洗,C\n");
    let (good, refused) = one.against(&[]);
    assert_eq!(good, [question("戴口罩？", &["戴", "不戴"], &[0])]);
    assert_eq!((refused[0].line, refused[0].column, refused[0].fault), (4, "answer", RowFault::Answer));
}

#[test]
fn a_letter_means_its_column_also_behind_an_empty_one() {
    let (good, _) = file("题目,A,B,C,D,答案\n哪个？,甲,,丙,丁,D\n").against(&[]);
    assert_eq!(good, [question("哪个？", &["甲", "丙", "丁"], &[2])]);
    let (_, refused) = file("题目,A,B,C,D,答案\n哪个？,甲,,丙,丁,B\n").against(&[]);
    assert_eq!(refused[0].fault, RowFault::Answer);
}

#[test]
fn each_refused_row_says_where_and_why() {
    let long = "长".repeat(301);
    let csv = format!(
        "题目,选项A,选项B,答案\n,是,否,A\n{long},是,否,A\n一个选项？,是,,A\n没有答案？,是,否,\n答案不对？,是,否,E\n选项太长？,是,{long},A\n\
         好的？,是,否,A\n好的？ ,是,否,B\n库里有？,是,否,A\n"
    );
    let (good, refused) = file(&csv).against(&[question("库里有？", &["是", "否"], &[1])]);
    assert_eq!(good.len(), 1);
    let told: Vec<_> = refused.iter().map(|it| (it.line, it.column, it.fault)).collect();
    assert_eq!(
        told,
        [
            (2, "question", RowFault::Required),
            (3, "question", RowFault::TooLong),
            (4, "option_a", RowFault::Options),
            (5, "answer", RowFault::Required),
            (6, "answer", RowFault::Answer),
            (7, "option_a", RowFault::TooLong),
            (9, "question", RowFault::Repeated),
            (10, "question", RowFault::Repeated),
        ]
    );
}

#[test]
fn the_same_words_with_other_options_are_another_question() {
    let (good, refused) = file("题目,A,B,答案\n哪个对？,一,二,A\n哪个对？,三,四,A\n").against(&[]);
    assert_eq!((good.len(), refused.len()), (2, 0));
}

#[test]
fn what_is_no_bank_is_refused_as_a_whole() {
    let missing = |csv: &str| match read(csv.as_bytes()) {
        Err(FileFault::Column(name)) => name,
        other => panic!("{other:?}"),
    };
    assert_eq!(missing("姓名,电话\n林,1\n"), "question");
    assert_eq!(missing("题目,选项A,选项B\n一,是,否\n"), "answer");
    assert_eq!(missing("题目,选项A,答案\n一,是,A\n"), "option_a");
    assert_eq!(missing(""), "question");
    let rows = |n: usize| (0..n).map(|it| format!("第{it}题,是,否,A\n")).collect::<String>();
    let csv = |n: usize| format!("题目,A,B,答案\n{}", rows(n));
    assert_eq!(file(&csv(BANK_MOST)).against(&[]).0.len(), BANK_MOST);
    assert!(matches!(read(csv(BANK_MOST + 1).as_bytes()), Err(FileFault::TooMuch)));
    let wide = format!("题目,A,B,答案\n{}", format!("{},是,否,A\n", "长".repeat(TEXT_BYTES / 200)).repeat(100));
    assert!(matches!(read(wide.as_bytes()), Err(FileFault::TooMuch)));
}

#[test]
fn a_bank_is_filled_and_no_more() {
    let bank: Vec<Question> = (1..BANK_MOST).map(|it| question(&it.to_string(), &["是", "否"], &[0])).collect();
    let (good, refused) = file("题目,A,B,答案\n甲,是,否,A\n乙,是,否,A\n").against(&bank);
    assert_eq!((good.len(), refused[0].fault), (1, RowFault::Full));
}

proptest! {
    #[test]
    fn a_row_is_a_question_that_can_be_asked_or_refused(cells in proptest::collection::vec("[\\PC\n]{0,12}", 11)) {
        let quoted: Vec<String> = cells.iter().map(|it| format!("\"{}\"", it.replace('"', "\"\""))).collect();
        let csv = format!("题目,答案,选项,A,B,C,D,E,F,G,H\n{}\n", quoted.join(","));
        if let Ok(file) = read(csv.as_bytes()) {
            let (good, refused) = file.against(&[]);
            prop_assert_eq!(good.len() + refused.len(), file.row_count());
            prop_assert!(super::super::courses::check_bank(&good).is_ok(), "{:?}", good);
        }
    }
}
