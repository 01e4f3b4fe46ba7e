//! Files of a course beside its film: questions from a spreadsheet, captions.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{Ask, STREET, Session, World, area_grant, id};
use crate::training::{PDF, draft, film, made, my, part, place, published, uploaded, version};

/// A write of a file, under a key of its own unless another one is given.
fn file(world: &World, by: &Session, (method, path): (&'static str, &str), file: &[u8]) -> Ask {
    let mut ask = Ask::new(method, path).by(by).key(&format!("file-key-{}", world.next()));
    (ask.content_type, ask.body) = ("application/octet-stream", file.to_vec());
    ask
}

on_both_engines! {
    async fn questions_come_from_a_spreadsheet(world: World) {
        let it = place(&world).await;
        let course = made(&world, &it.manager, json!({ "enterprise_id": it.enterprise }), draft("岗前培训", 4)).await;
        let seen = version(&world, &it.manager, &course).await;
        let rows = [
            vec!["答案", "题目", "选项A", "选项 B", "选项C", "备注"], vec!["A", "四？", "对", "错", "", "=1+1"],
            vec!["a、c", "五？", "一", "二", "三", ""], vec!["D", "六？", "对", "错", "", "六"], vec!["A", "一？", "对", "错", "不知道", ""],
        ];
        let book = tables::workbook("题库", rows.clone()).unwrap();
        let path = |version: i64, dry: bool| format!("/api/v1/courses/{course}/questions/import?version={version}&dry_run={dry}&lang=zh");
        let sent = |bytes: &[u8], version: i64, dry: bool| file(&world, &it.manager, ("POST", &path(version, dry)), bytes);
        let dry = world.send(sent(&book, seen, true)).await.ok();
        assert_eq!((&dry["rows"], &dry["added"], &dry["bank_count"], &dry["version"]), (&json!(4), &json!(2), &json!(5), &json!(seen)));
        assert_eq!(dry["refused"], json!([
            { "line": 4, "column": "正确答案", "fault": "answer", "text": "六？" },
            { "line": 5, "column": "题目", "fault": "repeated", "text": "一？" },
        ]));
        assert_eq!(world.get(&it.manager, &format!("/courses/{course}")).await.ok()["bank_count"], 3, "nothing has changed");
        let key = "00000000-0000-4000-8000-000000000077";
        let landed = world.send(sent(&book, seen, false).key(key)).await.ok();
        assert_eq!(world.send(sent(&book, seen, false).key(key)).await.ok(), landed, "sent twice, done once");
        assert_eq!((&landed["added"], &landed["version"]), (&json!(2), &json!(seen + 1)));
        let bank = world.get(&it.manager, &format!("/courses/{course}/questions")).await.ok();
        let texts: Vec<&str> = bank["questions"].as_array().unwrap().iter().map(|it| it["text"].as_str().unwrap()).collect();
        assert_eq!(texts, ["一？", "二？", "三？", "四？", "五？"]);
        assert_eq!(bank["questions"][4], json!({ "text": "五？", "options": ["一", "二", "三"], "correct": [0, 2] }));
        // The refused rows come back as the workbook that they were in, with the reason.
        let refused = &landed["refused_file"];
        assert_eq!(refused["file_name"], "questions-refused.xlsx");
        let back = STANDARD.decode(refused["content"].as_str().unwrap()).unwrap();
        let mut lines = Vec::new();
        tables::for_each_row(std::io::Cursor::new(&back), tables::Form::Xlsx, 0, |row| {
            lines.push(row.cells.iter().map(|it| it.text().into_owned()).collect::<Vec<_>>());
            std::ops::ControlFlow::Continue(())
        }).unwrap();
        assert_eq!(lines[0], ["答案", "题目", "选项A", "选项 B", "选项C", "备注", "出错的列", "原因和处理办法"]);
        assert_eq!(lines[1][..4], ["D", "六？", "对", "错"]);
        assert_eq!(lines[1][6..], ["正确答案", "答案不是已有选项的字母，请填 A、B 这样的字母"]);
        // Put right it goes in; somebody else's version, a published course and what is no table do not.
        let csv = "question,answer,options\n六？,B,\"A. 对\nB. 错\"\n";
        world.send(sent(csv.as_bytes(), seen, false)).await.refused(409, "state", None);
        assert_eq!(world.send(sent(csv.as_bytes(), seen + 1, false)).await.ok()["refused_file"], Value::Null);
        let missing = world.send(sent("姓名\n林\n".as_bytes(), seen + 2, true)).await.refused(422, "column_missing", Some("file"));
        assert_eq!(missing["params"]["column"], "question");
        world.send(sent(b"PK\x03\x04 no book", seen + 2, true)).await.refused(422, "file_form", Some("file"));
        let many: String = (0..1_001).map(|it| format!("第{it}题,A,对|错\n")).collect();
        let many = format!("question,answer,options\n{many}");
        world.send(sent(many.as_bytes(), seen + 2, true)).await.refused(422, "bank_full", Some("questions"));
        let auditor = world.account(access::Role::Auditor, &[area_grant(STREET)]).await;
        let acts = world.get(&auditor, "/audit?act=course.changed").await.ok();
        let told = |it: &Value| (it["detail"]["added"].clone(), it["detail"]["refused"].clone());
        assert!(acts["items"].as_array().unwrap().iter().map(told).any(|it| it == (json!(2), json!(2))), "{acts}");
        let blank = world.get(&it.manager, "/courses/question-template?lang=en").await;
        assert!(blank.bytes.starts_with(b"PK"), "{}", blank.status);
        let done = published(&world, &it.manager, json!({ "enterprise_id": it.enterprise }), "定稿", 1).await;
        let (at, of) = (version(&world, &it.manager, &done).await, format!("/api/v1/courses/{done}/questions/import"));
        for dry in [true, false] {
            let ask = file(&world, &it.manager, ("POST", &format!("{of}?version={at}&dry_run={dry}")), csv.as_bytes());
            world.send(ask).await.refused(409, "state", None);
        }
    }

    async fn a_film_has_captions(world: World) {
        let it = place(&world).await;
        let course = made(&world, &it.health, json!({ "area_code": STREET }), draft("返岗须知", 1)).await;
        let captions = |lang: &str| format!("/api/v1/courses/{course}/captions?lang={lang}&file_name=%E5%AD%97%E5%B9%95.vtt");
        let put = |lang: &str, text: &str| file(&world, &it.health, ("PUT", &captions(lang)), text.as_bytes());
        let zh = "WEBVTT\r\n\r\nNOTE 校对\r\n\r\n00:00.000 --> 00:02.000\r\n每天量体温\r\n";
        world.send(put("zh", zh)).await.refused(409, "state", None);
        uploaded(&world, &it.health, &course, &film(30, 1_500_000)).await;
        let key = "00000000-0000-4000-8000-000000000078";
        let view = world.send(put("zh", zh).key(key)).await.ok();
        assert_eq!((&view["captions"][0]["lang"], &view["captions"][0]["file_name"]), (&json!("zh"), &json!("字幕.vtt")));
        assert_eq!(world.send(put("zh", zh).key(key)).await.ok(), view, "sent twice, done once");
        for (text, code, line) in [
            ("WEBVTT\n\n00:00.000 --> 00:02.000\n<b>一</b>\n", "caption_markup", "4"), ("1\n00:00:00,000 --> 00:00:02,000\n一\n", "caption_form", "1"),
        ] {
            assert_eq!(world.send(put("zh", text)).await.refused(422, code, Some("file"))["params"]["line"], line);
        }
        let large = format!("{zh}\n00:03.000 --> 00:04.000\n{}\n", "长".repeat(400_000));
        world.send(put("zh", &large)).await.refused(413, "too_large", None);
        world.send(file(&world, &it.manager, ("PUT", &captions("zh")), zh.as_bytes())).await.refused(404, "not_found", None);
        world.send(put("en", "WEBVTT\n\n00:00.000 --> 00:02.000\nMeasure\n")).await.ok();
        let seen = version(&world, &it.health, &course).await;
        world.post(&it.health, &format!("/courses/{course}/publish"), json!({ "version": seen })).await.ok();
        // Beside the film, for whoever may see it; put right and removed also after it was published.
        assert_eq!(my(&world, &it, &course).await["captions"], json!(["zh", "en"]));
        let mine = world.my_get(&it.me, &format!("/me/courses/{course}/captions/zh")).await;
        assert_eq!((mine.status, mine.text.as_str()), (200, "WEBVTT\n\n00:00.000 --> 00:02.000\n每天量体温\n"));
        assert_eq!(mine.headers["content-type"], "text/vtt; charset=utf-8");
        world.my_get(&it.me, &format!("/me/courses/{course}/captions/fr")).await.refused(404, "not_found", None);
        world.send(put("en", "WEBVTT\n\n00:00.000 --> 00:02.000\nEvery day\n")).await.ok();
        assert!(world.get(&it.manager, &format!("/courses/{course}/captions/en")).await.text.ends_with("Every day\n"));
        let removed = || file(&world, &it.health, ("DELETE", &captions("en")), b"");
        assert_eq!(world.send(removed()).await.ok()["captions"].as_array().unwrap().len(), 1);
        world.send(removed()).await.refused(404, "not_found", None);
        let auditor = world.account(access::Role::Auditor, &[area_grant(STREET)]).await;
        for act in ["course.captioned", "course.caption_removed"] {
            assert_ne!(world.get(&auditor, &format!("/audit?act={act}")).await.ok()["items"], json!([]), "{act}");
        }
        // A copy has the same film and so its captions; another film has none.
        let copy = world.post(&it.health, &format!("/courses/{course}/copy"), json!({})).await.expect(201);
        assert_eq!(copy["captions"][0]["lang"], "zh");
        let said = json!({ "kind": "document", "file_name": "a.pdf", "byte_count": PDF.len(), "page_count": 1, "seconds_per_page": 10 });
        let media = id(&world.post(&it.health, &format!("/courses/{}/media", id(&copy)), said).await.expect(201));
        part(&world, &it.health, &id(&copy), &media, 0, PDF).await.ok();
        assert_eq!(world.get(&it.health, &format!("/courses/{}", id(&copy))).await.ok()["captions"], json!([]));
        // Retired, nothing changes any more.
        let seen = version(&world, &it.health, &course).await;
        world.post(&it.health, &format!("/courses/{course}/retire"), json!({ "version": seen })).await.ok();
        world.send(put("zh", zh)).await.refused(409, "state", None);
    }
}
