//! A camera of RTSP on loopback: one video inside the TCP connection, sent in a circle, 20 frames a second.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use md5::{Digest as _, Md5};

/// A video, packed for RTP.
pub struct Video {
    /// The media section of the description.
    pub sdp: String,
    pub payload_type: u8,
    /// How far the time stamps of two frames are apart, at 90 kHz; 4,500 is how far they are sent apart.
    pub ticks: u32,
    /// Frame by frame, payload by payload.
    pub frames: Vec<Vec<Vec<u8>>>,
}

/// How one signs in with a user and a password.
#[derive(Clone, Copy)]
pub enum Login {
    Open,
    Basic(&'static str, &'static str),
    /// With MD5 and without `qop` (RFC 2069), as most cameras want it.
    Digest(&'static str, &'static str),
}

impl Login {
    fn challenge(self) -> &'static str {
        match self {
            Self::Digest(..) => "Digest realm=\"door\", nonce=\"0a1b2c\"",
            Self::Open | Self::Basic(..) => "Basic realm=\"door\"",
        }
    }

    fn admits(self, method: &str, authorization: Option<&str>) -> bool {
        match self {
            Self::Open => true,
            Self::Basic(user, password) => {
                let wanted = format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}")));
                authorization == Some(&wanted)
            }
            Self::Digest(user, password) => authorization.is_some_and(|it| {
                let part = |name: &str| it.split_once(&format!("{name}=\""))?.1.split_once('"').map(|(value, _)| value);
                let who = md5(&format!("{user}:door:{password}"));
                let what = md5(&format!("{method}:{}", part("uri").unwrap_or_default()));
                part("username") == Some(user) && part("response") == Some(&md5(&format!("{who}:0a1b2c:{what}")))
            }),
        }
    }
}

fn md5(text: &str) -> String {
    Md5::digest(text).iter().map(|it| format!("{it:02x}")).collect()
}

pub struct Server {
    pub port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    video: Video,
    login: Login,
    connections: Mutex<Vec<TcpStream>>,
    is_down: AtomicBool,
    is_quiet: AtomicBool,
    /// How many connections their client has ended.
    pub n_left: AtomicUsize,
}

impl Server {
    pub fn start(video: Video, login: Login) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            video,
            login,
            connections: Mutex::default(),
            is_down: false.into(),
            is_quiet: false.into(),
            n_left: 0.into(),
        });
        let accepting = Arc::clone(&shared);
        // It ends with the process of the test.
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&accepting);
                if !shared.is_down.load(SeqCst) {
                    shared.connections.lock().unwrap().push(stream.try_clone().unwrap());
                    std::thread::spawn(move || shared.serve(stream));
                }
            }
        });
        Self { port, shared }
    }

    pub fn source(&self, rest: &str) -> String {
        format!("kind = \"rtsp\"\nurl = \"rtsp://127.0.0.1:{}/door\"\n{rest}", self.port)
    }

    /// Cuts every connection, and each that comes, until [`Self::come_back`].
    pub fn cut(&self) {
        self.shared.is_down.store(true, SeqCst);
        for it in self.shared.connections.lock().unwrap().drain(..) {
            let _ = it.shutdown(Shutdown::Both);
        }
    }

    pub fn come_back(&self) {
        self.shared.is_down.store(false, SeqCst);
    }

    /// Whether it answers and sends; it keeps its connections either way.
    pub fn hush(&self, is_quiet: bool) {
        self.shared.is_quiet.store(is_quiet, SeqCst);
    }

    pub fn n_left(&self) -> usize {
        self.shared.n_left.load(SeqCst)
    }

    pub fn n_connections(&self) -> usize {
        self.shared.connections.lock().unwrap().len()
    }
}

impl Shared {
    fn serve(self: Arc<Self>, stream: TcpStream) {
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        loop {
            let request: Vec<String> = lines.by_ref().map_while(Result::ok).take_while(|it| !it.is_empty()).collect();
            if request.is_empty() {
                self.n_left.fetch_add(1, SeqCst);
                return;
            }
            if self.is_quiet.load(SeqCst) {
                continue;
            }
            let mut out = &stream;
            let is_sent = out.write_all(self.answer(&request).as_bytes()).is_ok();
            if is_sent && request[0].starts_with("PLAY") {
                let (shared, stream) = (Arc::clone(&self), stream.try_clone().unwrap());
                std::thread::spawn(move || shared.send(&stream));
            }
        }
    }

    fn answer(&self, request: &[String]) -> String {
        let header = |name: &str| {
            let line = request.iter().find(|it| it.to_lowercase().starts_with(&format!("{}:", name.to_lowercase())))?;
            line.split_once(':').map(|(_, value)| value.trim())
        };
        let cseq = header("CSeq").unwrap();
        let method = request[0].split(' ').next().unwrap();
        if !self.login.admits(method, header("Authorization")) {
            let challenge = self.login.challenge();
            return format!("RTSP/1.0 401 Unauthorized\r\nCSeq: {cseq}\r\nWWW-Authenticate: {challenge}\r\n\r\n");
        }
        let sdp = format!("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=door\r\nt=0 0\r\na=control:*\r\n{}", self.video.sdp);
        let (headers, body) = match method {
            "DESCRIBE" => (format!("Content-Type: application/sdp\r\nContent-Length: {}\r\n", sdp.len()), sdp),
            "SETUP" => ("Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 7\r\n".to_owned(), String::new()),
            _ => ("Session: 7\r\n".to_owned(), String::new()),
        };
        format!("RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\n{headers}\r\n{body}")
    }

    /// RTP (RFC 3550, 5.1) with a clock of 90 kHz, interleaved (RFC 2326, 10.12) on channel 0.
    fn send(&self, mut stream: &TcpStream) {
        let mut seq = 0_u16;
        for (index, frame) in (0_u32..).zip(self.video.frames.iter().cycle()) {
            std::thread::sleep(Duration::from_millis(50));
            if self.is_quiet.load(SeqCst) {
                continue;
            }
            for (at, payload) in frame.iter().enumerate() {
                let marker = if at + 1 == frame.len() { 0x80 } else { 0 };
                let mut packet = vec![b'$', 0];
                packet.extend(u16::try_from(12 + payload.len()).unwrap().to_be_bytes());
                packet.extend([0x80, marker | self.video.payload_type]);
                packet.extend(seq.to_be_bytes());
                packet.extend((index * self.video.ticks).to_be_bytes());
                packet.extend(7_u32.to_be_bytes());
                packet.extend(payload);
                if stream.write_all(&packet).is_err() {
                    return;
                }
                seq = seq.wrapping_add(1);
            }
        }
    }
}
