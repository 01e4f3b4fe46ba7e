//! Speech: a short text becomes a WAV file, for browsers that have no voice of their own.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::process::Command;
use tokio::sync::Semaphore;

/// Which language is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// Mandarin.
    Chinese,
    /// English.
    English,
}

/// Why there is no sound.
#[derive(Debug, thiserror::Error)]
pub enum SpeechError {
    /// `espeak-ng` is not installed.
    #[error("espeak-ng is not installed")]
    NotInstalled,
    /// It failed or took too long.
    #[error("espeak-ng failed")]
    Failed,
}

const PATIENCE: Duration = Duration::from_secs(5);
/// How many sentences are spoken at once; each is a process.
static VOICES: Semaphore = Semaphore::const_new(2);

/// Speaks `text` (at most 200 characters are spoken) with espeak-ng; the answer is a RIFF WAV file.
pub async fn speak(voice: Voice, text: &str) -> Result<Vec<u8>, SpeechError> {
    let voice = match voice {
        Voice::Chinese => "cmn",
        Voice::English => "en",
    };
    let _turn = VOICES.acquire().await.map_err(|_| SpeechError::Failed)?;
    let text: String = text.chars().filter(|it| !it.is_control()).take(200).collect();
    // The text is an argument behind `--`, never part of a shell line.
    let child = Command::new("espeak-ng")
        .args(["--stdout", "-v", voice, "-s", "160", "--", &text])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let mut child = child.map_err(|_| SpeechError::NotInstalled)?;
    let mut out = child.stdout.take().ok_or(SpeechError::Failed)?;
    let mut wav = Vec::new();
    let reading = async {
        out.read_to_end(&mut wav).await.map_err(|_| SpeechError::Failed)?;
        child.wait().await.map_err(|_| SpeechError::Failed)
    };
    let status = tokio::time::timeout(PATIENCE, reading).await.map_err(|_| SpeechError::Failed)??;
    match status.success() && wav.starts_with(b"RIFF") {
        true => Ok(wav),
        false => Err(SpeechError::Failed),
    }
}
