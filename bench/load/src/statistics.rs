//! Fills the aggregates of a district and times what the page of statistics asks, and an export.

use std::time::Instant;

use anyhow::Context;
use db::{Db, DbConfig, Read, Tx, query};
use kernel::time::DAY;
use kernel::{Clock, Instant64, SystemClock};
use serde_json::json;
use tempfile::TempDir;

use crate::StatisticsArgs;
use crate::grow::{number, text};
use crate::reads::time;
use crate::ready::Ready;
use crate::report::{print_reads, say};
use crate::server::{self, Process, start_demo};
use crate::session::Session;
use crate::usage::{machine, rss_mb};
use crate::wire::Wire;

const STREETS: i64 = 20;
const COMMUNITIES: i64 = 15;
const SECTIONS: &str = "ABCDEFGHIJKLMNOPQRST";
const SIZES: [&str; 4] = ["above_scale", "above_quota", "below_scale", "micro"];
/// Pieces of an export between two looks at the server's memory.
const LOOKED_AT: usize = 64;

/// Two enterprises a group, a million people in all.
const FIRST: &str = "insert into statistic_day (day, area_code, industry_section, size_class, enterprises, enterprises_open, \
    headcount, headcount_open, reports_due, reports_filed, planned, on_duty, from_affected, abnormal, isolated, \
    electricity_enterprises, electricity_kwh, electricity_baseline_kwh) values {rows}";
const NEXT: &str = "insert into statistic_day select :to, area_code, industry_section, size_class, enterprises, \
    enterprises_open, headcount, headcount_open, reports_due, reports_filed, planned, on_duty, from_affected, abnormal, isolated, \
    electricity_enterprises, electricity_kwh + length(:to), electricity_baseline_kwh from statistic_day where day = :from";
const SUMS: &str = "insert into statistic_sum select substr(area_code, 1, cast(:length as integer)), {section}, {size}, day, \
    cast(sum(enterprises) as bigint), cast(sum(enterprises_open) as bigint), cast(sum(headcount) as bigint), \
    cast(sum(headcount_open) as bigint), cast(sum(reports_due) as bigint), cast(sum(reports_filed) as bigint), \
    cast(sum(planned) as bigint), cast(sum(on_duty) as bigint), cast(sum(from_affected) as bigint), \
    cast(sum(abnormal) as bigint), cast(sum(isolated) as bigint), cast(sum(electricity_enterprises) as bigint), \
    cast(sum(electricity_kwh) as bigint), cast(sum(electricity_baseline_kwh) as bigint) \
    from statistic_day where day = :day group by 1, 2, 3, 4";
const APPLICATIONS: &str = "insert into statistic_application select day, area_code, industry_section, size_class, \
    1, 1, 0, 0, 1, 0, 0, 1, 1, 1, 1 from statistic_day where day = :day and industry_section = 'C'";
const WAITS: &str = "insert into statistic_wait select day, area_code, industry_section, size_class, {wait}, \
    1 + (electricity_kwh % 48), 1 from statistic_day where day = :day and industry_section = 'C'";
const STATE: &str = "insert into statistic_state (day, computed_at, closed) values (:day, :now, true)";
const AREA: &str = "insert into area (code, name, name_key, kind, parent_code, valid_from) values {rows} \
    on conflict (code) do nothing";
const CLEAR: [&str; 4] = [
    "delete from statistic_day where day < :today",
    "delete from statistic_sum where day < :today",
    "delete from statistic_application where day < :today",
    "delete from statistic_state where day < :today",
];
const DISTRICT: &str = "select code from area where kind = 'district' order by code limit 1";

/// `load statistics`: SQLite, or PostgreSQL when FUGONG_BENCH_PG_URL is set.
pub(crate) async fn run(args: &StatisticsArgs) -> anyhow::Result<()> {
    let binary = server::binary()?;
    let url = server::database_url();
    let folder = TempDir::new()?;
    let engine = if url.is_some() { "postgres" } else { "sqlite" };
    say(&format!("- {}\n- {}, {engine}\n", machine(), server::version(&binary).await));
    let (server, ready) = start_demo(&binary, folder.path(), "small", url.as_deref()).await?;
    let at = url.unwrap_or_else(|| format!("sqlite:{}", folder.path().join("data/fugong.db").display()));
    let outcome = measure(args, &server, &ready, &at).await;
    server.stop().await?;
    outcome
}

async fn measure(args: &StatisticsArgs, server: &Process, ready: &Ready, url: &str) -> anyhow::Result<()> {
    let began = Instant::now();
    let (street, rows) = fill(url, args.days).await?;
    say(&format!("- {rows} rows of {} days in {:.0} s\n", args.days, began.elapsed().as_secs_f64()));
    let session = Session::sign_in(&ready.base_url, ready.account("command")?).await?;
    let mut measured = Vec::new();
    for (what, path) in [
        ("days", "/statistics/days?".to_owned()),
        ("days of 60", format!("/statistics/days?from={}", SystemClock.now().plus(-59 * DAY).local_date())),
        ("days of a street and section", format!("/statistics/days?area={street}&industry=C")),
        ("table by area", "/statistics/table?".to_owned()),
        ("table by area, industry, size", "/statistics/table?by=area,industry,size".to_owned()),
        ("table by industry and day", "/statistics/table?by=industry,day".to_owned()),
        ("applications", "/statistics/applications?".to_owned()),
        ("supplies", "/statistics/supplies?".to_owned()),
    ] {
        // Of a day that was filled: today is the demo's own.
        let yesterday = SystemClock.now().plus(-DAY).local_date();
        let path = [format!("{path}&until={yesterday}")];
        let mut wire = Wire::open(&ready.users_address()).await?;
        measured.push((what.to_owned(), time(&mut wire, &session, &path, args.reads).await?));
    }
    print_reads(&measured);
    say("\n| export | rows | MB | s | rows/s | RSS MB before | most |\n|---|--:|--:|--:|--:|--:|--:|");
    for format in ["csv", "parquet", "xlsx"] {
        export(&session, server, format, args.days).await?;
    }
    Ok(())
}

