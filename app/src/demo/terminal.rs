//! One terminal of the demo: what happens in front of it and how it says so. Not responsible for sending.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hikvision::sample::{self, SampleEvent};
use kernel::Instant64;
use kernel::time::{HOUR, MINUTE, SECOND};

use super::dice::Dice;
use super::player::{DemoDevice, DemoEmployee};

/// Where a terminal's event number begins anew.
const LAST_SERIAL: i64 = 100_000;
/// How long the silent one talks.
const TALKS_FOR: i64 = 90 * SECOND;
/// How far back the stored events of the morning go.
const STORED_FOR: u32 = 150;

/// A body on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Push {
    pub(super) content_type: String,
    pub(super) body: Vec<u8>,
}

/// What is odd about a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quirk {
    None,
    AboutToWrap,
    Fahrenheit,
    ClockAhead,
    NoThermometer,
    FallsSilent,
}

impl Quirk {
    /// The first terminal is the one people look at: nothing is odd about it.
    const fn of(idx: usize) -> Self {
        match idx {
            1 => Self::AboutToWrap,
            2 => Self::Fahrenheit,
            3 => Self::ClockAhead,
            4 => Self::NoThermometer,
            5 => Self::FallsSilent,
            _ => Self::None,
        }
    }
}

/// Who is inside which site, as far as the terminals know.
#[derive(Debug, Default)]
pub(super) struct Presence(Mutex<HashMap<String, HashSet<String>>>);

impl Presence {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, HashSet<String>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn holds(&self, site: &str, employee_no: &str) -> bool {
        self.lock().get(site).is_some_and(|it| it.contains(employee_no))
    }

    fn count(&self, site: &str) -> usize {
        self.lock().get(site).map_or(0, HashSet::len)
    }

    fn enter(&self, site: &str, employee_no: &str) {
        self.lock().entry(site.to_owned()).or_default().insert(employee_no.to_owned());
    }

    fn leave(&self, site: &str, employee_no: &str) {
        if let Some(inside) = self.lock().get_mut(site) {
            inside.remove(employee_no);
        }
    }
}

/// A terminal and what it remembers.
#[derive(Debug)]
pub(super) struct Terminal {
    device: DemoDevice,
    quirk: Quirk,
    address: String,
    dice: Dice,
    presence: Arc<Presence>,
    people_arrive: bool,
    serial: i64,
    began_at: Instant64,
    /// A push that comes after the one that happened after it.
    held: Option<Push>,
}

impl Terminal {
    pub(super) fn new(
        device: DemoDevice,
        idx: usize,
        seed: u64,
        people_arrive: bool,
        presence: Arc<Presence>,
        now: Instant64,
    ) -> Self {
        let quirk = Quirk::of(idx);
        let salt = u64::try_from(idx).unwrap_or(0);
        // A device counts on through the days; after a restart of the player it is further on as well.
        let running = now.micros().div_euclid(SECOND).rem_euclid(LAST_SERIAL - 10_000) + 1;
        Self {
            device,
            quirk,
            address: format!("192.0.2.{}", 1 + idx % 250),
            dice: Dice::new(seed ^ salt.wrapping_mul(0x9e37_79b9)),
            presence,
            people_arrive,
            serial: if quirk == Quirk::AboutToWrap { LAST_SERIAL - 12 } else { running },
            began_at: now,
            held: None,
        }
    }

    /// How busy it is beside the others.
    pub(super) fn weight(&self) -> u32 {
        u32::try_from(self.device.employees.len()).unwrap_or(0).max(1)
    }

    /// Between a third of the mean and five thirds, in thousandths of it.
    pub(super) fn pause_per_mille(&mut self) -> u32 {
        333 + self.dice.below(1334)
    }

    /// Whether it has gone quiet for good.
    pub(super) fn is_silent(&self, now: Instant64) -> bool {
        self.quirk == Quirk::FallsSilent && TALKS_FOR < now.since(self.began_at)
    }

    /// The sign of life.
    pub(super) fn heartbeat(&self, now: Instant64) -> Push {
        let event = SampleEvent { time: local_text(self.own_time(now)), ..self.nameplate() };
        Push { content_type: "application/json".to_owned(), body: sample::heartbeat_body(&event) }
    }

