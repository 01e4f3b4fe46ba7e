//! `fugong inspect KIND [FILE|-]` and `fugong conform KIND DIR`: what a field engineer uses when something is not read
//! as it should be, and what anyone uses to hold our readers against other implementations.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use kernel::{Clock as _, Instant64, SystemClock};
use pass::status_list::StatusList;
use pass::{Outcome, Request, Revocations, TrustList};
use places::SiteId;

/// What `inspect pass` exits with when nobody can tell, an error of its own included.
const CANNOT_TELL: u8 = 2;

/// What `inspect pass` verifies against, what `inspect thermal` shows besides, what `inspect face` recognises with.
#[derive(clap::Args)]
pub struct InspectOptions {
    /// Whom to believe: a trust list in JSON, or certificates in PEM.
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// A signed status list, or revocations of foreign passes in JSON.
    #[arg(long, value_name = "FILE")]
    status: Option<PathBuf>,
    /// The site where the pass is shown, `site_…`.
    #[arg(long, value_name = "ID")]
    site: Option<String>,
    /// The area code of that site, for passes that are good in an area.
    #[arg(long, value_name = "CODE")]
    area: Option<String>,
    /// The time, RFC 3339 or seconds since 1970; now, if it is not given.
    #[arg(long, value_name = "T")]
    now: Option<String>,
    /// Of a thermal image also this pixel, `ROW,COLUMN`; may be given several times.
    #[arg(long = "pixel", value_name = "R,C")]
    pixels: Vec<thermal::PixelAt>,
    /// Folder of the models for faces, as `make models` fills it.
    #[arg(long, value_name = "DIR", default_value = ".tools/models")]
    models: PathBuf,
}

/// Prints one JSON line per observation, or the one line of a pass.
///
/// What cannot be decoded is a line too, and no failure; a pass exits with its outcome.
pub fn run(kind: &str, file: &Path, other: Option<&Path>, options: &InspectOptions) -> anyhow::Result<ExitCode> {
    if other.is_some() && kind != "face" {
        bail!("a second file is compared with the first only for face");
    }
    let input = match read(file) {
        Err(error) if kind == "pass" => {
            eprintln!("fugong: {error:#}");
            return Ok(CANNOT_TELL.into());
        }
        input => input?,
    };
    let (lines, exit) = match kind {
        "hikvision" => (hikvision::inspect(&input), ExitCode::SUCCESS),
        "thermal" => {
            let images = thermal::inspect(&input, &options.pixels)?;
            (images.iter().map(ToString::to_string).collect(), ExitCode::SUCCESS)
        }
        "face" => {
            let other = other.map(read).transpose()?;
            let mut faces = face::Faces::open(&options.models, 1)?;
            let line = face::inspect(&mut faces, &input, other.as_deref())?;
            (vec![line.to_string()], ExitCode::SUCCESS)
        }
        "pass" => match inspect_pass(&input, options) {
            Ok(inspected) => inspected,
            // Exit 1 would say that the pass is invalid.
            Err(error) => {
                eprintln!("fugong: {error:#}");
                return Ok(CANNOT_TELL.into());
            }
        },
        other => bail!("nothing reads {other:?}; known: face, hikvision, pass, thermal"),
    };
    print(lines)?;
    Ok(exit)
}

/// Prints a line for each vector that failed, and `N passed, N failed`.
pub fn conform(kind: &str, dir: &Path) -> anyhow::Result<ExitCode> {
    let (lines, n_passed, n_failed) = match kind {
        "passes" => {
            let it = pass::conform::run(dir).with_context(|| dir.display().to_string())?;
            (it.lines, it.n_passed, it.n_failed)
        }
        "thermal" => {
            let it = thermal::conform::run(dir).with_context(|| dir.display().to_string())?;
            (it.lines, it.n_passed, it.n_failed)
        }
        other => bail!("no vectors for {other:?}; known: passes, thermal"),
    };
    let summary = format!("{n_passed} passed, {n_failed} failed");
    print(lines.into_iter().chain([summary]))?;
    Ok(if n_failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn inspect_pass(input: &[u8], options: &InspectOptions) -> anyhow::Result<(Vec<String>, ExitCode)> {
    let mut request = Request { now_s: now_s(options.now.as_deref())?, ..Request::default() };
    if let Some(file) = &options.trust {
        request.trust = TrustList::parse(&read(file)?).with_context(|| file.display().to_string())?;
    }
    if let Some(file) = &options.status {
        let bytes = read(file)?;
        match bytes.trim_ascii_start().first() {
            Some(b'{') => {
                request.revocations = Revocations::parse(&bytes).with_context(|| file.display().to_string())?
            }
            // A list that is not trusted is as good as none: the pass says "cannot tell", and this line says why.
            _ => match StatusList::open(&bytes, &request.trust) {
                Ok(list) => request.status = Some(list),
                Err(refusal) => eprintln!("fugong: {}: {}", file.display(), refusal.what),
            },
        }
    }
    if let Some(site) = &options.site {
        let site = site.parse::<SiteId>().ok().context("--site: an id as the console shows it, site_…")?;
        request.site = Some((site.uuid().into_bytes(), options.area.clone()));
    }
    let (outcome, line) = pass::inspect(input, &request);
    let exit = match outcome {
        Outcome::Valid => ExitCode::SUCCESS,
        Outcome::Invalid => ExitCode::from(1),
        Outcome::CannotTell => ExitCode::from(CANNOT_TELL),
    };
    Ok((vec![line], exit))
}

fn now_s(text: Option<&str>) -> anyhow::Result<i64> {
    let Some(text) = text else { return Ok(SystemClock.now().micros().div_euclid(1_000_000)) };
    let parsed = Instant64::parse(text).map(|it| it.micros().div_euclid(1_000_000));
    parsed.or_else(|| text.parse().ok()).context("--now: RFC 3339, such as 2020-02-24T07:52:00Z, or seconds since 1970")
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let mut input = Vec::new();
    match file.as_os_str() == "-" {
        true => std::io::stdin().read_to_end(&mut input).context("standard input")?,
        false => std::fs::File::open(file)
            .and_then(|mut it| it.read_to_end(&mut input))
            .with_context(|| file.display().to_string())?,
    };
    Ok(input)
}

fn print(lines: impl IntoIterator<Item = String>) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
