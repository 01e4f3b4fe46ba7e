//! Which camera, as a configuration says it.

use std::path::PathBuf;

use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

/// Where frames come from. `kind` says which: `folder`, `mjpeg`, `v4l2` or `rtsp`; an unknown key is an error.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Source {
    /// Pictures in a folder.
    Folder(Folder),
    /// A recorded stream.
    Mjpeg(Mjpeg),
    /// A device of this machine.
    V4l2(V4l2),
    /// A camera on the network.
    Rtsp(Rtsp),
}

impl Source {
    /// The word of `kind`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Folder(_) => "folder",
            Self::Mjpeg(_) => "mjpeg",
            Self::V4l2(_) => "v4l2",
            Self::Rtsp(_) => "rtsp",
        }
    }
}

/// JPEGs and PNGs, shown in the order of their names. What is neither is skipped and counted.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Folder {
    /// The folder.
    pub path: PathBuf,
    /// How many are shown in a second.
    #[serde(default)]
    pub frames_per_s: FramesPerSecond,
    /// Whether it begins anew at the end.
    #[serde(default)]
    pub repeat: bool,
}

/// A file of JPEGs one after the other; what stands between them, such as the headings of a stream over HTTP, is passed over.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mjpeg {
    /// The file.
    pub path: PathBuf,
    /// How many pictures are shown in a second: the file does not say.
    #[serde(default)]
    pub frames_per_s: FramesPerSecond,
    /// Whether it begins anew at the end.
    #[serde(default)]
    pub repeat: bool,
}

/// A device of Video4Linux, which must offer motion JPEG, JPEG or YUYV.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct V4l2 {
    /// Its file. The names below `/dev/v4l/by-id` stay when it is plugged in again, those of `/dev/video0` may not.
    pub device: PathBuf,
    /// Pixels in a row that are asked for; the device may choose others.
    pub width: u32,
    /// Rows that are asked for.
    pub height: u32,
}

/// A camera that speaks RTSP 1.0 and sends H.264 or JPEG, over the one TCP connection.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "WrittenRtsp")]
pub struct Rtsp {
    /// Its address.
    pub url: RtspUrl,
    /// Who signs in there; none if nobody has to.
    pub login: Option<(String, SecretString)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRtsp {
    url: RtspUrl,
    user: Option<String>,
    password: Option<SecretString>,
}

impl TryFrom<WrittenRtsp> for Rtsp {
    type Error = SourceError;

    fn try_from(it: WrittenRtsp) -> Result<Self, SourceError> {
        let login = match (it.user, it.password) {
            (Some(user), password) => Some((user, password.unwrap_or_else(|| String::new().into()))),
            (None, None) => None,
            (None, Some(_)) => return Err(SourceError::NoUser),
        };
        Ok(Self { url: it.url, login })
    }
}

/// Why a configuration was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// Outside 1 to 60.
    #[error("frames_per_s is from 1 to 60")]
    Rate,
    /// No address, or one of something else.
    #[error("url is an address that begins with rtsp://")]
    Address,
    /// Addresses are logged, passwords are not.
    #[error("url holds no user and no password: they have keys of their own")]
    LoginInAddress,
    /// A password of nobody.
    #[error("password without user")]
    NoUser,
}

/// How many pictures of a recording are shown in a second: 1 to 60, 10 where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "f64")]
pub struct FramesPerSecond(f64);

impl FramesPerSecond {
    /// In Hertz.
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl Default for FramesPerSecond {
    fn default() -> Self {
        Self(10.0)
    }
}

impl TryFrom<f64> for FramesPerSecond {
    type Error = SourceError;

    fn try_from(it: f64) -> Result<Self, SourceError> {
        // Below one in a second a frame could be too old before the next comes.
        if (1.0..=60.0).contains(&it) { Ok(Self(it)) } else { Err(SourceError::Rate) }
    }
}

/// An address of RTSP without user and password.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct RtspUrl(Url);

impl RtspUrl {
    pub(crate) const fn get(&self) -> &Url {
        &self.0
    }
}

impl TryFrom<String> for RtspUrl {
    type Error = SourceError;