    /// What it stored while nobody listened: part of the morning before `now`, oldest first.
    pub(super) fn stored(&mut self, now: Instant64) -> Vec<Push> {
        if self.device.direction == "out" {
            return Vec::new();
        }
        let mut minutes: Vec<u32> = (0..self.weight() * 2 / 5).map(|_| 1 + self.dice.below(STORED_FOR)).collect();
        minutes.sort_unstable();
        let events = minutes.into_iter().rev().filter_map(|ago| {
            let at = now.plus(-MINUTE * i64::from(ago)).plus(SECOND * i64::from(self.dice.below(60)));
            let employee = self.somebody_outside(at)?;
            let event = self.passage(at, false, &employee);
            Some(self.dress(&event))
        });
        events.collect()
    }

    /// The next thing that happens, as pushes in the order in which they are sent. Empty when nobody comes.
    pub(super) fn happen(&mut self, now: Instant64) -> Vec<Push> {
        let push = match self.dice.below(1000) {
            0..3 => self.garbage(now),
            3..8 => self.face_nobody_knows(now),
            8..11 => self.unknown_number(now),
            11..31 => match self.somebody() {
                // A minute old already: the terminal was busy, and says so.
                Some(it) => self.late_passage(now, &it),
                None => return Vec::new(),
            },
            _ => match self.somebody_passing(now) {
                Some(it) => {
                    let event = self.passage(now, true, &it);
                    self.dress(&event)
                }
                None => return Vec::new(),
            },
        };
        self.disorder(push, now)
    }

    /// Some are sent twice, some overtake each other, some are followed by the door.
    fn disorder(&mut self, push: Push, now: Instant64) -> Vec<Push> {
        if self.held.is_none() && self.dice.chance(20) {
            self.held = Some(push);
            return Vec::new();
        }
        let mut pushes = vec![push.clone()];
        pushes.extend(self.held.take());
        if self.dice.chance(20) {
            pushes.push(push);
        }
        if self.dice.chance(120) {
            let opened = SampleEvent { minor: 21, ..self.event(now, true) };
            pushes.push(self.dress(&opened));
        }
        pushes
    }

    /// Somebody for this door, unless everybody is already where the door leads.
    fn somebody_passing(&mut self, now: Instant64) -> Option<DemoEmployee> {
        let inside = self.presence.count(&self.device.site_id);
        let n_employees = self.device.employees.len();
        let is_filling = self.people_arrive && inside * 20 < n_employees * 17;
        match self.device.direction.as_str() {
            // In the morning hardly anybody leaves before the rest has come.
            "out" if is_filling && !self.dice.chance(150) => None,
            "out" => self.somebody_inside(),
            _ if is_filling || self.dice.chance(300) => self.somebody_outside(now),
            _ => None,
        }
    }

    fn somebody(&mut self) -> Option<DemoEmployee> {
        self.dice.pick(&self.device.employees).cloned()
    }

    fn somebody_inside(&mut self) -> Option<DemoEmployee> {
        let found = (0..20).find_map(|_| {
            let it = self.somebody()?;
            self.presence.holds(&self.device.site_id, &it.employee_no).then_some(it)
        });
        found.inspect(|it| self.presence.leave(&self.device.site_id, &it.employee_no))
    }

    /// Mostly somebody whose shift it is.
    fn somebody_outside(&mut self, at: Instant64) -> Option<DemoEmployee> {
        let on_time = !self.dice.chance(15);
        let minute = at.local().minute;
        let found = (0..20).find_map(|_| {
            let it = self.somebody()?;
            let is_inside = self.presence.holds(&self.device.site_id, &it.employee_no);
            (!is_inside && it.is_on_shift(minute) == on_time).then_some(it)
        });
        let found = found.or_else(|| self.somebody());
        found.inspect(|it| self.presence.enter(&self.device.site_id, &it.employee_no))
    }

    /// Let in, or out, by face or card.
    fn passage(&mut self, at: Instant64, live: bool, employee: &DemoEmployee) -> SampleEvent {
        let by_card = employee.card_no.is_some() && self.dice.chance(150);
        let by_code = !by_card && self.dice.chance(10);
        let mut event = self.event(at, live);
        event.minor = if by_card { 1 } else { 75 };
        event.name = Some(format!("P-{}", employee.employee_no));
        event.employee_no = Some(employee.employee_no.clone());
        if by_card {
            event.card_no.clone_from(&employee.card_no);
        } else if by_code {
            event.card_no = Some("0".to_owned());
            event.qr_code = Some(format!("FG{:016x}", self.dice.roll()));
        }
        self.measure(&mut event);
        event
    }

    fn late_passage(&mut self, now: Instant64, employee: &DemoEmployee) -> Push {
        let mut event = self.passage(now.plus(-MINUTE), false, employee);
        event.active_post_count = 2 + self.dice.below(3);
        self.dress(&event)
    }

