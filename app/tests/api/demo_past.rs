//! The days before a demo: lived through the API on a clock of the day, added up as real ones are, and kept when the real clock goes on.

use std::net::SocketAddr;
use std::sync::Arc;

use app::demo::district::{Size, generate};
use app::demo::live_past;
use db::{Read as _, query};
use kernel::time::DAY;
use kernel::{Clock as _, Instant64, SystemClock};

const DAYS: i64 = 6;

db::row! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    struct DayRow {
        day: String,
        enterprises: i64,
        enterprises_open: i64,
        reports_due: i64,
        reports_filed: i64,
        electricity_kwh: i64,
    }
}

async fn days(platform: &http_api::Platform) -> Vec<DayRow> {
    let text = "select day, enterprises, enterprises_open, reports_due, reports_filed, electricity_kwh from statistic_sum \
        where area_code = '999999' and industry_section = '*' and size_class = '*' order by day";
    platform.db.reader().all(query(text)).await.unwrap()
}

async fn today(
    config: &app::config::Config,
    data: &std::path::Path,
    clock: kernel::time::SharedClock,
) -> http_api::Platform {
    app::wire::platform(config, data, clock).await.unwrap().platform
}

#[tokio::test(flavor = "multi_thread")]
async fn days_before_a_demo_are_lived_and_then_stay_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
    app::config::create(data, app::config::Listen { http: nowhere, devices: nowhere, metrics: None }, "warn").unwrap();
    let config = app::config::Config::load(data).unwrap();
    let district = generate(Size::Small, 7, SystemClock.now());
    live_past(&config, data, &district, 7, DAYS).await.unwrap();

    let platform = today(&config, data, Arc::new(SystemClock)).await;
    let lived = days(&platform).await;
    let ago = |back: i64| SystemClock.now().plus(-back * DAY).local_date();
    let names: Vec<&str> = lived.iter().map(|it| it.day.as_str()).collect();
    assert_eq!(names, (1..=DAYS).rev().map(ago).collect::<Vec<_>>(), "each day, and not today");
    let n = i64::try_from(district.enterprises.len()).unwrap();
    assert!(lived.iter().all(|it| it.enterprises == n && it.enterprises_open <= n), "{lived:?}");
    assert!(
        lived.windows(2).all(|it| it[0].enterprises_open <= it[1].enterprises_open)
            && lived[0].enterprises_open < lived.last().unwrap().enterprises_open,
        "they open one by one: {lived:?}"
    );
    assert!(
        lived.iter().all(|it| 0 < it.reports_due && it.reports_filed <= it.reports_due)
            && lived.iter().any(|it| 0 < it.reports_filed),
        "and report: {lived:?}"
    );
    assert!(lived.iter().all(|it| 0 < it.electricity_kwh), "by the light of their lamps: {lived:?}");
    // The records say when: nothing is dated today.
    let first: i64 = platform.db.reader().find(query("select max(at) from audit_entry")).await.unwrap().unwrap();
    assert!(Instant64::from_micros(first).local_date() < ago(0));

    // The real clock goes on: today is added, and the days before it are as they were.
    command::compute(&platform).await.unwrap();
    let after = days(&platform).await;
    assert_eq!(after[..lived.len()], lived[..]);
    assert_eq!((after.len(), &after.last().unwrap().day), (lived.len() + 1, &ago(0)));
    platform.db.close().await;

    // A start that was cut off goes on where it was: everything is lived.
    live_past(&config, data, &district, 7, DAYS).await.unwrap();
    let platform = today(&config, data, Arc::new(SystemClock)).await;
    assert_eq!(days(&platform).await, after);
}
