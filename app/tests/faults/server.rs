//! The real binary in a process of its own.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use rustix::process::{Pid, Signal, kill_process};
use tokio::process::{Child, Command};

use crate::installation::Installation;
use crate::push::{client, url};

/// A server; killed when dropped.
pub struct Server {
    child: Child,
    /// Where terminals push to.
    pub devices: SocketAddr,
}

impl Server {
    /// Starts it and waits until its devices' door answers.
    pub async fn start(installation: &Installation) -> Self {
        Self::start_in(installation, installation.path()).await
    }

    /// The same, working from another folder.
    pub async fn start_in(installation: &Installation, folder: &Path) -> Self {
        let (http, devices) = (free_address(), free_address());
        let child = Command::new(env!("CARGO_BIN_EXE_fugong"))
            .arg("serve")
            .arg("--data")
            .arg(folder)
            .env("FUGONG__HTTP__LISTEN", http.to_string())
            .env("FUGONG__DEVICES__LISTEN", devices.to_string())
            .envs(installation.environment())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut it = Self { child, devices };
        it.answers().await;
        it
    }

    async fn answers(&mut self) {
        let (client, began) = (client(), Instant::now());
        while client.get(url(self.devices, 0)).send().await.ok().map(|it| it.status()) != Some(StatusCode::OK) {
            assert_eq!(self.child.try_wait().unwrap(), None, "the server ended while it started");
            assert!(began.elapsed() < Duration::from_secs(30), "the server does not answer");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// SIGKILL: nothing is finished, nothing is closed.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Ctrl-C; how it ended and how long that took.
    pub async fn interrupt(mut self) -> (ExitStatus, Duration) {
        let pid = Pid::from_raw(i32::try_from(self.child.id().unwrap()).unwrap()).unwrap();
        let began = Instant::now();
        kill_process(pid, Signal::INT).unwrap();
        let status = tokio::time::timeout(Duration::from_secs(30), self.child.wait()).await.unwrap().unwrap();
        (status, began.elapsed())
    }
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