    fn face_nobody_knows(&mut self, now: Instant64) -> Push {
        let mut event = SampleEvent { minor: 76, ..self.event(now, true) };
        self.measure(&mut event);
        self.dress(&event)
    }

    /// On the terminal's roster, not on ours.
    fn unknown_number(&mut self, now: Instant64) -> Push {
        let number = format!("99{:04}", self.dice.below(10_000));
        let mut event = SampleEvent { employee_no: Some(number), ..self.event(now, true) };
        self.measure(&mut event);
        self.dress(&event)
    }

    fn measure(&mut self, event: &mut SampleEvent) {
        let mask = match self.dice.below(1000) {
            0..15 => "no",
            15..25 => "unknown",
            _ => "yes",
        };
        let tenths = match self.dice.below(1000) {
            _ if self.quirk == Quirk::NoThermometer => 0,
            0..3 => 376,
            3..10 => 371,
            10..18 => 0,
            _ => 360 + self.dice.below(9),
        };
        event.mask = Some(mask.to_owned());
        event.is_over_limit = 373 <= tenths;
        event.temperature = Some(
            f64::from(match self.quirk {
                Quirk::Fahrenheit if tenths != 0 => (tenths * 18 + 3205) / 10,
                _ => tenths,
            }) / 10.0,
        );
    }

    /// A new event of this terminal with nobody in it; now and then some before it were lost.
    fn event(&mut self, at: Instant64, live: bool) -> SampleEvent {
        let lost = if self.dice.chance(10) { i64::from(1 + self.dice.below(3)) } else { 0 };
        let before = wrapped(self.serial + lost);
        self.serial = wrapped(before + 1);
        SampleEvent {
            time: local_text(self.own_time(at)),
            event_no: self.serial,
            previous_event_no: Some(before),
            live: Some(live),
            ..self.nameplate()
        }
    }

    fn nameplate(&self) -> SampleEvent {
        SampleEvent {
            ip_address: self.address.clone(),
            mac_address: self.device.mac.clone(),
            serial_number: self.device.serial.clone(),
            device_name: format!("Gate {}", self.address),
            thermometry_unit: if self.quirk == Quirk::Fahrenheit { "fahrenheit" } else { "celsius" }.to_owned(),
            name: None,
            employee_no: None,
            mask: None,
            temperature: None,
            ..SampleEvent::default()
        }
    }

    fn own_time(&self, at: Instant64) -> Instant64 {
        at.plus(if self.quirk == Quirk::ClockAhead { 2 * HOUR } else { 0 })
    }

    /// The same event in one of the shapes that firmwares send.
    fn dress(&mut self, event: &SampleEvent) -> Push {
        let (content_type, body) = match self.dice.below(100) {
            0..35 => {
                let length = 18_000 + usize::try_from(self.dice.below(4000)).unwrap_or(0);
                return self.with_picture(event, length);
            }
            35..70 => ("application/json", sample::json_body(event)),
            70..80 => ("application/json; charset=\"UTF-8\"", sample::pretty_body(event)),
            80..90 => ("application/xml; charset=\"UTF-8\"", sample::xml_body(event)),
            _ => ("application/json", sample::wrapped_body(event)),
        };
        Push { content_type: content_type.to_owned(), body }
    }

    fn with_picture(&mut self, event: &SampleEvent, length: usize) -> Push {
        let (content_type, body) = sample::multipart_body(event, &sample::sample_jpeg(self.dice.roll(), length));
        Push { content_type, body }
    }

    /// Half an event, a page of something else, noise, nothing at all.
    fn garbage(&mut self, now: Instant64) -> Push {
        let json = sample::json_body(&self.event(now, true));
        let (content_type, body) = match self.dice.below(4) {
            0 => ("application/json", json.iter().take(json.len() / 2).copied().collect()),
            1 => ("text/html", b"<html><body>It works!</body></html>".to_vec()),
            2 => ("application/octet-stream", (0..64).flat_map(|_| self.dice.roll().to_le_bytes()).collect()),
            _ => ("application/json", Vec::new()),
        };
        Push { content_type: content_type.to_owned(), body }
    }
}

/// Event numbers run from 1 to 100,000 and begin anew.
const fn wrapped(serial: i64) -> i64 {
    if LAST_SERIAL < serial { serial - LAST_SERIAL } else { serial }
}

