use rust_xlsxwriter::{Format, Workbook};
use tables::template::Template;

use super::*;
use crate::statistics::model::DayCounts;
use crate::templates::figures::Line;

fn counts(enterprises: i64) -> DayCounts {
    DayCounts { enterprises, enterprises_open: 3, headcount: 40, ..DayCounts::default() }
}

fn figures(areas: usize) -> Figures {
    let line = |n: usize| Line {
        code: format!("9999990{n:02}"),
        name: format!("第{n}街"),
        counts: Some(counts(4)),
        ..Line::default()
    };
    let day = "2020-03-04".to_owned();
    let mut figures = Figures::default().with_areas((1..=areas).map(line).collect());
    (figures.day, figures.area_name, figures.day_counts) = (day, "测试区".to_owned(), Some(counts(8)));
    figures
}

/// A sheet with headings in its fourth row, and these names.
fn book(names: &[(&str, &str)], more: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("日报").unwrap();
    sheet.write(0, 0, "复工情况").unwrap();
    for (column, heading) in ["区域", "企业数（家）", "复工率", "备注"].into_iter().enumerate() {
        sheet.write(3, u16::try_from(column).unwrap(), heading).unwrap();
    }
    more(sheet);
    for (name, refers) in names {
        workbook.define_name(*name, refers).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

fn faults(bytes: &[u8]) -> Vec<(String, Option<NameFault>)> {
    let template = Template::open(bytes).unwrap();
    let mut faults: Vec<_> = Plan::of(&template).found.into_iter().map(|it| (it.name, it.fault)).collect();
    faults.sort_by(|one, other| one.0.cmp(&other.0));
    faults
}

fn fault(name: &str, refers: &str, more: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Option<NameFault> {
    faults(&book(&[(name, refers)], more)).remove(0).1
}

const NOTHING: fn(&mut rust_xlsxwriter::Worksheet) = |_| {};

#[test]
fn names_are_known_or_the_workbooks_own() {
    let bytes = book(&[("enterprises", "=日报!$B$2"), ("enterprise_open", "=日报!$B$3"), ("vat", "=0.17")], NOTHING);
    let template = Template::open(&bytes).unwrap();
    let plan = Plan::of(&template);
    assert!(plan.is_fit(), "names of its own are no fault");
    let found = |name: &str| plan.found.iter().find(|it| it.name == name).unwrap();
    assert_eq!(
        (found("enterprises").known, found("enterprises").place.as_deref()),
        (Some("enterprises"), Some("日报!B2"))
    );
    assert_eq!((found("enterprise_open").known, found("enterprise_open").suggestions[0]), (None, "enterprises_open"));
    assert!(found("vat").suggestions.is_empty());
    assert!(!Plan::of(&Template::open(&book(&[("vat", "=0.17")], NOTHING)).unwrap()).is_fit(), "nothing to fill");
}

#[test]
fn what_is_wrong_with_a_name_is_said() {
    use NameFault::*;
    assert_eq!(fault("enterprises", "=日报!#REF!", NOTHING), Some(Gone));
    assert_eq!(fault("enterprises", "=没有了!$A$1", NOTHING), Some(Gone));
    assert_eq!(fault("enterprises", "=1+1", NOTHING), Some(NoCells));
    assert_eq!(fault("enterprises", "=日报!$A$1:$B$2", NOTHING), Some(Several));
    let formula = |sheet: &mut rust_xlsxwriter::Worksheet| {
        sheet.write_formula(1, 1, "=1+1").unwrap();
    };
    assert_eq!(fault("enterprises", "=日报!$B$2", formula), Some(Formula));
    assert_eq!(fault("by_area", "=日报!$A$1:$D$1", NOTHING), Some(NoHeadings));
    let below = |sheet: &mut rust_xlsxwriter::Worksheet| {
        sheet.write(7, 1, "合计").unwrap();
    };
    assert_eq!(fault("by_area", "=日报!$A$4:$D$4", below), Some(Occupied));
    assert_eq!(fault("by_area", "=日报!$A$4:$D$7", below), None, "its own rows end above");
    let merged = |sheet: &mut rust_xlsxwriter::Worksheet| {
        sheet.merge_range(4, 0, 5, 0, "", &Format::new()).unwrap();
    };
    assert_eq!(fault("by_area", "=日报!$A$4:$D$7", merged), Some(Merged));
}

#[test]
fn two_names_of_one_cell_are_both_told_of_the_other() {
    let bytes = book(&[("enterprises", "=日报!$B$2"), ("headcount", "=日报!$B$2"), ("planned", "=日报!$B$3")], NOTHING);
    let shared = Some(NameFault::Shared);
    let expected = [("enterprises", shared), ("headcount", shared), ("planned", None)];
    assert_eq!(faults(&bytes), expected.map(|it| (it.0.to_owned(), it.1)));
    let inside = book(&[("by_area", "=日报!$A$4:$D$9"), ("headcount", "=日报!$B$6")], NOTHING);
    assert_eq!(faults(&inside), [("by_area".to_owned(), shared), ("headcount".to_owned(), shared)]);
}

#[test]
fn a_name_over_merged_cells_fills_the_first_of_them() {
    let merge = |sheet: &mut rust_xlsxwriter::Worksheet| {
        sheet.merge_range(1, 1, 2, 3, "", &Format::new()).unwrap();
    };
    for refers in ["=日报!$B$2:$D$3", "=日报!$C$3", "=日报!$B$2"] {
        let bytes = book(&[("enterprises", refers)], merge);
        let template = Template::open(&bytes).unwrap();
        let fills = Plan::of(&template).fills(&figures(0)).unwrap();
        let expected = (At { row: 2, column: 2 }, Value::Number(8.0));
        assert_eq!(fills.into_iter().map(|it| (it.at, it.value)).collect::<Vec<_>>(), [expected], "{refers}");
    }
}

#[test]
fn a_table_is_filled_downward_and_its_own_rows_are_not_exceeded() {
    let bytes = book(&[("by_area", "=日报!$A$4:$D$7")], NOTHING);
    let template = Template::open(&bytes).unwrap();
    let plan = Plan::of(&template);
    assert_eq!(plan.found[0].left, ["备注"]);
    let fills = plan.fills(&figures(2)).unwrap();
    let value = |row, column| fills.iter().find(|it| it.at == At { row, column }).map(|it| it.value.clone());
    assert_eq!(value(5, 1), Some(Value::Text("第1街".to_owned())));
    assert_eq!((value(6, 2), value(6, 3)), (Some(Value::Number(4.0)), Some(Value::Number(0.75))));
    assert_eq!(value(7, 1), Some(Value::Empty), "a row that is not needed is emptied");
    assert_eq!((value(5, 4), value(8, 1)), (None, None), "other columns and rows are left alone");
    assert_eq!(plan.fills(&figures(4)), Err(TooFewRows { name: "by_area".to_owned(), rows: 4, room: 3 }));
    let open = book(&[("by_area", "=日报!$A$4:$D$4")], NOTHING);
    assert_eq!(Plan::of(&Template::open(&open).unwrap()).fills(&figures(40)).unwrap().len(), 120);
}
