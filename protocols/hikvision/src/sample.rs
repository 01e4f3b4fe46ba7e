//! Bodies as devices write them, from invented values: for tests and for the player that feeds the demo.
//! Field order, types and odd spellings are those of captures. The product never sends these to anybody.

mod tree;

use tree::Tree;

/// One event as a terminal would report it. `Default` is an employee let in by face, live, 36.4 °C, with a mask.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleEvent {
    /// The device's address on its own network.
    pub ip_address: String,
    /// The device's MAC address.
    pub mac_address: String,
    /// The device's serial number.
    pub serial_number: String,
    /// The name the device was given.
    pub device_name: String,
    /// The event's time as the device writes it, with or without offset.
    pub time: String,
    /// How often this event has been posted before, this time included.
    pub active_post_count: u32,
    /// Major event code; 5 is "what happened at the door".
    pub major: i64,
    /// Minor event code under the major one.
    pub minor: i64,
    /// The person's name on the device's roster.
    pub name: Option<String>,
    /// The person's number on the device's roster.
    pub employee_no: Option<String>,
    /// The card; devices write `0` for none.
    pub card_no: Option<String>,
    /// What a scanned QR code says.
    pub qr_code: Option<String>,
    /// The device's number of this event.
    pub event_no: i64,
    /// The device's number of the event before it.
    pub previous_event_no: Option<i64>,
    /// Live or stored; `None` leaves the field out.
    pub live: Option<bool>,
    /// `yes`, `no` or `unknown`; `None` leaves the field out.
    pub mask: Option<String>,
    /// The unit the device is set to: `celsius` or `fahrenheit`.
    pub thermometry_unit: String,
    /// The measured temperature in that unit; `None` leaves the temperature fields out.
    pub temperature: Option<f64>,
    /// Whether the device's own threshold was exceeded.
    pub is_over_limit: bool,
}

impl Default for SampleEvent {
    fn default() -> Self {
        Self {
            ip_address: "192.0.2.31".into(),
            mac_address: "02:00:5e:10:00:31".into(),
            serial_number: "GX0000031".into(),
            device_name: "Gate 1".into(),
            time: "2026-03-02T07:52:11+08:00".into(),
            active_post_count: 1,
            major: 5,
            minor: 75,
            name: Some("P-1024".into()),
            employee_no: Some("1024".into()),
            card_no: None,
            qr_code: None,
            event_no: 512,
            previous_event_no: Some(511),
            live: Some(true),
            mask: Some("yes".into()),
            thermometry_unit: "celsius".into(),
            temperature: Some(36.4),
            is_over_limit: false,
        }
    }
}

/// The boundary devices use.
const BOUNDARY: &str = "MIME_boundary";

/// The body of a push without picture: one line of JSON (`application/json`).
pub fn json_body(event: &SampleEvent) -> Vec<u8> {
    envelope(event, 0).to_json().into_bytes()
}

/// The same, spread over lines and indented with tabs, as some firmware does.
pub fn pretty_body(event: &SampleEvent) -> Vec<u8> {
    envelope(event, 0).to_json_with_tabs()
}

/// The same, wrapped in `EventNotificationAlert`, as the vendor's gateway software does.
pub fn wrapped_body(event: &SampleEvent) -> Vec<u8> {
    Tree::group([("EventNotificationAlert", envelope(event, 0))]).to_json().into_bytes()
}

/// The same as XML (`application/xml`).
pub fn xml_body(event: &SampleEvent) -> Vec<u8> {
    let root = "EventNotificationAlert version=\"2.0\" xmlns=\"http://www.isapi.org/ver20/XMLSchema\"";
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", envelope(event, 0).to_xml(root)).into_bytes()
}

/// A push with a picture: the `Content-Type` of the request, and the body.
pub fn multipart_body(event: &SampleEvent, picture: &[u8]) -> (String, Vec<u8>) {
    let json = envelope(event, 1).to_json();
    let before_picture = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"AccessControllerEvent\"\r\n\
         Content-Type: application/json; charset=\"UTF-8\"\r\n\r\n{json}\r\n--{BOUNDARY}\r\n\
         Content-Disposition: form-data; name=\"Picture\"; filename=\"Picture.jpg\"\r\n\
         Content-Type: image/jpeg\r\nContent-ID: pictureImage\r\n\r\n"
    );
    let after_picture = format!("\r\n--{BOUNDARY}--\r\n");
    let body = [before_picture.as_bytes(), picture, after_picture.as_bytes()].concat();
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

/// A page of stored events, as the device answers a question about its history.
pub fn backfill_body(events: &[SampleEvent]) -> Vec<u8> {
    let n_events = i64::try_from(events.len()).unwrap_or(i64::MAX);
    let mut fields = vec![
        ("searchID", Tree::text("fg-1")),
        ("totalMatches", Tree::Int(n_events)),
        ("responseStatusStrg", Tree::text(if events.is_empty() { "NO MATCH" } else { "OK" })),
        ("numOfMatches", Tree::Int(n_events)),
    ];
    if !events.is_empty() {
        fields.push(("InfoList", Tree::List(events.iter().map(stored).collect())));
    }
    Tree::group([("AcsEvent", Tree::Group(fields))]).to_json().into_bytes()
}

