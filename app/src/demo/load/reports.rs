//! Days that were reported, and electricity: as enterprises and the power company send them.

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
struct DutyRow {
    id: String,
    enterprise_id: String,
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
        let day = now.plus(-back * DAY).local_date();
        let due: Vec<DutyRow> = roster.list(&format!("/report-duties?day={day}")).await?;
        let shown = enterprises.first();
        let speak = |it: &DutyRow| 0 < back || (Some(&it.enterprise_id) != shown && !chance(&it.id, 0).chance(SILENT));
        let due: Vec<String> = due.into_iter().filter(speak).map(|it| it.id).collect();
        filed += due.len();
        in_parallel(due, |unit| {
            let (api, day) = (Arc::clone(roster), day.clone());
            async move {
                let path = format!("/daily-reports/{unit}/{day}");
                api.write::<Value>(Method::PUT, &path, Payload::Json(report(&unit, back))).await.map(|_| ())
            }
        })
        .await?;
    }
    progress(filed, "daily reports");
    let landed: Landed = command.post("/electricity/content", Payload::Csv(meters(district, now))).await?;
    progress(landed.days, "days of electricity");
    Ok(())
}

/// Chance of a unit's own: the same at every start.
fn chance(unit: &str, salt: u64) -> Dice {
    Dice::new(unit.bytes().fold(salt, |sum, it| sum.wrapping_mul(31).wrapping_add(u64::from(it))))
}

/// What a unit says of so many days back: a few more at work every day, masks that run down and come in again.
fn report(unit: &str, back: i64) -> Value {
    let mut dice = chance(unit, 1);
    let planned = 60 + i64::from(dice.below(240));
    let on_duty = planned * (88 - back * 6) / 100;
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
fn meters(district: &District, now: Instant64) -> String {
    let mut csv = String::from("统一社会信用代码,日期,日用电量,基准日用电量\n");
    for enterprise in &district.enterprises {
        let mut dice = chance(&enterprise.credit_code, 2);
        let baseline = 800 + i64::from(dice.below(9_000));
        let began = i64::from(dice.below(14)) + 3;
        for back in (1..=METERED).rev() {
            let share = if back <= began { 35 + (began - back) * 4 } else { 9 };
            let kwh = baseline * share.min(96) / 100 + i64::from(dice.below(40));
            let day = now.plus(-back * DAY).local_date();
            csv.push_str(&format!("{},{day},{kwh},{baseline}\n", enterprise.credit_code));
        }
    }
    csv
}
