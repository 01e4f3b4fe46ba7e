//! The risk of areas from a file: its consequences are shown, and it lands as it is set by hand.

use access::Role;
use serde_json::{Value, json};

use crate::list_imports::{faults, sums};
use crate::on_both_engines;
use crate::support::{DISTRICT, GRID, OTHER_STREET, STREET, World, area_grant};

const HEADINGS: &str = "区域代码,区域,风险等级\n";

async fn sent(world: &World, query: &str, rows: &str) -> Value {
    world.post_csv(&world.command, &format!("/area-risks/content?{query}"), &format!("{HEADINGS}{rows}")).await.ok()
}

async fn levels(world: &World) -> Vec<(String, String)> {
    let set = world.get(&world.command, "/area-risks").await.ok();
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    set["items"].as_array().unwrap().iter().map(|it| (text(&it["area_code"]), text(&it["level"]))).collect()
}

on_both_engines! {
    async fn levels_are_tried_with_what_follows_and_land_as_by_hand(world: World) {
        world.post(&world.command, "/area-risks", json!({ "area_code": DISTRICT, "level": "medium" })).await.ok();
        let rows = format!("{STREET},,高风险\n{GRID},,低\n");
        let tried = sent(&world, "dry_run=true", &rows).await;
        assert_eq!(sums(&tried), [2, 2, 0, 0, 0], "{tried}");
        let below = world.get(&world.command, &format!("/areas/count?search={STREET}")).await.ok()["count"].clone();
        let follow = (below.as_i64().unwrap() - 2).to_string();
        let fields = json!([
            { "column": "level", "from": "medium", "to": "high" }, { "column": "followers", "from": "", "to": follow },
        ]);
        assert_eq!(tried["changes"][0]["fields"], fields, "the street itself and the grid do not follow");
        assert_eq!(levels(&world).await.len(), 1, "nothing was written");
        assert_eq!(sums(&sent(&world, "", &rows).await), [2, 2, 0, 0, 0]);
        let set = [(DISTRICT, "medium"), (STREET, "high"), (GRID, "low")];
        assert_eq!(levels(&world).await, set.map(|(area, level)| (area.to_owned(), level.to_owned())));
        let changed = sent(&world, "", &format!("{STREET},,中\n{GRID},,low\n")).await;
        assert_eq!(sums(&changed), [2, 0, 1, 1, 0], "{changed}");
        for (lang, format) in [("zh", "csv"), ("en", "xlsx")] {
            let path = format!("/area-risks/export?lang={lang}&format={format}");
            let exported = world.get(&world.command, &path).await.bytes;
            let key = format!("test-key-{}", world.next());
            let back = world.post_file(&world.command, "/area-risks/content", &key, &exported).await.ok();
            assert_eq!(sums(&back), [3, 0, 0, 3, 0], "what leaves comes back: {back}");
        }
        let auditor = world.account(Role::Auditor, &[area_grant(DISTRICT)]).await;
        let marks = world.get(&auditor, "/audit?act=area.risk").await.ok();
        assert_eq!(marks["items"].as_array().unwrap().len(), 4, "as by hand");
    }

    async fn levels_that_nobody_may_set_go_back(world: World) {
        let mine = world.account(Role::Command, &[area_grant(STREET)]).await;
        let rows = format!("{HEADINGS}{STREET},,严重\n{STREET},,\n999998,,高\n,,高\n{OTHER_STREET},,高\n{STREET},,高\n{STREET},,中\n");
        let report = world.post_csv(&mine, "/area-risks/content", &rows).await.ok();
        let expected = [
            (2, "level", "level_unknown"), (3, "level", "required"), (4, "area_code", "area_unknown"),
            (5, "area_code", "required"), (6, "area_code", "beyond_scope"), (8, "area_code", "repeated"),
        ];
        assert_eq!(faults(&report), expected.map(|(line, column, fault)| (line, column.to_owned(), fault.to_owned())));
        assert_eq!(sums(&report), [7, 1, 0, 0, 6], "good rows land");
        assert_eq!(world.post_csv(&world.admin, "/area-risks/content", HEADINGS).await.status, 403);
    }
}
