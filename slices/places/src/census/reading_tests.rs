use super::*;

const NOW: Instant64 = Instant64::from_micros(1_583_424_000_000_000); // 2020-03-06 in China

fn areas() -> AreaBook {
    AreaBook::of(
        [
            ("350105001", "罗星街道", true),
            ("350105001001", "青洲社区", true),
            ("350105001002", "新港社区", true),
            ("350105002", "亭江镇", true),
            ("350105002001", "新港社区", true),
            ("350999001", "外街", false),
        ]
        .into_iter(),
    )
}

fn sorted(text: &str) -> (Vec<Found>, Vec<CensusRefused>) {
    read(text.as_bytes()).expect("a table").sorted(&areas(), NOW)
}

#[test]
fn headings_stand_in_any_order_and_good_rows_land() {
    let file = "罗星街道摸排表\n序号,社区/网格,商户名称,联系电话,联系人,人数,规模,地址,摸排日期,摸排人,备注,信用代码\n\
        1,青洲社区,大榕树理发店,0591-83681234,林某,３人,个体,江滨路1号,2020/3/5,陈某,夜里开门,\n\
        2,罗星街道新港社区,江滨食品,,,12.0,规上,,,,,９１350100m000100y43\n";
    let (good, refused) = sorted(file);
    assert_eq!(refused, []);
    let [shop, factory] = good.as_slice() else { panic!("{good:?}") };
    assert_eq!((shop.line, shop.area_code.as_str(), shop.headcount), (3, "350105001001", Some(3)));
    assert_eq!((shop.size_class, shop.found_on.as_str()), (Some(SizeClass::Micro), "2020-03-05"));
    assert_eq!((shop.contact.name.as_str(), shop.contact.found_by.as_str()), ("林某", "陈某"));
    assert_eq!((factory.area_code.as_str(), factory.credit_code.as_str()), ("350105001002", "91350100M000100Y43"));
    assert_eq!((factory.headcount, factory.contact.is_empty()), (Some(12), true));
}

#[test]
fn bad_rows_say_which_column_and_why() {
    let rows = [
        (",青洲社区,,,,", "name", CensusFault::Required),
        ("甲,,,,,", "area", CensusFault::Required),
        ("甲,月亮社区,,,,", "area", CensusFault::AreaUnknown),
        ("甲,新港社区,,,,", "area", CensusFault::AreaAmbiguous),
        ("甲,350999001,,,,", "area", CensusFault::BeyondScope),
        ("甲,外街,,,,", "area", CensusFault::AreaUnknown),
        ("甲,青洲社区,巨型,,,", "size_class", CensusFault::WordUnknown),
        ("甲,青洲社区,,许多,,", "headcount", CensusFault::NumberForm),
        ("甲,青洲社区,,-1,,", "headcount", CensusFault::NumberForm),
        ("甲,青洲社区,,,找老板,", "contact_phone", CensusFault::PhoneForm),
        ("甲,青洲社区,,,,昨天", "found_on", CensusFault::DateForm),
        ("甲,青洲社区,,,,2020-03-09", "found_on", CensusFault::DateFuture),
        ("乙,青洲社区,,,,", "", CensusFault::Repeated),
        ("乙,青洲社区,,,,", "name", CensusFault::Repeated),
    ];
    let text: String = rows.iter().map(|it| format!("{}\n", it.0)).collect();
    let (good, refused) = sorted(&format!("名称,社区,规模,人数,电话,日期\n{text}"));
    assert_eq!(good.len(), 1);
    let said: Vec<_> = refused.iter().map(|it| (it.column.as_str(), it.fault)).collect();
    let expected: Vec<_> = rows.iter().filter(|it| !it.1.is_empty()).map(|it| (it.1, it.2)).collect();
    assert_eq!(said, expected);
}

#[test]
fn a_file_without_its_columns_says_which() {
    for (file, column) in [("社区,地址\n青洲社区,x\n", "name"), ("名称,地址\n甲,x\n", "area")] {
        assert!(matches!(read(file.as_bytes()), Err(SheetFault::Column(it)) if it == column), "{file}");
    }
}

#[test]
fn refused_rows_go_back_with_their_reason() {
    let read = read("名称,社区,负责楼长\n甲,月亮社区,王某\n".as_bytes()).expect("a table");
    let (_, refused) = read.sorted(&areas(), NOW);
    let back = String::from_utf8(read.refused_file(&refused, Lang::Zh).expect("a file")).expect("text");
    assert!(back.contains("甲,月亮社区,王某,社区/网格,没有这个社区或网格，请填代码或全称"), "{back}");
}