/// The wall clock in China with its offset, as terminals write it.
fn local_text(at: Instant64) -> String {
    let local = at.local();
    let seconds = at.since(local.day_start) / SECOND;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}+08:00", at.local_date())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn now() -> Instant64 {
        Instant64::parse("2026-03-02T07:30:00+08:00").unwrap()
    }

    fn terminal(idx: usize, direction: &str, presence: &Arc<Presence>) -> Terminal {
        let employee = |it: u32| DemoEmployee {
            employee_no: format!("01{it:04}"),
            card_no: Some(format!("{:010}", 3_000_000_000_u32 + it)),
            shift: it.is_multiple_of(2).then_some((330, 1380)),
        };
        let device = DemoDevice {
            id: format!("dev_{idx}"),
            gate_id: "gate_1".into(),
            site_id: "site_1".into(),
            serial: format!("GX{idx:07}"),
            mac: "02:00:5e:10:00:01".into(),
            path: "/devices/hikvision/secret".into(),
            direction: direction.into(),
            employees: (1..=60).map(employee).collect(),
        };
        Terminal::new(device, idx, 7, true, Arc::clone(presence), now())
    }

    fn read(push: &Push) -> Vec<serde_json::Value> {
        let head = format!("Content-Type: {}\r\n\r\n", push.content_type).into_bytes();
        let lines = hikvision::inspect(&[head, push.body.clone()].concat());
        lines.iter().map(|it| serde_json::from_str(it).unwrap()).collect()
    }

    #[test]
    fn a_morning_holds_every_kind_of_event() {
        let mut kinds = BTreeMap::new();
        let mut terminal = terminal(0, "in", &Arc::default());
        for second in 0..20_000 {
            // Nobody stays inside, so that somebody always comes.
            terminal.presence.lock().clear();
            for push in terminal.happen(now().plus(SECOND * second)) {
                for line in read(&push) {
                    *kinds.entry(line["kind"].as_str().unwrap().to_owned()).or_insert(0) += 1;
                }
            }
        }
        for kind in ["access_granted", "access_denied", "door", "unparseable"] {
            assert!(10 < *kinds.get(kind).unwrap_or(&0), "{kind} in {kinds:?}");
        }
        assert!(*kinds.get("access_granted").unwrap() > 15_000, "{kinds:?}");
    }

    #[test]
    fn the_serial_wraps_where_devices_wrap_it() {
        let mut terminal = terminal(1, "in", &Arc::default());
        let numbers: Vec<i64> = (0..40).map(|_| terminal.event(now(), true).event_no).collect();
        assert!(numbers.iter().all(|it| (1..=LAST_SERIAL).contains(it)));
        assert!(numbers.windows(2).any(|it| it[1] < it[0]), "{numbers:?}");
    }

    #[test]
    fn a_clock_two_hours_ahead_shows_in_the_text() {
        let presence = Arc::default();
        assert_eq!(terminal(0, "in", &presence).event(now(), true).time, "2026-03-02T07:30:00+08:00");
        assert_eq!(terminal(3, "in", &presence).event(now(), true).time, "2026-03-02T09:30:00+08:00");
    }

    #[test]
    fn fahrenheit_is_read_back_as_the_same_temperature() {
        let mut terminal = terminal(2, "in", &Arc::default());
        let mut event = terminal.event(now(), true);
        terminal.measure(&mut event);
        assert!(event.temperature.is_some_and(|it| it == 0.0 || (96.0..100.0).contains(&it)), "{event:?}");
    }

    #[test]
    fn nobody_leaves_who_is_not_inside() {
        let presence = Arc::default();
        let mut out = terminal(0, "out", &presence);
        assert!((0..200).all(|_| out.somebody_passing(now()).is_none()));
        presence.enter("site_1", "010003");
        let left: Vec<_> = (0..2000).filter_map(|_| out.somebody_passing(now())).collect();
        assert_eq!(left.iter().map(|it| it.employee_no.as_str()).collect::<Vec<_>>(), ["010003"]);
    }

    #[test]
    fn stored_events_are_replays_in_order() {
        let pushes = terminal(0, "in", &Arc::default()).stored(now());
        let lines: Vec<_> = pushes.iter().flat_map(read).collect();
        assert_eq!(lines.len(), 24);
        assert!(lines.iter().all(|it| it["live"] == false), "{lines:?}");
    }

    #[test]
    fn one_of_them_falls_silent() {
        let presence = Arc::default();
        let late = now().plus(TALKS_FOR + SECOND);
        assert!(terminal(5, "in", &presence).is_silent(late) && !terminal(5, "in", &presence).is_silent(now()));
        assert!(!terminal(0, "in", &presence).is_silent(late));
    }
}