    fn try_from(text: String) -> Result<Self, SourceError> {
        let url = Url::parse(&text).map_err(|_| SourceError::Address)?;
        if url.scheme() != "rtsp" || url.host_str().is_none_or(str::is_empty) {
            return Err(SourceError::Address);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(SourceError::LoginInAddress);
        }
        Ok(Self(url))
    }
}

/// Host and port only: some cameras take their password in the path or query.
impl std::fmt::Debug for RtspUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "rtsp://{}:{}/…", self.0.host_str().unwrap_or_default(), self.0.port().unwrap_or(554))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Source, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    #[track_caller]
    fn assert_refused(text: &str, word: &str) {
        let error = read(text).unwrap_err();
        assert!(error.contains(word), "{error}");
    }

    #[test]
    fn every_kind_is_read() {
        let folder = read("kind = \"folder\"\npath = \"in\"\nframes_per_s = 5\nrepeat = true").unwrap();
        assert!(matches!(folder, Source::Folder(it) if it.frames_per_s.get() == 5.0 && it.repeat));
        let mjpeg = read("kind = \"mjpeg\"\npath = \"in.mjpeg\"").unwrap();
        assert!(matches!(mjpeg, Source::Mjpeg(it) if it.frames_per_s.get() == 10.0 && !it.repeat));
        let v4l2 = read("kind = \"v4l2\"\ndevice = \"/dev/video0\"\nwidth = 1280\nheight = 720").unwrap();
        assert!(matches!(&v4l2, Source::V4l2(it) if it.width == 1280));
        assert_eq!(v4l2.kind(), "v4l2");
        let rtsp =
            read("kind = \"rtsp\"\nurl = \"rtsp://192.0.2.7/door\"\nuser = \"gate\"\npassword = \"s3cret\"").unwrap();
        assert!(matches!(&rtsp, Source::Rtsp(it) if it.login.is_some()));
    }

    #[test]
    fn what_is_not_known_or_cannot_be_is_refused() {
        assert_refused("kind = \"folder\"\npath = \"in\"\nspeed = 3", "speed");
        assert_refused("kind = \"mjpeg\"\npath = \"in\"\nspeed = 3", "speed");
        assert_refused("kind = \"v4l2\"\ndevice = \"a\"\nwidth = 1\nheight = 1\nfps = 3", "fps");
        assert_refused("kind = \"rtsp\"\nurl = \"rtsp://a\"\nuser_name = \"a\"", "user_name");
        assert_refused("kind = \"webcam\"", "webcam");
        for rate in ["0", "0.9", "61", "nan", "inf", "-5"] {
            assert_refused(&format!("kind = \"folder\"\npath = \"in\"\nframes_per_s = {rate}"), "from 1 to 60");
        }
        assert_refused("kind = \"rtsp\"\nurl = \"file:///a\"", "begins with rtsp://");
        assert_refused("kind = \"rtsp\"\nurl = \"rtsp://\"", "begins with rtsp://");
        assert_refused("kind = \"rtsp\"\nurl = \"rtsp://192.0.2.7/\"\npassword = \"a\"", "password without user");
    }

    #[test]
    fn a_password_is_neither_taken_in_an_address_nor_shown() {
        let error = read("kind = \"rtsp\"\nurl = \"rtsp://gate:s3cret@192.0.2.7/door\"").unwrap_err();
        assert!(error.contains("holds no user"), "{error}");
        let text =
            "kind = \"rtsp\"\nurl = \"rtsp://192.0.2.7/door?password=s3cret\"\nuser = \"gate\"\npassword = \"s3cret\"";
        let shown = format!("{:?}", read(text).unwrap());
        assert!(shown.contains("192.0.2.7") && !shown.contains("s3cret"), "{shown}");
    }
}
