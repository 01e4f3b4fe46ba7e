//! One terminal's requests, ready to be written to a socket: 1 kB of JSON, every tenth with a picture of 20 kB.

use std::sync::atomic::{AtomicI64, Ordering};

use hikvision::sample::{self, SampleEvent};
use kernel::time::SECOND;
use kernel::{Clock, Instant64, SystemClock};

use crate::ready::{Device, Ready};

const JSON_BYTES: usize = 1024;
const PICTURE_BYTES: usize = 20 * 1024;
/// Different pictures; a server that kept equal ones once would gain nothing.
const N_PICTURES: u64 = 16;
/// One push in so many has a picture.
const PICTURE_EVERY: i64 = 10;
const LAST_SERIAL: i64 = 100_000;

/// A terminal and its next event number, shared by the connections that speak for it.
#[derive(Debug)]
pub(crate) struct Door {
    pub(crate) device_id: String,
    pub(crate) gate_id: String,
    device: Device,
    employees: Vec<String>,
    next: AtomicI64,
    /// Fills the event up to its size.
    padding: String,
}

/// The pictures of all doors.
#[derive(Debug)]
pub(crate) struct Pictures(Vec<Vec<u8>>);

/// A request and what it is about.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) event_no: i64,
    pub(crate) bytes: Vec<u8>,
}

impl Pictures {
    pub(crate) fn new() -> Self {
        Self((1..=N_PICTURES).map(|seed| sample::sample_jpeg(seed, PICTURE_BYTES)).collect())
    }
}

impl Door {
    /// Every terminal at whose site somebody is known.
    pub(crate) fn all(ready: &Ready) -> Vec<Self> {
        let doors = ready.devices.iter().map(|device| {
            let people = ready.people.iter().filter(|it| it.site_id == device.site_id);
            Self::new(device, people.map(|it| it.employee_no.clone()).collect())
        });
        doors.filter(|it| !it.employees.is_empty()).collect()
    }

    fn new(device: &Device, employees: Vec<String>) -> Self {
        let mut door = Self {
            device_id: device.id.clone(),
            gate_id: device.gate_id.clone(),
            device: device.clone(),
            employees,
            next: AtomicI64::new(1),
            padding: String::new(),
        };
        let length = sample::json_body(&door.event(1, SystemClock.now())).len();
        door.padding = " ".repeat(JSON_BYTES.saturating_sub(length));
        door
    }

    /// The next event as a whole request.
    pub(crate) fn next(&self, pictures: &Pictures) -> Request {
        let count = self.next.fetch_add(1, Ordering::Relaxed);
        let event_no = (count - 1) % LAST_SERIAL + 1;
        let event = self.event(event_no, SystemClock.now());
        let picture = usize::try_from(count / PICTURE_EVERY).unwrap_or(0) % pictures.0.len().max(1);
        let (content_type, body) = match pictures.0.get(picture).filter(|_| count % PICTURE_EVERY == 0) {
            Some(picture) => sample::multipart_body(&event, picture),
            None => ("application/json".to_owned(), sample::json_body(&event)),
        };
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: fugong\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
            self.device.path,
            body.len()
        );
        Request { event_no, bytes: [head.into_bytes(), body].concat() }
    }

    fn event(&self, event_no: i64, now: Instant64) -> SampleEvent {
        let idx = usize::try_from(event_no).unwrap_or(0) % self.employees.len().max(1);
        let employee_no = self.employees.get(idx).cloned();
        SampleEvent {
            mac_address: self.device.mac.clone(),
            serial_number: self.device.serial.clone(),
            device_name: format!("Gate{}", self.padding),
            time: local_text(now),
            name: employee_no.as_ref().map(|it| format!("P-{it}")),
            employee_no,
            event_no,
            previous_event_no: Some(if event_no == 1 { LAST_SERIAL } else { event_no - 1 }),
            ..SampleEvent::default()
        }
    }
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
    use super::*;

    fn door() -> Door {
        let device = Device {
            id: "dev_1".into(),
            gate_id: "gate_1".into(),
            serial: "GX0000001".into(),
            path: "/devices/hikvision/secret".into(),
            site_id: "site_1".into(),
            mac: "02:00:5e:10:00:01".into(),
        };
        Door::new(&device, vec!["010001".into(), "010002".into()])
    }

    #[test]
    fn nine_in_ten_are_a_kilobyte_and_the_tenth_has_a_picture() {
        let (door, pictures) = (door(), Pictures::new());
        let sizes: Vec<usize> = (0..10).map(|_| door.next(&pictures).bytes.len()).collect();
        assert!(sizes[..9].iter().all(|it| (1024..1300).contains(it)), "{sizes:?}");
        assert!((20_480..22_500).contains(&sizes[9]), "{sizes:?}");
    }

    #[test]
    fn event_numbers_follow_each_other_and_wrap() {
        let (door, pictures) = (door(), Pictures::new());
        assert_eq!([door.next(&pictures).event_no, door.next(&pictures).event_no], [1, 2]);
        door.next.store(LAST_SERIAL, Ordering::Relaxed);
        assert_eq!([door.next(&pictures).event_no, door.next(&pictures).event_no], [LAST_SERIAL, 1]);
    }
}
