//! Officers from a file: who is new is invited, and his link is told once.

use access::Role;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::list_imports::{faults, sums};
use crate::on_both_engines;
use crate::support::{Ask, DISTRICT, GRID, OTHER_GRID, OTHER_STREET, STREET, Session, World, area_grant};

const HEADINGS: &str = "序号,登录名,姓名,区域代码,角色\n";

async fn sent(world: &World, who: &Session, query: &str, rows: &str) -> Value {
    world.post_csv(who, &format!("/officers/content?{query}"), &format!("{HEADINGS}{rows}")).await.ok()
}

/// The rows of a file inside an answer, without its headings.
fn rows_of(file: &Value) -> Vec<Vec<String>> {
    let bytes = STANDARD.decode(file["content"].as_str().unwrap()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let cells = |line: &str| line.split(',').map(str::to_owned).collect();
    text.lines().skip(1).map(cells).collect()
}

async fn account(world: &World, login: &str) -> Value {
    world.get(&world.admin, &format!("/accounts?search={login}")).await.ok()["items"][0].clone()
}

async fn marks(world: &World, act: &str) -> Vec<Value> {
    let auditor = world.account(Role::Auditor, &[area_grant(DISTRICT)]).await;
    let audit = world.get(&auditor, &format!("/audit?act={act}")).await.ok();
    audit["items"].as_array().unwrap().clone()
}

on_both_engines! {
    async fn who_is_new_is_invited_and_his_link_is_told_once(world: World) {
        let rows = format!("1,Lin.Min,林敏,{STREET},专员\n2,chen.hai,陈海,{GRID}、{OTHER_GRID},\n");
        let tried = sent(&world, &world.admin, "dry_run=true", &rows).await;
        assert_eq!((sums(&tried), &tried["told_file"]), ([2, 2, 0, 0, 0], &Value::Null), "{tried}");
        assert_eq!(account(&world, "lin.min").await, Value::Null, "nothing was written");
        let file = format!("{HEADINGS}{rows}");
        let path = "/officers/content?dry_run=false&origin=https%3A%2F%2Ffugong.example";
        let land = || world.post_file(&world.admin, path, "test-key-of-officers", file.as_bytes());
        let landed = land().await.ok();
        assert_eq!(sums(&landed), [2, 2, 0, 0, 0], "{landed}");
        assert_eq!(landed["told_file"]["file_name"], "officers-links.csv");
        let told = rows_of(&landed["told_file"]);
        assert_eq!(told.iter().map(|it| it[1].as_str()).collect::<Vec<_>>(), ["Lin.Min", "chen.hai"]);
        let again = land().await.ok();
        assert_eq!((sums(&again), &again["told_file"]), ([2, 2, 0, 0, 0], &Value::Null), "links are told once");
        for (row, login) in told.iter().zip(["lin.min", "chen.hai"]) {
            let token = row[5].strip_prefix("https://fugong.example/invite/").unwrap();
            let link = world.send(Ask::new("GET", &format!("/api/v1/invitations/{token}"))).await.ok();
            assert_eq!((&link["login"], &link["needs_pin"]), (&json!(login), &json!(false)));
        }
        let known = account(&world, "chen.hai").await;
        assert_eq!((&known["role"], &known["display_name"]), (&json!("officer"), &json!("陈海")));
        let values: Vec<&Value> = known["grants"].as_array().unwrap().iter().map(|it| &it["value"]).collect();
        assert_eq!(values, [&json!(GRID), &json!(OTHER_GRID)]);
        assert_eq!(marks(&world, "account.created").await.len(), 2, "as by hand");
        assert_eq!(marks(&world, "list.imported").await.iter().filter(|it| it["subject"] == "officers").count(), 1);
        let unchanged = sent(&world, &world.admin, "", &rows).await;
        assert_eq!((sums(&unchanged), &unchanged["told_file"]), ([2, 0, 0, 2, 0], &Value::Null), "twice is once");
        let wrong = world.post_csv(&world.admin, "/officers/content?origin=javascript:alert(1)", &file).await;
        wrong.refused(422, "invalid", Some("origin"));
    }

    async fn who_is_known_is_changed_as_by_hand(world: World) {
        sent(&world, &world.admin, "", &format!("1,lin.min,林敏,{STREET},\n2,chen.hai,陈海,{GRID},\n")).await;
        let rows = format!("1,lin.min,林敏敏,,\n2,chen.hai,,{OTHER_GRID},\n");
        let report = sent(&world, &world.admin, "", &rows).await;
        assert_eq!((sums(&report), &report["told_file"]), ([2, 0, 2, 0, 0], &Value::Null), "{report}");
        let first = &report["changes"][0];
        assert_eq!(first["fields"], json!([{ "column": "display_name", "from": "林敏", "to": "林敏敏" }]));
        assert_eq!((&report["changes"][1]["fields"][0]["column"], sums(&report)[2]), (&json!("area"), 2));
        assert_eq!(account(&world, "chen.hai").await["grants"][0]["value"], OTHER_GRID);
        assert_eq!(account(&world, "lin.min").await["grants"][0]["value"], STREET, "an empty cell leaves what is known");
        assert_eq!(marks(&world, "account.changed").await.len(), 2);
        for (list, who) in [("accounts", &world.admin), ("officers", &world.command)] {
            for lang in ["zh", "en"] {
                let path = format!("/{list}/export?lang={lang}&format=xlsx&role=officer");
                let exported = world.get(who, &path).await.bytes;
                let key = format!("test-key-{}", world.next());
                let back = world.post_file(&world.admin, "/officers/content?dry_run=true", &key, &exported).await.ok();
                assert_eq!(sums(&back), [2, 0, 0, 2, 0], "what leaves comes back: {list} {back}");
            }
        }
    }

    async fn rows_go_back_with_their_reasons(world: World) {
        let elsewhere = world.account(Role::Administrator, &[area_grant(OTHER_STREET)]).await;
        sent(&world, &world.admin, "", &format!("1,lin.min,林敏,{STREET},\n")).await;
        let mixed = json!({
            "login": "mixed.one", "display_name": "两处", "role": "officer", "grants": [
                { "kind": "area", "value": GRID }, { "kind": "site", "value": world.open_site("江滨电子", GRID).await.1 },
            ],
        });
        world.post(&world.admin, "/accounts", mixed).await.expect(201);
        let rows = format!(
            "1,林敏,林敏,{STREET},\n2,new.one,,{STREET},\n3,new.one,新人,,\n4,new.two,新人,999,\n5,new.two,新人,{STREET},管理员\n\
             6,{},新人,{STREET},\n7,mixed.one,,{STREET},\n8,new.three,新人,{STREET},\n9,NEW.three,新人,{STREET},\n",
            world.command.login
        );
        let tried = sent(&world, &world.admin, "", &rows).await;
        let expected = [
            (2, "login", "login_form"), (3, "display_name", "required"), (4, "login", "repeated"),
            (5, "area_code", "area_unknown"), (6, "role", "role_other"), (7, "login", "login_taken"),
            (8, "area_code", "reach_by_hand"), (10, "login", "repeated"),
        ];
        assert_eq!(faults(&tried), expected.map(|(line, column, fault)| (line, column.to_owned(), fault.to_owned())));
        assert_eq!(sums(&tried), [9, 1, 0, 0, 8]);
        assert_eq!(rows_of(&tried["told_file"]).len(), 1, "good rows land");
        let far = format!("1,lin.min,别人,{OTHER_STREET},\n2,far.away,远方,{STREET},\n");
        let beyond: Vec<_> = faults(&sent(&world, &elsewhere, "", &far).await).into_iter().map(|it| it.2).collect();
        assert_eq!(beyond, ["login_taken", "beyond_scope"], "nobody grants beyond his own area");
        assert_eq!(world.post_csv(&world.command, "/officers/content", HEADINGS).await.status, 403);
    }
}
