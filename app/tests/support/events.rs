//! What terminals push, in the form that the registered ones have.

use hikvision::sample::{SampleEvent, json_body};

use super::{Device, World};

impl World {
    /// A live event of this device just now: employee `employee_no` let in by face at 36.4 °C with a mask.
    pub fn event(&self, device: &Device, employee_no: &str) -> SampleEvent {
        let event_no = i64::try_from(self.next()).unwrap();
        SampleEvent {
            serial_number: device.serial.clone(),
            mac_address: device.mac.clone(),
            time: self.device_time(0),
            employee_no: Some(employee_no.to_owned()),
            name: Some("P".to_owned()),
            event_no,
            previous_event_no: None,
            ..SampleEvent::default()
        }
    }

    /// Pushes an event as plain JSON and waits for its verdict; a second passes.
    pub async fn push_event(&self, device: &Device, event: &SampleEvent) {
        let status = self.push(&device.path, "application/json", json_body(event)).await;
        assert_eq!(status, 200);
        self.settle().await;
        // Ids of one microsecond have no order; whatever comes next comes later.
        self.clock.advance(1_000_000);
    }
}