async fn export(session: &Session, server: &Process, format: &str, days: i64) -> anyhow::Result<()> {
    let (before, began) = (rss_mb(server.pid()), Instant::now());
    let from = SystemClock.now().plus(-days * DAY).local_date();
    let ask = json!({ "format": format, "lang": "en", "filters": { "from": from } });
    let made = session.post_json("/statistics/exports", &ask).await?;
    let path = format!("/statistics/exports/{}", text(&made, "id"));
    let mut file = session.open(&format!("{path}/content")).await?;
    let (mut bytes, mut pieces, mut most) = (0_usize, 0_usize, before);
    while let Some(piece) = file.chunk().await? {
        bytes += piece.len();
        pieces += 1;
        if pieces % LOOKED_AT == 0 {
            most = most.max(rss_mb(server.pid()));
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    let rows = number(&session.get(&path).await?, "rows_done");
    let count = |it: u64| u32::try_from(it).map_or(f64::INFINITY, f64::from);
    let megabytes = count(u64::try_from(bytes / 1024).unwrap_or(u64::MAX)) / 1024.0;
    say(&format!(
        "| {format} | {rows} | {megabytes:.0} | {seconds:.1} | {:.0} | {before} | {most} |",
        count(rows) / seconds
    ));
    Ok(())
}

/// Fills the days before today; a street, and how many rows were written.
async fn fill(url: &str, days: i64) -> anyhow::Result<(String, u64)> {
    let db = Db::open(&DbConfig::new(url.to_owned())).await?;
    let district: String = db.reader().find(query(DISTRICT)).await?.context("the demo has no district")?;
    let now = SystemClock.now();
    let mut tx = db.begin().await?;
    for text in CLEAR {
        tx.run(query(text).bind("today", now.local_date())).await?;
    }
    areas(&mut tx, &district, now).await?;
    let first = now.plus(-DAY).local_date();
    let mut rows = tx.insert(FIRST, groups(&district, &first)).await?;
    tx.commit().await?;
    for ago in 1..=days {
        let day = now.plus(-ago * DAY).local_date();
        let mut tx = db.begin().await?;
        if ago != 1 {
            rows += tx.run(query(NEXT).bind("from", first.as_str()).bind("to", day.as_str())).await?;
        }
        rows += of_day(&mut tx, &day, now).await?;
        tx.commit().await?;
    }
    db.close().await;
    Ok((format!("{district}101"), rows))
}

async fn of_day(tx: &mut Tx, day: &str, now: Instant64) -> anyhow::Result<u64> {
    let mut rows = 0;
    for length in [2_i64, 4, 6, 9, 12] {
        for section in ["industry_section", "'*'"] {
            for size in ["size_class", "'*'"] {
                let sum =
                    query(SUMS).bind("length", length).bind("day", day).part("section", section).part("size", size);
                rows += tx.run(sum).await?;
            }
        }
    }
    rows += tx.run(query(APPLICATIONS).bind("day", day)).await?;
    for wait in ["'reply'", "'decision'"] {
        rows += tx.run(query(WAITS).bind("day", day).part("wait", wait)).await?;
    }
    tx.run(query(STATE).bind("day", day).bind("now", now)).await?;
    Ok(rows)
}

async fn areas(tx: &mut Tx, district: &str, now: Instant64) -> anyhow::Result<()> {
    let area = |code: String, kind: &str, parent: String| {
        vec![code.as_str().into(), code.as_str().into(), code.as_str().into(), kind.into(), parent.into(), now.into()]
    };
    let mut rows = Vec::new();
    for street in 101..=100 + STREETS {
        rows.push(area(format!("{district}{street}"), "street", district.to_owned()));
    }
    for street in 101..=100 + STREETS {
        for community in 101..=100 + COMMUNITIES {
            rows.push(area(format!("{district}{street}{community}"), "community", format!("{district}{street}")));
        }
    }
    tx.insert(AREA, rows).await?;
    Ok(())
}

fn groups(district: &str, day: &str) -> Vec<Vec<db::Value>> {
    let mut rows = Vec::new();
    for (n, place) in (0..STREETS * COMMUNITIES).enumerate() {
        let (street, community) = (101 + place / COMMUNITIES, 101 + place % COMMUNITIES);
        let area = format!("{district}{street}{community}");
        for section in SECTIONS.chars() {
            for size in SIZES {
                let kwh = 900 + i64::try_from(n).unwrap_or(0);
                let counts = [2, 1, 42, 21, 1, 1, 20, 18, 1, 0, 1, 2, kwh, 1_200];
                let key = [day.into(), area.as_str().into(), section.to_string().into(), size.into()];
                rows.push(key.into_iter().chain(counts.map(db::Value::from)).collect());
            }
        }
    }
    rows
}
