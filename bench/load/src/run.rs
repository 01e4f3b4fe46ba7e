//! A whole run: for each engine the server under load, its reads, and the floor beside it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tempfile::TempDir;

use crate::door::{Door, Pictures};
use crate::generate::{Load, Marks, generate};
use crate::live::Watch;
use crate::ready::Ready;
use crate::report::{Row, Verdicts, print_reads, print_rows, say};
use crate::server::{self, Process, start_demo, start_floor};
use crate::session::Session;
use crate::usage::{Meter, Usage, file_mb, machine, rss_mb};
use crate::{GenerateArgs, Rate, ReadsArgs, RunArgs, StoreKind, Traffic, grow, reads};

/// How long verdicts of a phase are waited for when it has ended.
const LAST_VERDICTS: Duration = Duration::from_secs(5);

/// `load run`.
pub(crate) async fn run(args: &RunArgs) -> anyhow::Result<()> {
    let binary = server::binary()?;
    let database_url = server::database_url();
    let engines = match (args.engines.as_slice(), &database_url) {
        ([], Some(_)) => vec![StoreKind::Embedded, StoreKind::Server],
        ([], None) => vec![StoreKind::Embedded],
        (chosen, _) => chosen.to_vec(),
    };
    say(&format!("- {}\n- {}", machine(), server::version(&binary).await));
    for engine in engines {
        let url = match engine {
            StoreKind::Embedded => None,
            StoreKind::Server => {
                Some(database_url.as_deref().with_context(|| format!("{} names the database", server::SERVER_URL))?)
            }
        };
        measure(args, &binary, engine, url).await?;
    }
    Ok(())
}

/// `load generate`.
pub(crate) async fn generate_only(args: &GenerateArgs) -> anyhow::Result<()> {
    let ready = Ready::read(&args.ready_file)?;
    let load = Load {
        address: args.address.clone().unwrap_or_else(|| ready.devices_address()),
        doors: Arc::new(Door::all(&ready)),
        pictures: Arc::new(Pictures::new()),
        marks: Arc::default(),
    };
    let mut rows = Vec::new();
    for rate in &args.traffic.rates {
        let sent = generate(&load, args.traffic.connections, *rate, args.traffic.seconds).await?;
        rows.push(Row { what: rate.to_string(), sent, verdict: None, usage: Usage::default() });
    }
    print_rows(&rows, None);
    Ok(())
}

/// `load reads`.
pub(crate) async fn reads_only(args: &ReadsArgs) -> anyhow::Result<()> {
    let ready = Ready::read(&args.ready_file)?;
    let session = Session::sign_in(&ready.base_url, ready.account("command")?).await?;
    print_reads(&reads::measure(&ready, &session, args.reads).await?);
    Ok(())
}

async fn measure(args: &RunArgs, binary: &Path, engine: StoreKind, url: Option<&str>) -> anyhow::Result<()> {
    let folder = match &args.folder {
        Some(parent) => TempDir::new_in(parent)?,
        None => TempDir::new()?,
    };
    let (server, ready) = start_demo(binary, folder.path(), &args.size, url).await?;
    let outcome = measure_server(args, &server, &ready, engine).await;
    server.stop().await?;
    let rows = outcome?;
    // The floor has the machine to itself, as the server had it.
    let floor = measure_floor(&args.traffic, &ready, folder.path()).await?;
    print_rows(&rows.0, Some(&floor));
    print_reads(&rows.1);
    Ok(())
}

type Measured = (Vec<Row>, Vec<(String, crate::report::Times)>);

async fn measure_server(
    args: &RunArgs,
    server: &Process,
    ready: &Ready,
    engine: StoreKind,
) -> anyhow::Result<Measured> {
    let session = Session::sign_in(&ready.base_url, ready.account("command")?).await?;
    if 0 < args.people {
        grow::grow(ready, args.people).await?;
    }
    introduce(args, &session, server, ready, engine).await?;
    let doors = Arc::new(Door::all(ready));
    let sampled = doors.first().context("the demo has no device with people")?;
    let marks = Arc::new(Marks::of(&sampled.device_id));
    let gate_id = sampled.gate_id.clone();
    let load = Load {
        address: ready.devices_address(),
        doors: Arc::clone(&doors),
        pictures: Arc::new(Pictures::new()),
        marks: Arc::clone(&marks),
    };
    let mut rows = Vec::new();
    for rate in &args.traffic.rates {
        // A feed each phase: one that was cut while the server was busy does not spoil the next.
        let watch = Watch::open(&session, &gate_id, &marks).await?;
        let mut row = phase(&load, &args.traffic, *rate, server).await?;
        row.verdict = Some(last_verdicts(&watch).await);
        watch.close();
        rows.push(row);
    }
    let reads = reads::measure(ready, &session, args.reads).await?;
    Ok((rows, reads))
}

async fn phase(load: &Load, traffic: &Traffic, rate: Rate, process: &Process) -> anyhow::Result<Row> {
    let meter = Meter::start(process.pid());
    let sent = generate(load, traffic.connections, rate, traffic.seconds).await?;
    Ok(Row { what: rate.to_string(), sent, verdict: None, usage: meter.stop() })
}

async fn last_verdicts(watch: &Watch) -> Verdicts {
    tokio::time::sleep(LAST_VERDICTS).await;
    watch.take().await
}

async fn measure_floor(traffic: &Traffic, ready: &Ready, folder: &Path) -> anyhow::Result<Row> {
    let file = folder.join("floor");
    let (floor, address) = start_floor(&file).await?;
    let load =
        Load { address, doors: Arc::new(Door::all(ready)), pictures: Arc::new(Pictures::new()), marks: Arc::default() };
    let outcome = phase(&load, traffic, Rate::Max, &floor).await;
    floor.stop().await?;
    let row = outcome?;
    Ok(Row { what: format!("floor, max ({:.0} MB)", file_mb(&file)), ..row })
}

async fn introduce(
    args: &RunArgs,
    session: &Session,
    server: &Process,
    ready: &Ready,
    engine: StoreKind,
) -> anyhow::Result<()> {
    let people = session.get("/people/count").await?;
    let engine = match engine {
        StoreKind::Embedded => "sqlite",
        StoreKind::Server => "postgres",
    };
    say(&format!(
        "\n**{engine}**: {} devices, {} people, {} MB resident before; {} keep-alive connections, {} s a rate, 1 kB \
         JSON, one in ten multipart with a 20 kB picture; generator and server share the cores\n",
        ready.devices.len(),
        people.get("count").map(ToString::to_string).unwrap_or_default(),
        rss_mb(server.pid()),
        args.traffic.connections,
        args.traffic.seconds,
    ));
    Ok(())
}
