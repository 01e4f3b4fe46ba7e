use std::io::{Cursor, Read as _, Write as _};
use std::ops::ControlFlow;

use rust_xlsxwriter::{Chart, ChartType, Color, ConditionalFormatCell, ConditionalFormatCellRule, Format, Workbook};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

use super::*;
use crate::{Form, for_each_row};

/// What a district keeps: a merged title in a Chinese font, widths, a formula, a conditional format, a chart, a name.
fn districts_own() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let title =
        Format::new().set_font_name("方正小标宋简体").set_font_size(18).set_background_color(Color::RGB(0x00FF_EE00));
    let percent = Format::new().set_num_format("0.0%");
    let sheet = workbook.add_worksheet().set_name("日报 1").unwrap();
    sheet.set_column_width(0, 23.5).unwrap();
    sheet.set_row_height(3, 31).unwrap();
    sheet.merge_range(0, 0, 0, 3, "复工复产情况日报", &title).unwrap();
    sheet.write(1, 0, "已复工").unwrap();
    sheet.write_with_format(1, 1, 0, &percent).unwrap();
    sheet.write_formula(2, 1, "=B2*2").unwrap();
    sheet.write(3, 0, "行").unwrap();
    sheet.write_with_format(4, 1, 0, &percent).unwrap();
    let red = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::GreaterThan(5))
        .set_format(Format::new().set_background_color(Color::Red));
    sheet.add_conditional_format(1, 1, 9, 1, &red).unwrap();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values("='日报 1'!$B$2:$B$9");
    sheet.insert_chart(10, 0, &chart).unwrap();
    workbook.add_worksheet().set_name("说明").unwrap().write(0, 0, "不动").unwrap();
    workbook.define_name("enterprises_open", "='日报 1'!$B$2").unwrap();
    workbook.save_to_buffer().unwrap()
}

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let part = |n| {
        let mut part = archive.by_index(n).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        (part.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(part).collect()
}

/// A package with some parts in another form.
fn with(bytes: &[u8], changed: &[(&str, &str)]) -> Vec<u8> {
    let mut all = parts(bytes);
    all.extend(changed.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in all {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn at(text: &str) -> At {
    At::parse(text).unwrap()
}

fn put(place: &str, value: Value) -> Fill {
    Fill { sheet: 0, at: at(place), value, like: None }
}

fn shown(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
    let mut rows = Vec::new();
    for_each_row(Cursor::new(bytes), Form::Xlsx, 0, |row| {
        rows.push((row.line, row.cells.iter().map(|it| it.text().into_owned()).collect()));
        ControlFlow::Continue(())
    })
    .unwrap();
    rows
}

fn text_of(bytes: &[u8], name: &str) -> String {
    String::from_utf8(parts(bytes).remove(name).unwrap()).unwrap()
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

#[test]
fn what_is_not_filled_stays_byte_for_byte() {
    let book = text_of(&districts_own(), "xl/workbook.xml");
    let bytes = with(&districts_own(), &[("xl/workbook.xml", &book.replace(" fullCalcOnLoad=\"1\"", ""))]);
    let template = Template::open(&bytes).unwrap();
    let filled = template.fill(&[put("B2", Value::Number(7.0))]).unwrap();
    let (before, after) = (parts(&bytes), parts(&filled));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let changed: Vec<_> =
        before.iter().filter(|(name, bytes)| after[*name] != **bytes).map(|it| it.0.as_str()).collect();
    assert_eq!(changed, ["xl/workbook.xml", SHEET], "styles, chart, the other sheet are as they were");
    // Of the sheet two cells changed: the one that was filled, and the formula, which lost what it came to.
    let (before, after) = (text_of(&bytes, SHEET), text_of(&filled, SHEET));
    let style = before.split_once("<c r=\"B2\" s=\"").unwrap().1.split_once('"').unwrap().0;
    let old = format!("<c r=\"B2\" s=\"{style}\"><v>0</v></c>");
    let new = format!("<c r=\"B2\" s=\"{style}\"><v>7</v></c>");
    // And its row's hint of how far it reaches, which need not hold any more.
    let before = before.replace("<row r=\"2\" spans=\"1:4\">", "<row r=\"2\">");
    assert_eq!(before.replace(&old, &new).replace("<f>B2*2</f><v>0</v>", "<f>B2*2</f>"), after);
    assert!(
        after.contains("<f>B2*2</f></c>") && after.contains("conditionalFormatting") && after.contains("<drawing ")
    );
    assert!(text_of(&filled, "xl/workbook.xml").contains("fullCalcOnLoad=\"1\""));
    assert_eq!(shown(&filled)[1].1, ["已复工", "7"]);
}

#[test]
fn names_sheets_and_cells_are_found() {
    let bytes = districts_own();
    let template = Template::open(&bytes).unwrap();
    let [name] = template.names() else { panic!("{:?}", template.names()) };
    let block = Block::parse("B2").unwrap();
    assert_eq!((name.name.as_str(), name.refers), ("enterprises_open", Refers::Cells(0, block)));
    assert_eq!((template.sheet_name(0), template.sheet_name(1)), ("日报 1", "说明"));
    assert_eq!(template.stands(0, at("A1")), Stands::Text("复工复产情况日报".to_owned()));
    assert_eq!(
        [at("B2"), at("B3"), at("D9")].map(|it| template.stands(0, it)),
        [Stands::Figure, Stands::Formula, Stands::Nothing]
    );
    assert_eq!((template.merged(0, at("C1")), template.last_row(0)), (Block::parse("A1:D1"), 5));
}

#[test]
fn rows_and_cells_that_were_not_there_take_the_looks_of_a_row_above() {
    let bytes = districts_own();
    let template = Template::open(&bytes).unwrap();
    let like = |place: &str| Fill { like: Some(at("B5")), ..put(place, Value::Number(0.5)) };
    let fills = [
        like("B5"),
        like("B6"),
        like("B7"),
        put("C5", Value::Text("=1+1 <&> \u{1}".to_owned())),
        put("A2", Value::Empty),
        put("D2", Value::Number(-1.25)),
        put("C1", Value::Number(3.0)),
    ];
    let filled = template.fill(&fills).unwrap();
    let sheet = text_of(&filled, SHEET);
    let style = sheet.split_once("<c r=\"B5\" s=\"").unwrap().1.split_once('"').unwrap().0;
    assert!(sheet.contains(&format!("<row r=\"7\"><c r=\"B7\" s=\"{style}\"><v>0.5</v></c></row>")), "{sheet}");
    assert!(sheet.contains("<dimension ref=\"A1:D7\"/>"), "{sheet}");
    let rows = shown(&filled);
    assert_eq!(rows[1].1, ["", "0", "", "-1.25"], "an emptied cell, and one behind the last");
    let fifth = rows.iter().find(|it| it.0 == 5).unwrap();
    assert_eq!(fifth.1, ["", "0.5", "=1+1 <&> \u{fffd}"]);
    assert_eq!(rows.iter().map(|it| it.0).max(), Some(7));
    assert!(!sheet.contains("<f>1+1"), "text is never a formula");
    // Filled once more it is the same template still.
    let again = Template::open(&filled).unwrap();
    assert_eq!(again.stands(0, at("C5")), Stands::Text("=1+1 <&> \u{fffd}".to_owned()));
}

#[test]
fn sheets_of_other_programs_are_filled_too() {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let sheets = [
        format!("<worksheet xmlns=\"{main}\"><sheetData/></worksheet>"),
        format!("\u{feff}<worksheet xmlns=\"{main}\"><sheetData></sheetData></worksheet>"),
        // Without numbers, as our own exports write it; with a prefix; with a row that is empty.
        format!("<worksheet xmlns=\"{main}\"><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"),
        format!(
            "<x:worksheet xmlns:x=\"{main}\"><x:sheetData><x:row r=\"1\"/><x:row r=\"9\"><x:c r=\"A9\"/></x:row></x:sheetData></x:worksheet>"
        ),
    ];
    for sheet in sheets {
        let bytes = with(&districts_own(), &[(SHEET, &sheet)]);
        let template = Template::open(&bytes).unwrap();
        let filled = template.fill(&[put("B1", Value::Number(2.0)), put("C3", Value::Text("文".to_owned()))]).unwrap();
        let rows = shown(&filled);
        assert_eq!((rows[0].1[1].as_str(), rows[1].1[2].as_str()), ("2", "文"), "{}", text_of(&filled, SHEET));
    }
}

#[test]
fn formulas_of_every_kind_lose_what_they_came_to_and_nothing_else_does() {
    let cells = "<c r=\"A1\" t=\"str\"><f>\"x\"&amp;\"y\"</f><v>xy</v></c><c r=\"B1\"><f t=\"shared\" si=\"0\"/><v>3</v></c>\
                 <c r=\"C1\"><f t=\"array\" ref=\"C1:D1\">1</f><v>4</v></c><c r=\"D1\"><v>5</v></c><c r=\"E1\"><v/></c>";
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\">{cells}</row></sheetData></worksheet>"
    );
    let bytes = with(&districts_own(), &[(SHEET, &sheet)]);
    let template = Template::open(&bytes).unwrap();
    assert_eq!(
        [at("B1"), at("D1"), at("E1")].map(|it| template.stands(0, it)),
        [Stands::Formula, Stands::Formula, Stands::Nothing]
    );
    let sheet = text_of(&template.fill(&[]).unwrap(), SHEET);
    let kept = "<c r=\"A1\"><f>\"x\"&amp;\"y\"</f></c><c r=\"B1\"><f t=\"shared\" si=\"0\"/></c>\
                <c r=\"C1\"><f t=\"array\" ref=\"C1:D1\">1</f></c><c r=\"D1\"><v>5</v></c><c r=\"E1\"><v/></c>";
    assert!(sheet.contains(kept), "{sheet}");
}

#[test]
fn what_runs_is_not_taken() {
    let bytes = districts_own();
    for part in [
        "xl/vbaProject.bin",
        "xl/externalLinks/externalLink1.xml",
        "xl/embeddings/oleObject1.bin",
        "xl/activeX/activeX1.xml",
        "xl/connections.xml",
        "customUI/customUI.xml",
    ] {
        assert!(matches!(Template::open(&with(&bytes, &[(part, "<x/>")])), Err(Fault::Active)), "{part}");
    }
    let types = text_of(&bytes, "[Content_Types].xml");
    let macros = types.replace(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    );
    assert_ne!(types, macros);
    assert!(matches!(Template::open(&with(&bytes, &[("[Content_Types].xml", &macros)])), Err(Fault::Active)));
}

#[test]
fn rubbish_is_refused_and_nothing_panics() {
    let bytes = districts_own();
    let form = |it: &[u8]| assert!(matches!(Template::open(it), Err(Fault::Form(_))), "{:?}", it.get(..8));
    for rubbish in [&b""[..], b"PK\x03\x04", b"code,name\n", b"<html>"] {
        form(rubbish);
    }
    for cut in [bytes.len() / 2, bytes.len() - 30, 40] {
        form(&bytes[..cut]);
    }
    assert!(matches!(Template::open(&[0xd0, 0xcf, 0x11, 0xe0, 1, 2]), Err(Fault::OldOrLocked)));
    let entity = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet><sheetData/></worksheet>";
    let parts = [
        (SHEET, entity),
        (SHEET, "<worksheet><sheetData><row>"),
        (SHEET, "<a></b>"),
        ("xl/workbook.xml", "no"),
        ("_rels/.rels", "<x/>"),
    ];
    for part in parts {
        form(&with(&bytes, &[part]));
    }
    let deep = format!("<worksheet>{}{}</worksheet>", "<a>".repeat(100), "</a>".repeat(100));
    assert!(matches!(Template::open(&with(&bytes, &[(SHEET, &deep)])), Err(Fault::Bomb)));
    // Bytes that flip anywhere are an error or a workbook, never a panic.
    for n in (0..bytes.len()).step_by(97) {
        let mut bent = bytes.clone();
        bent[n] ^= 0x5a;
        if let Ok(template) = Template::open(&bent) {
            let _ = template.fill(&[put("B2", Value::Number(1.0))]);
        }
    }
}

#[test]
fn a_bomb_is_not_unpacked() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts(&districts_own()) {
        writer.start_file(&name, options).unwrap();
        writer.write_all(&bytes).unwrap();
        if name == SHEET {
            writer.write_all(&vec![b' '; 33 * 1024 * 1024]).unwrap();
        }
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert!(bytes.len() < 200_000);
    assert!(matches!(Template::open(&bytes), Err(Fault::Bomb)));
}

#[test]
fn ten_thousand_cells_are_filled() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..1_000 {
        for column in 0..10 {
            sheet.write(row, column, format!("{row}/{column}")).unwrap();
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let fills: Vec<_> = (1..=1_000)
        .flat_map(|row| {
            (1..=10).map(move |column| Fill {
                sheet: 0,
                at: At { row, column },
                value: Value::Number(f64::from(row * column)),
                like: None,
            })
        })
        .collect();
    let rows = shown(&Template::open(&bytes).unwrap().fill(&fills).unwrap());
    assert_eq!((rows.len(), rows[999].1[9].as_str()), (1_000, "10000"));
}
