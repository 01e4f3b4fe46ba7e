//! `fugong.toml` in the data folder (mode 0600), overridden by `FUGONG__SECTION__KEY`. Unknown keys and bad values stop
//! the start with the key's name.

use std::fs;
use std::io::Write as _;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use notify::messages::{GatewaySettings, MailSettings};
use secrecy::SecretString;
use serde::Deserialize;

/// The whole configuration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Pages and API.
    pub http: HttpConfig,
    /// The devices' door.
    pub devices: DevicesConfig,
    /// Where data is.
    pub database: DatabaseConfig,
    /// Where keys are.
    pub vault: VaultSection,
    /// Secrets of this installation.
    pub secrets: SecretsConfig,
    /// Logs and metrics.
    pub telemetry: TelemetryConfig,
    /// The audit log.
    #[serde(default)]
    pub audit: AuditConfig,
    /// The way to phones.
    #[serde(default)]
    pub messages: MessagesConfig,
    /// Faces.
    #[serde(default)]
    pub faces: FacesConfig,
}

/// Faces: without models nobody can be enrolled, and everything else works.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacesConfig {
    /// Folder that `make models` fills.
    pub models: Option<PathBuf>,
}

/// The way to phones: at most one of them; without any nothing is sent, and workers sign in with activation codes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessagesConfig {
    /// An HTTP gateway of a text-message service.
    pub gateway: Option<GatewaySettings>,
    /// A mail server whose carrier makes text messages of mails.
    pub mail: Option<MailSettings>,
    /// Shown instead of sent. No file can say so: only the demo and tests, whose people are invented.
    #[serde(skip)]
    pub on_screen: bool,
}

/// The audit log.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditConfig {
    /// Folder of signed checkpoints: best on another disk or share, where whoever can write the database cannot.
    pub second_path: PathBuf,
}

impl Default for AuditConfig {
    fn default() -> Self {
        Self { second_path: PathBuf::from("checkpoints") }
    }
}

/// Pages and API.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpConfig {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Certificate chain in PEM; with `tls_key` the listener speaks HTTPS.
    pub tls_cert: Option<PathBuf>,
    /// Private key in PEM.
    pub tls_key: Option<PathBuf>,
    /// Name of the proxy in front that speaks HTTPS; without it and without a certificate only loopback is served.
    pub behind_proxy: Option<String>,
}

/// The devices' door.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DevicesConfig {
    /// Address to listen on; terminals speak plain HTTP, so give it a network of its own.
    pub listen: SocketAddr,
    /// Host name or address under which terminals reach it; printed on set-up sheets.
    pub address: String,
}

/// Where data is.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `sqlite:<path>` or `postgres://…`.
    pub url: String,
}

impl std::fmt::Debug for DatabaseConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let engine = self.url.split(':').next().unwrap_or_default();
        f.debug_struct("DatabaseConfig").field("engine", &engine).finish()
    }
}

/// Where keys are.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VaultSection {
    /// `sqlite:<path>` or `postgres://…`; a store of its own.
    pub url: String,
    /// Folder of the wrapping key.
    pub wrapping_key_dir: PathBuf,
}

impl std::fmt::Debug for VaultSection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VaultSection").field("wrapping_key_dir", &self.wrapping_key_dir).finish()
    }
}

/// Secrets of this installation; changing one makes what was made with it unfindable.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretsConfig {
    /// Keys the blind indexes.
    pub index: SecretString,
    /// Keys the digests of device secrets.
    pub device: SecretString,
    /// Keys the digests of session tokens, invitations and codes.
    pub token: SecretString,
}

/// Logs and metrics.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TelemetryConfig {
    /// In the form of `RUST_LOG`.
    pub log: String,
    /// `json` or `text`.
    pub format: String,
    /// Address of `/metrics`; keep it on loopback or a management network.
    pub metrics: Option<SocketAddr>,
}

const FILE: &str = "fugong.toml";
const JOURNAL: &str = "journal.db";

impl Config {
    /// Reads the data folder's configuration; relative paths in it are relative to the folder.
    pub fn load(data: &Path) -> anyhow::Result<Self> {
        let file = data.join(FILE);
        if !file.exists() {
            bail!("{} is not there; `fugong admin init --data {}` makes it", file.display(), data.display());
        }
        let source = config::Config::builder()
            .add_source(config::File::from(file.clone()))
            .add_source(config::Environment::with_prefix("FUGONG").prefix_separator("__").separator("__"))
            .build()
            .with_context(|| file.display().to_string())?;
        let mut it: Self = source.try_deserialize().with_context(|| file.display().to_string())?;
        it.database.url = resolve(&it.database.url, data);
        it.vault.url = resolve(&it.vault.url, data);
        it.vault.wrapping_key_dir = data.join(&it.vault.wrapping_key_dir);
        it.audit.second_path = data.join(&it.audit.second_path);
        it.faces.models = it.faces.models.map(|folder| data.join(folder));
        it.check()?;
        Ok(it)
    }

    /// The journal's own file beside an SQLite database; with PostgreSQL it is in the database.
    pub fn journal_url(&self) -> Option<String> {
        let path = Path::new(self.database.url.strip_prefix("sqlite:")?);
        Some(format!("sqlite:{}", path.with_file_name(JOURNAL).display()))
    }

