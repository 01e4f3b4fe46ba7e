use super::*;

const CODE: &str = "91350100M000100Y43";
const OTHER: &str = "91350000158142711F";

fn known() -> Vec<Meant> {
    let one = |id, number: &str, code: &str, state| Meant {
        id: Uuid::from_u128(id),
        number: number.to_owned(),
        credit_code: code.to_owned(),
        state,
    };
    vec![
        one(1, "F-1", CODE, ApplicationState::Submitted),
        one(2, "F-2", CODE, ApplicationState::Approved),
        one(3, "F-3", OTHER, ApplicationState::Submitted),
        one(4, "F-4", OTHER, ApplicationState::InReview),
        one(5, "F-5", OTHER, ApplicationState::Draft),
    ]
}

fn rows(text: &str) -> Vec<Result<u128, Refusal>> {
    let said = read(text.as_bytes()).expect("a table").said();
    matched(said, &known()).into_iter().map(|it| it.1.map(|it| it.1.as_u128())).collect()
}

#[test]
fn a_row_names_its_application_by_number_or_by_whose_it_is() {
    let table = [
        ("F-1,,批准,".to_owned(), Ok(1)),
        (format!(",{CODE},批准,材料齐"), Ok(1)),
        (format!(",{CODE},暂停,整改"), Ok(2)),
        (format!("F-3,{OTHER},Approve,"), Ok(3)),
        (format!("F-1,{OTHER},批准,"), Err((CREDIT_CODE, DecisionFault::ApplicationUnknown))),
        (format!(",{OTHER},批准,"), Err((CREDIT_CODE, DecisionFault::ApplicationAmbiguous))),
        (format!(",{OTHER},恢复,好了"), Err((DECISION, DecisionFault::State))),
        ("F-9,,批准,".to_owned(), Err((NUMBER, DecisionFault::ApplicationUnknown))),
        (",91350100M000100Y44,批准,".to_owned(), Err((CREDIT_CODE, DecisionFault::CreditCodeForm))),
        ("F-1,,,".to_owned(), Err((DECISION, DecisionFault::Required))),
        ("F-1,,也许,".to_owned(), Err((DECISION, DecisionFault::DecisionUnknown))),
        (",,批准,".to_owned(), Err((NUMBER, DecisionFault::Required))),
    ];
    for (row, expected) in table {
        assert_eq!(rows(&format!("申请编号,统一社会信用代码,决定,理由\n{row}\n")), [expected], "{row}");
    }
}

#[test]
fn one_application_is_decided_once() {
    let file = format!("number,credit code,decision,reason\nF-1,,approve,\n,{CODE},approve,\n");
    assert_eq!(rows(&file), [Ok(1), Err((CREDIT_CODE, DecisionFault::Repeated))]);
}

#[test]
fn a_template_is_read_as_it_was_written_and_a_file_about_nothing_is_none() {
    for lang in [Lang::Zh, Lang::En] {
        let headings: Vec<String> = (0..COLUMNS.len()).map(|it| column_name(it, lang).to_owned()).collect();
        assert_eq!(tables::guess(&headings, COLUMNS), (0..COLUMNS.len()).map(Some).collect::<Vec<_>>());
    }
    assert!(matches!(read("决定,理由\n批准,x\n".as_bytes()), Err(SheetFault::Column("number"))));
}
