//! Who is missing today: who has not declared, and who of the listed occupations lacks a temperature of this half day;
//! and reminding them.

use db::Tx;
use http_api::{ApiError, ApiResult, Platform};
use kernel::time::{DAY, HOUR};
use kernel::{Instant64, Phone};
use notify::messages::{Message, Template};
use utoipa::ToSchema;
use uuid::Uuid;
use vault::Purpose;

use crate::sealed::open_identity;
use crate::store::{daily, people};

/// A reminder that has not left by then is not worth sending.
const GOOD: i64 = 2 * HOUR;

kernel::coded! {
    #[derive(ToSchema)]
    /// What is missing.
    pub enum Duty {
        /// Today's declaration.
        Declaration = "declaration",
        /// A temperature of this half day; only of the listed occupations.
        Temperature = "temperature",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// Occupations that measure twice a day (product, capability 1.6).
    pub enum Occupation {
        /// 司机.
        Driver = "driver",
        /// 快递、外卖.
        Courier = "courier",
        /// 厨师.
        Cook = "cook",
        /// 服务员.
        Waiter = "waiter",
        /// 保安.
        PropertyGuard = "property_guard",
        /// 保洁.
        Cleaner = "cleaner",
    }
}

impl Occupation {
    /// What a post is called in rosters, in both languages.
    const WORDS: [(Self, &'static [&'static str]); 6] = [
        (Self::Driver, &["司机", "驾驶员", "driver"]),
        (Self::Courier, &["快递", "外卖", "骑手", "配送", "送货", "courier"]),
        (Self::Cook, &["厨师", "厨工", "炊事", "帮厨", "cook", "chef"]),
        (Self::Waiter, &["服务员", "waiter", "waitress"]),
        (Self::PropertyGuard, &["保安", "门卫", "护卫", "guard"]),
        (Self::Cleaner, &["保洁", "清洁", "环卫", "cleaner"]),
    ];

    /// The listed occupation that a post is, if it is one.
    pub(crate) fn of_post(post: Option<&str>) -> Option<Self> {
        let post = kernel::text::fold(post?);
        let named = |(_, words): &&(Self, &[&str])| words.iter().any(|it| post.contains(it));
        Self::WORDS.iter().find(named).map(|(occupation, _)| *occupation)
    }
}

/// The part of the day a duty is for: a day, or its half.
pub(crate) fn window(duty: Duty, now: Instant64) -> (Instant64, Instant64) {
    let local = now.local();
    let noon = local.day_start.plus(12 * HOUR);
    match duty {
        Duty::Declaration => (local.day_start, local.day_start.plus(DAY)),
        Duty::Temperature if now < noon => (local.day_start, noon),
        Duty::Temperature => (noon, local.day_start.plus(DAY)),
    }
}

/// Sends one message to each of these, once a window; how many were sent.
pub(crate) async fn remind(
    platform: &Platform,
    tx: &mut Tx,
    duty: Duty,
    missing: &[Uuid],
    now: Instant64,
) -> ApiResult<u64> {
    let (from, _) = window(duty, now);
    let template = match duty {
        Duty::Declaration => Template::DeclarationDue,
        Duty::Temperature => Template::TemperatureDue,
    };
    let keys = platform.vault.keys(missing, Purpose::Identity).await?;
    let mut sent = 0;
    for (id, kind, sealed) in people::identities(tx, missing).await? {
        if !daily::reminded(tx, id, duty, from, now).await? {
            continue;
        }
        let Some(key) = keys.get(&id) else { continue };
        let phone: Phone = open_identity(key, id, &kind, &sealed)?.phone;
        let message = Message::new(template, &phone);
        platform.messages.send(tx, &message, GOOD, now).await.map_err(|error| ApiError::internal(&error))?;
        sent += 1;
    }
    Ok(sent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_read_as_rosters_write_it() {
        for (post, expected) in [
            ("叉车司机", Some(Occupation::Driver)),
            ("外卖骑手", Some(Occupation::Courier)),
            ("保洁员", Some(Occupation::Cleaner)),
            ("小区保安", Some(Occupation::PropertyGuard)),
            ("Head Chef", Some(Occupation::Cook)),
            ("服务员", Some(Occupation::Waiter)),
            ("焊工", None),
        ] {
            assert_eq!(Occupation::of_post(Some(post)), expected, "{post}");
        }
        assert_eq!(Occupation::of_post(None), None);
    }

    #[test]
    fn temperatures_are_due_twice_a_day() {
        let at = |text: &str| Instant64::parse(text).unwrap();
        let (morning, noon) = window(Duty::Temperature, at("2026-03-02T11:59:59+08:00"));
        assert_eq!((morning, noon), (at("2026-03-02T00:00:00+08:00"), at("2026-03-02T12:00:00+08:00")));
        assert_eq!(window(Duty::Temperature, noon).0, noon);
        assert_eq!(window(Duty::Declaration, noon).0, morning);
    }
}
