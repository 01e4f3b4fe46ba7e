//! Who is expected at the first site today, and a coach on its way to it with a manifest that was signed.

use kernel::time::HOUR;
use kernel::{Clock, SystemClock, document};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Made, progress};
use crate::demo::api::{Api, Payload};

/// Name, phone, company, what for, plate.
const VISITORS: [(&str, &str, &str, &str, Option<&str>); 4] = [
    ("邱建华", "13900002231", "榕江设备有限公司", "检修空压机", Some("闽A12345")),
    ("石雨晴", "13900002232", "望海检测技术有限公司", "消防年检", None),
    ("贺志明", "13900002233", "青屿包装材料厂", "送货", Some("闽A6789挂")),
    ("柯美玲", "13900002234", "江口街道办事处", "复工走访", None),
];
/// Surnames and given names of those who come by coach.
const PASSENGERS: [&str; 8] = ["田大勇", "田小勇", "孔令云", "孔祥雨", "史可风", "史学民", "龙在山", "龙在水"];
/// All but the last get in: she says that she was in an affected area.
const STAYS_BEHIND: usize = 7;

#[derive(Deserialize)]
struct Manifest {
    passengers: Vec<Passenger>,
}

#[derive(Deserialize)]
struct Passenger {
    id: String,
    seat: String,
}

/// Announces them, plans the coach, checks who gets in, signs.
pub(super) async fn visitors(api: &Api, site: &str) -> anyhow::Result<()> {
    let today = SystemClock.now().local_date();
    for (name, phone, company, purpose, plate) in VISITORS {
        let body = json!({
            "site_id": site, "name": name, "phone": phone, "document_kind": null, "document_number": null, "company": company,
            "purpose": purpose, "plate": plate, "from": today, "until": null, "start": "08:00", "end": "20:00",
        });
        let _: Made = api.post("/visitors", Payload::Json(body)).await?;
    }
    progress(VISITORS.len(), "visitors");
    coach(api, site).await?;
    progress(1, "coach");
    Ok(())
}

async fn coach(api: &Api, site: &str) -> anyhow::Result<()> {
    let body = json!({
        "site_id": site, "plate": "闽AD56789", "carrier": "榕江客运有限公司", "seats": 20, "crew": 2, "from_place": "乌有市",
        "departs_at": SystemClock.now().local().day_start.plus(6 * HOUR), "leader": "周领队", "phone": "13900002240",
    });
    let coach: Made = api.post("/coaches", Payload::Json(body)).await?;
    let path = format!("/coaches/{}", coach.id);
    let _: Value = api.post(&format!("{path}/passengers/content"), Payload::Csv(manifest())).await?;
    let manifest: Manifest = api.get(&format!("{path}/passengers")).await?;
    for (at, passenger) in manifest.passengers.iter().enumerate() {
        let stays = at == STAYS_BEHIND;
        let found = json!({
            "aboard": !stays, "temperature_c": 36.5, "symptoms": false, "affected_area": stays, "contact": false,
        });
        tracing::debug!(seat = passenger.seat, "a passenger of the demo is checked");
        let seat = format!("{path}/passengers/{}", passenger.id);
        let _: Value = api.write(Method::PUT, &seat, Payload::Json(found)).await?;
    }
    let _: Value = api.post(&format!("{path}/check"), Payload::Empty).await?;
    Ok(())
}

fn manifest() -> String {
    let mut csv = "座位号,姓名,身份证号,手机号,用工单位\n".to_owned();
    for (at, name) in PASSENGERS.iter().enumerate() {
        let body = format!("9999991988060{}{:03}", 1 + at, 101 + at);
        let check = document::resident_check(&body).unwrap_or('X');
        csv.push_str(&format!("{:02},{name},{body}{check},1390000225{at},榕滨精密器械有限公司\n", at + 1));
    }
    csv
}