    fn check(&self) -> anyhow::Result<()> {
        let tls = self.http.tls_cert.is_some();
        if tls != self.http.tls_key.is_some() {
            bail!("http.tls_cert and http.tls_key go together");
        }
        if !tls && self.http.behind_proxy.is_none() && !self.http.listen.ip().is_loopback() {
            bail!(
                "http.listen = {} is reachable from outside without HTTPS: set http.tls_cert and http.tls_key, or name \
                 the proxy in http.behind_proxy",
                self.http.listen
            );
        }
        if !matches!(self.telemetry.format.as_str(), "json" | "text") {
            bail!("telemetry.format must be json or text");
        }
        if self.messages.gateway.is_some() && self.messages.mail.is_some() {
            bail!("messages.gateway and messages.mail: only one of them");
        }
        if let Some(gateway) = &self.messages.gateway
            && !is_protected(&gateway.url)
        {
            bail!("messages.gateway.url must begin with https:// unless it is on loopback");
        }
        Ok(())
    }
}

/// Codes do not travel in the clear, except within the machine.
fn is_protected(url: &str) -> bool {
    let loopback = ["http://127.0.0.1:", "http://127.0.0.1/", "http://[::1]:", "http://[::1]/"];
    url.starts_with("https://") || loopback.iter().any(|it| url.starts_with(it))
}

fn resolve(url: &str, data: &Path) -> String {
    match url.strip_prefix("sqlite:") {
        Some(path) => format!("sqlite:{}", data.join(path).display()),
        None => url.to_owned(),
    }
}

/// Where a new installation listens.
#[derive(Debug, Clone, Copy)]
pub struct Listen {
    /// Pages and API.
    pub http: SocketAddr,
    /// The devices' door.
    pub devices: SocketAddr,
    /// Prometheus; none serves none.
    pub metrics: Option<SocketAddr>,
}

/// Makes the data folder and a configuration with random secrets, if there is none.
pub fn create(data: &Path, listen: Listen, log: &str) -> anyhow::Result<bool> {
    let Listen { http, devices, metrics } = listen;
    let metrics = metrics.map(|it| format!("metrics = \"{it}\"\n")).unwrap_or_default();
    fs::create_dir_all(data).with_context(|| data.display().to_string())?;
    fs::set_permissions(data, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    let path = data.join(FILE);
    if path.exists() {
        return Ok(false);
    }
    let secret = vault::random_token::<32>;
    let text = format!(
        "# Settings of this installation. Holds secrets: keep it at mode 0600 and out of backups of the data.\n\
         \n[http]\nlisten = \"{http}\"\n\
         \n[devices]\nlisten = \"{devices}\"\naddress = \"{}\"\n\
         \n[database]\nurl = \"sqlite:fugong.db\"\n\
         \n[vault]\nurl = \"sqlite:keys.db\"\nwrapping_key_dir = \"wrapping\"\n\
         \n[audit]\nsecond_path = \"checkpoints\"\n\
         \n[secrets]\nindex = \"{}\"\ndevice = \"{}\"\ntoken = \"{}\"\n\
         \n[telemetry]\nlog = \"{log}\"\nformat = \"json\"\n{metrics}",
        devices.ip(),
        secret(),
        secret(),
        secret(),
    );
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let loopback = "127.0.0.1:0".parse().unwrap();
        let listen = Listen { http: loopback, devices: loopback, metrics: None };
        assert!(create(folder.path(), listen, "info").unwrap());
        folder
    }

    #[test]
    fn a_new_configuration_is_private_and_loads() {
        use std::os::unix::fs::PermissionsExt;
        let folder = made();
        let mode = fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let config = Config::load(folder.path()).unwrap();
        assert!(config.database.url.starts_with("sqlite:/"));
        assert!(!format!("{config:?}").contains(folder.path().join("fugong.db").to_str().unwrap()));
    }

    #[test]
    fn an_unknown_key_stops_the_start_with_its_name() {
        let folder = made();
        let path = folder.path().join(FILE);
        let text = fs::read_to_string(&path).unwrap().replace("[telemetry]", "[telemetry]\ncolour = 1");
        fs::write(&path, text).unwrap();
        let error = format!("{:#}", Config::load(folder.path()).unwrap_err());
        assert!(error.contains("colour"), "{error}");
    }

    #[test]
    fn codes_leave_by_one_way_and_protected() {
        let gateway = |url: &str| format!("\n[messages.gateway]\nurl = \"{url}\"\nsecret = \"s\"\n");
        let mail =
            "\n[messages.mail]\nhost = \"h\"\nport = 25\nsecurity = \"none\"\nfrom = \"a@b.c\"\nto = \"{phone}@b.c\"\n";
        for (text, fault) in [
            (gateway("https://sms.example/send"), None),
            (gateway("http://127.0.0.1:9/send"), None),
            (gateway("http://127.0.0.1.example/send"), Some("messages.gateway.url")),
            (gateway("http://sms.example/send"), Some("messages.gateway.url")),
            (gateway("https://sms.example/send") + mail, Some("only one")),
            ("\n[messages]\non_screen = true\n".to_owned(), Some("on_screen")),
        ] {
            let folder = made();
            let path = folder.path().join(FILE);
            fs::write(&path, fs::read_to_string(&path).unwrap() + &text).unwrap();
            let outcome = Config::load(folder.path()).map_err(|error| format!("{error:#}"));
            match fault {
                None => assert!(outcome.is_ok(), "{text}: {outcome:?}"),
                Some(fault) => assert!(outcome.unwrap_err().contains(fault), "{text}"),
            }
        }
    }

    #[test]
    fn plain_http_beyond_loopback_is_refused() {
        let folder = made();
        let path = folder.path().join(FILE);
        let text = fs::read_to_string(&path).unwrap().replacen("127.0.0.1:0", "0.0.0.0:8080", 1);
        fs::write(&path, text).unwrap();
        let error = format!("{:#}", Config::load(folder.path()).unwrap_err());
        assert!(error.contains("http.listen"), "{error}");
    }
}