/// The sign of life of an event stream.
pub fn heartbeat_body(event: &SampleEvent) -> Vec<u8> {
    let fields = head(event, "videoloss", "inactive", "videoloss alarm");
    Tree::Group(fields).to_json().into_bytes()
}

/// Bytes of about `len` that look like a JPEG: its markers at both ends and noise between, different for each seed.
pub fn sample_jpeg(seed: u64, len: usize) -> Vec<u8> {
    let mut jpeg = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00".to_vec();
    let mut state = seed | 1;
    while jpeg.len() + 2 < len {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // A real encoder never writes this byte alone: it would begin a marker.
        jpeg.extend(state.to_le_bytes().into_iter().filter(|it| *it != 0xff));
    }
    jpeg.extend_from_slice(b"\xff\xd9");
    jpeg
}

fn head(event: &SampleEvent, kind: &str, state: &str, description: &str) -> Vec<(&'static str, Tree)> {
    vec![
        ("ipAddress", Tree::text(&event.ip_address)),
        ("macAddress", Tree::text(&event.mac_address)),
        ("channelID", Tree::Int(1)),
        ("dateTime", Tree::text(&event.time)),
        ("activePostCount", Tree::Int(event.active_post_count.into())),
        ("eventType", Tree::text(kind)),
        ("eventState", Tree::text(state)),
        ("eventDescription", Tree::text(description)),
        ("shortSerialNumber", Tree::text(&event.serial_number)),
    ]
}

fn envelope(event: &SampleEvent, n_pictures: i64) -> Tree {
    let mut inner = vec![
        ("deviceName", Tree::text(&event.device_name)),
        ("majorEventType", Tree::Int(event.major)),
        ("subEventType", Tree::Int(event.minor)),
    ];
    inner.extend(person(event));
    inner.push(("serialNo", Tree::Int(event.event_no)));
    inner.extend(event.previous_event_no.map(|it| ("frontSerialNo", Tree::Int(it))));
    inner.push(("userType", Tree::text("normal")));
    inner.push(("currentVerifyMode", Tree::text("faceOrFpOrCardOrPw")));
    inner.extend(event.live.map(|it| ("currentEvent", Tree::Bool(it))));
    inner.extend(event.mask.as_ref().map(|it| ("mask", Tree::text(it))));
    inner.extend(temperature(event));
    inner.push(("picturesNumber", Tree::Int(n_pictures)));
    inner.push(("purePwdVerifyEnable", Tree::Bool(true)));
    let rect = [("height", 0.31), ("width", 0.18), ("x", 0.45), ("y", 0.41)];
    inner.push(("FaceRect", Tree::group(rect.map(|(name, value)| (name, Tree::Real(value))))));
    let mut outer = head(event, "AccessControllerEvent", "active", "Access Controller Event");
    outer.push(("AccessControllerEvent", Tree::Group(inner)));
    Tree::Group(outer)
}

fn stored(event: &SampleEvent) -> Tree {
    let mut fields = vec![
        ("major", Tree::Int(event.major)),
        ("minor", Tree::Int(event.minor)),
        ("time", Tree::text(&event.time)),
        ("cardType", Tree::Int(1)),
    ];
    fields.extend(person(event));
    fields.push(("type", Tree::Int(0)));
    fields.push(("serialNo", Tree::Int(event.event_no)));
    fields.push(("userType", Tree::text("normal")));
    fields.push(("currentVerifyMode", Tree::text("cardOrfaceOrPw")));
    fields.extend(event.mask.as_ref().map(|it| ("mask", Tree::text(it))));
    fields.push(("helmet", Tree::text("no")));
    fields.extend(temperature(event));
    let position = [("positionX", 383), ("positionY", 518)];
    fields.push(("RegionCoordinates", Tree::group(position.map(|(name, value)| (name, Tree::Int(value))))));
    let url = format!("http://{}:80/LOCALS/pic/acsLinkCap/x.jpeg@WEB000000000001", event.ip_address);
    fields.push(("pictureURL", Tree::text(&url)));
    Tree::Group(fields)
}

fn person(event: &SampleEvent) -> Vec<(&'static str, Tree)> {
    let text = |name: &'static str, value: &Option<String>| value.as_ref().map(|it| (name, Tree::text(it)));
    let mut fields = Vec::new();
    fields.extend(text("name", &event.name));
    fields.extend(text("cardNo", &event.card_no));
    fields.extend(text("QRCodeInfo", &event.qr_code));
    fields.push(("cardReaderNo", Tree::Int(1)));
    fields.push(("doorNo", Tree::Int(1)));
    fields.extend(text("employeeNoString", &event.employee_no));
    fields
}

fn temperature(event: &SampleEvent) -> Vec<(&'static str, Tree)> {
    let Some(measured) = event.temperature else { return Vec::new() };
    vec![
        ("thermometryUnit", Tree::text(&event.thermometry_unit)),
        ("currTemperature", Tree::Real(measured)),
        // Spelt like this by every device seen.
        ("isAbnomalTemperature", Tree::Bool(event.is_over_limit)),
    ]
}
