//! A camera on the network: RTSP 1.0 (RFC 2326) with RTP inside the same TCP connection, H.264 (RFC 6184) and JPEG (RFC 2435).

use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use kernel::Instant64;
use retina::client::{
    Credentials, Demuxed, Described, PlayOptions, Session, SessionOptions, SetupOptions, TcpTransportOptions, Transport,
};
use retina::codec::{CodecItem, FrameFormat, VideoFrame};
use secrecy::ExposeSecret as _;
use tokio::time::{timeout, timeout_at};

use crate::frame::MAX_AGE;
use crate::h264::H264;
use crate::jpeg;
use crate::lag::Lag;
use crate::reader::Thinning;
use crate::slot::Slot;
use crate::source::Rtsp;
use crate::state::Absence;

/// A camera that does not begin to send by then is tried again.
const OPENING: Duration = Duration::from_secs(10);
/// And so is one that sends no frame for so long.
const SILENCE: Duration = Duration::from_secs(5);

/// Watches until the camera is gone.
pub(crate) async fn show(source: &Rtsp, slot: &Slot) -> Absence {
    let (mut stream, mut decoder) = match timeout(OPENING, open(source)).await {
        Ok(Ok(opened)) => opened,
        Ok(Err(why)) => return why,
        Err(_) => return Absence::Silent,
    };
    let mut watch = Watch { start: Instant::now(), lag: Lag::default(), thinning: Thinning::default() };
    let mut silent_from = tokio::time::Instant::now() + SILENCE;
    loop {
        match timeout_at(silent_from, stream.next()).await {
            Err(_) => return Absence::Silent,
            Ok(None) => return Absence::Lost("the camera ended the stream".to_owned()),
            Ok(Some(Err(error))) => return Absence::Lost(first_line(&error)),
            Ok(Some(Ok(CodecItem::VideoFrame(frame)))) => {
                silent_from = tokio::time::Instant::now() + SILENCE;
                if let Err(why) = watch.see(&frame, &mut decoder, slot) {
                    return why;
                }
            }
            Ok(Some(Ok(_))) => {}
        }
    }
}

enum Decoder {
    Jpeg,
    H264(Box<H264>),
}

async fn open(source: &Rtsp) -> Result<(Demuxed, Decoder), Absence> {
    let login = source
        .login
        .as_ref()
        .map(|(user, password)| Credentials { username: user.clone(), password: password.expose_secret().to_owned() });
    let options = SessionOptions::default().creds(login).user_agent("fugong".to_owned());
    let fails = |error: retina::Error| match error.status_code() {
        Some(401 | 403) => Absence::Refused,
        _ => Absence::Closed(first_line(&error)),
    };
    let mut session = Session::describe(source.url.get().clone(), options).await.map_err(fails)?;
    let (index, decoder) = choose(&session)?;
    let setup = SetupOptions::default()
        .transport(Transport::Tcp(TcpTransportOptions::default()))
        .frame_format(FrameFormat::SIMPLE);
    session.setup(index, setup).await.map_err(fails)?;
    let playing = session.play(PlayOptions::default()).await.map_err(fails)?;
    Ok((playing.demuxed().map_err(fails)?, decoder))
}

/// The first video that can be read.
fn choose(session: &Session<Described>) -> Result<(usize, Decoder), Absence> {
    let videos = || session.streams().iter().enumerate().filter(|(_, it)| it.media() == "video");
    for (index, stream) in videos() {
        match stream.encoding_name() {
            "jpeg" => return Ok((index, Decoder::Jpeg)),
            "h264" => {
                let decoder = H264::new().ok_or(Absence::Broken)?;
                return Ok((index, Decoder::H264(Box::new(decoder))));
            }
            _ => {}
        }
    }
    let names: Vec<&str> = videos().map(|(_, it)| it.encoding_name()).collect();
    Err(Absence::Unsupported(if names.is_empty() { "no video".to_owned() } else { names.join(", ") }))
}

/// The library's errors go on with what only a trace of the connection explains.
fn first_line(error: &retina::Error) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

struct Watch {
    start: Instant,
    lag: Lag,
    thinning: Thinning,
}

impl Watch {
    fn see(&mut self, frame: &VideoFrame, decoder: &mut Decoder, slot: &Slot) -> Result<(), Absence> {
        let now = Instant::now();
        let lag = self.lag.of(now - self.start, frame.timestamp().elapsed_secs());
        let lag = i64::try_from(lag.as_micros()).unwrap_or(i64::MAX);
        if MAX_AGE < lag {
            // What lies in the buffers is of no use any more; a new connection has none of it.
            return Err(Absence::Behind);
        }
        let at: Instant64 = slot.now().plus(-lag);
        let is_wanted = self.thinning.takes(now, slot);
        let picture = match decoder {
            Decoder::Jpeg if !is_wanted => return Ok(()),
            Decoder::Jpeg => jpeg::decode(frame.data()).map(Some).map_err(|_| ()),
            Decoder::H264(h264) => {
                if 0 < frame.loss() {
                    h264.lose();
                }
                h264.decode(frame.data(), frame.is_random_access_point(), is_wanted).map_err(|_| ())
            }
        };
        match picture {
            Ok(Some(picture)) => slot.put(at, picture),
            Ok(None) => {}
            Err(()) => slot.count(|it| it.unreadable += 1),
        }
        Ok(())
    }
}
