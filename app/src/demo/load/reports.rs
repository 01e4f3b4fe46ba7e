//! Days that were reported, and electricity: as enterprises and the power company send them.

use std::ops::RangeInclusive;
use std::sync::Arc;

use kernel::time::DAY;
use kernel::{Clock, Instant64, SystemClock};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{parallel::in_parallel, progress};
use crate::demo::api::{Api, Payload};
use crate::demo::dice::Dice;
use crate::demo::district::District;

/// As far back as reports are taken.
const DAYS: i64 = 3;
/// Days of electricity.
const METERED: i64 = 21;
/// Of a thousand units so many say nothing of today yet.
const SILENT: u32 = 180;

#[derive(Deserialize)]
pub(super) struct DutyRow {
    id: String,
    enterprise_id: String,
    last_day: Option<String>,
}

#[derive(Deserialize)]
struct Landed {
    days: usize,
}

/// Reports of the last days, and of today by most: whose account the demo shows has today's still before her.
pub(super) async fn reports(
    roster: &Arc<Api>,
    command: &Api,
    district: &District,
    enterprises: &[String],
) -> anyhow::Result<()> {
    let now = SystemClock.now();
    let mut filed = 0;
    for back in (0..=DAYS).rev() {
        let shown = enterprises.first();
        let silent = |it: &DutyRow| back == 0 && Some(&it.enterprise_id) == shown;
        filed += of_day(roster, now.plus(-back * DAY), back, silent).await?;
    }
    progress(filed, "daily reports");
    let landed = metered(command, district, now, 1..=METERED).await?;
    progress(landed, "days of electricity");
    Ok(())
}

/// The power company's table of these days, in days before `now`; how many rows of it were new or other ones.
pub(super) async fn metered(
    command: &Api,
    district: &District,
    now: Instant64,
    back: RangeInclusive<i64>,
) -> anyhow::Result<usize> {
    let table = Payload::Csv(meters(district, now, back));
    Ok(command.post::<Landed>("/electricity/content", table).await?.days)
}

/// Reports of the day of a moment, so many days back, of whoever has not gone on to later ones; how many. Fewer are silent the nearer to today, but today
/// itself is not over.
pub(super) async fn of_day(
    roster: &Arc<Api>,
    at: Instant64,
    back: i64,
    is_silent: impl Fn(&DutyRow) -> bool,
) -> anyhow::Result<usize> {
    let day = at.local_date();
    let due: Vec<DutyRow> = roster.list(&format!("/report-duties?day={day}")).await?;
    let share = if back == 0 { SILENT } else { u32::try_from(back).unwrap_or(0) * 12 };
    let salt = back.unsigned_abs();
    let speaks = |it: &DutyRow| {
        let filed = it.last_day.as_ref().is_some_and(|last| day <= *last);
        !filed && !is_silent(it) && !chance(&it.id, salt).chance(share)
    };
    let due: Vec<String> = due.into_iter().filter(speaks).map(|it| it.id).collect();
    let filed = due.len();
    in_parallel(due, |unit| {
        let (api, day) = (Arc::clone(roster), day.clone());
        async move {
            let path = format!("/daily-reports/{unit}/{day}");
            api.write::<Value>(Method::PUT, &path, Payload::Json(report(&unit, back))).await.map(|_| ())
        }
    })
    .await?;
    Ok(filed)
}

/// Chance of a unit's own: the same at every start.
fn chance(unit: &str, salt: u64) -> Dice {
    Dice::new(unit.bytes().fold(salt, |sum, it| sum.wrapping_mul(31).wrapping_add(u64::from(it))))
}

/// What a unit says of so many days back: a few more at work every day, masks that run down and come in again.
fn report(unit: &str, back: i64) -> Value {
    let mut dice = chance(unit, 1);
    let planned = 60 + i64::from(dice.below(240));
    let on_duty = planned * (88 - back * 4) / 100;
    let (burn, scarce) = (planned * 2, dice.chance(220));
    let stock = if scarce { burn * (back + 1) } else { burn * (12 + back) };
    let supplies = json!([
        { "item": "mask", "stock": stock, "received": 0 },
        { "item": "disinfectant", "stock": 40 + back * 5, "received": 0 },
        { "item": "thermometer", "stock": 2 + dice.below(6), "received": 0 },
    ]);
    let figures = json!({
        "planned": planned, "on_duty": on_duty, "from_affected": dice.below(4), "abnormal": u8::from(dice.chance(120)),
        "isolated": dice.below(3), "electricity_kwh": null,
    });
    json!({ "figures": figures, "supplies": supplies, "note": "", "revision": null })
}

/// The power company's table: enterprises come back one by one.
fn meters(district: &District, now: Instant64, days: RangeInclusive<i64>) -> String {
    let mut csv = String::from("统一社会信用代码,日期,日用电量,基准日用电量\n");
    for enterprise in &district.enterprises {
        let mut dice = chance(&enterprise.credit_code, 2);
        let baseline = 800 + i64::from(dice.below(9_000));
        let began = i64::from(dice.below(14)) + 3;
        for back in days.clone().rev() {
            let share = if back <= began { 35 + (began - back) * 4 } else { 9 };
            let kwh = baseline * share.min(96) / 100 + i64::from(dice.below(40));
            let day = now.plus(-back * DAY).local_date();
            csv.push_str(&format!("{},{day},{kwh},{baseline}\n", enterprise.credit_code));
        }
    }
    csv
}
