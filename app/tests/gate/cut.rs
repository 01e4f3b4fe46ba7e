//! The network is cut in the middle of a round, and of sending: after so many bytes of what the server answers.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gate_link::Enrolment;
use kernel::time::SECOND;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::on_both_engines;
use crate::site::{Box, Site};

const PEOPLE: usize = 60;
/// As few entries as a gate asks for on the worst of lines: sixty people come in several answers.
const FEW: u32 = 16;

/// A line to the server's devices' door that lets so many bytes of answers through, over all connections, and is cut then. Questions always arrive.
struct Line {
    address: SocketAddr,
    left: Arc<AtomicUsize>,
    passed: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Line {
    async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (left, passed) = (Arc::new(AtomicUsize::new(usize::MAX)), Arc::new(AtomicUsize::new(0)));
        let counted = (Arc::clone(&left), Arc::clone(&passed));
        let task = tokio::spawn(async move {
            while let Ok((gate, _)) = listener.accept().await {
                tokio::spawn(carry(gate, server, counted.clone()));
            }
        });
        Self { address, left, passed, task }
    }

    /// From now on so many bytes.
    fn carries(&self, bytes: usize) {
        self.left.store(bytes, Ordering::SeqCst);
    }

    fn passed(&self) -> usize {
        self.passed.load(Ordering::SeqCst)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One connection, until either side ends it or the line is cut.
async fn carry(gate: TcpStream, server: SocketAddr, (left, passed): (Arc<AtomicUsize>, Arc<AtomicUsize>)) {
    let Ok(server) = TcpStream::connect(server).await else { return };
    let ((mut from_gate, mut to_gate), (mut from_server, mut to_server)) = (gate.into_split(), server.into_split());
    let answers = async {
        let mut piece = vec![0; 4_096];
        while let Ok(n @ 1..) = from_server.read(&mut piece).await {
            let through = left.load(Ordering::SeqCst).min(n);
            left.fetch_sub(through, Ordering::SeqCst);
            passed.fetch_add(through, Ordering::SeqCst);
            if to_gate.write_all(&piece[..through]).await.is_err() || through < n {
                return;
            }
        }
    };
    tokio::select! {
        _ = tokio::io::copy(&mut from_gate, &mut to_server) => {}
        () = answers => {}
    }
}

/// A site of sixty, and its gate at the end of such a line.
async fn behind_a_line(site: &Site) -> (Box, Line) {
    for n in 0..PEOPLE {
        site.worker("王建国", &format!("20{n:02}"), Some(&card(n))).await;
    }
    let line = Line::to(site.listening.devices).await;
    let given = Enrolment { devices_url: format!("http://{}", line.address), ..site.given().await };
    (Box::with(site, given).await, line)
}

fn card(n: usize) -> String {
    (7_000 + n).to_string()
}

/// Everybody's entry is another one.
async fn everybody_is(site: &Site, status: &str) {
    let mut tx = site.world.platform.db.begin().await.unwrap();
    let text = "update person set status = :status, status_valid_until = null";
    tx.run(db::query(text).bind("status", status)).await.unwrap();
    tx.commit().await.unwrap();
}

/// Answers break off until the gate asks for short ones.
async fn slowed_down(it: &Box, line: &Line) {
    while FEW < it.link.entries_most() {
        line.carries(600);
        let before = it.link.entries_most();
        assert!(gate::round(&it.keeper, &it.link, false).await.is_err());
        assert!(it.link.entries_most() < before, "an answer that broke off is not asked for again as it was");
    }
    line.carries(usize::MAX);
}

/// What each of them is told at the door.
async fn told(site: &Site, it: &Box) -> Vec<&'static str> {
    let mut all = Vec::new();
    for n in 0..PEOPLE {
        all.push(it.badge(&card(n)).await.unwrap().outcome.code());
        site.world.clock.advance(SECOND);
    }
    site.world.clock.advance(20 * SECOND);
    all
}

on_both_engines! {
    async fn a_round_that_is_cut_leaves_whole_buckets_and_ends_where_the_server_is(world: World) {
        let site = Site::new(world).await;
        let (it, line) = behind_a_line(&site).await;
        it.up_to_date().await;
        assert_eq!(told(&site, &it).await, ["admit"; PEOPLE]);
        let mut decided = PEOPLE;

        // How long a whole round is.
        everybody_is(&site, "amber").await;
        slowed_down(&it, &line).await;
        let passed = line.passed();
        let answers = it.up_to_date().await;
        let whole = line.passed() - passed;
        assert!((3..=4).contains(&answers), "{answers} answers of {whole} bytes");
        assert_eq!(it.keeper.buckets().differing(&it.keeper.buckets()), Vec::<u16>::new());

        let (mut it, mut statuses) = (it, ["red", "amber"].into_iter().cycle());
        let some = [0, 1, 60, 300];
        let cuts = some.into_iter().chain((1..12).map(|part| whole * part / 12)).chain([whole - 1]);
        let mut n_partly = 0;
        for bytes in cuts {
            let before = it.keeper.buckets();
            everybody_is(&site, statuses.next().unwrap()).await;
            slowed_down(&it, &line).await;
            line.carries(bytes);
            // Answer after answer, until the line is cut; and no further while it is.
            while gate::round(&it.keeper, &it.link, false).await.is_ok_and(|it| it.is_zero()) {}
            assert!(gate::round(&it.keeper, &it.link, false).await.is_err(), "after {bytes} of {whole} bytes");
            // Decided about by what is there, and on the disk as it is in memory.
            let outcomes = told(&site, &it).await;
            decided += outcomes.len();
            assert!(outcomes.iter().all(|it| ["deny", "hold"].contains(it)), "{outcomes:?}");
            let (between, carried) = (it.keeper.buckets(), it.keeper.carried());
            it = it.restarted(&site).await;
            assert_eq!((it.keeper.buckets(), it.keeper.carried()), (between.clone(), carried));
            assert_eq!(told(&site, &it).await, outcomes);
            decided += outcomes.len();

            line.carries(usize::MAX);
            it.up_to_date().await;
            // Each bucket was as before or as the server has it, whole.
            let after = it.keeper.buckets();
            let neither = between.differing(&before).into_iter().filter(|it| between.differing(&after).contains(it));
            assert_eq!(neither.count(), 0, "after {bytes} of {whole} bytes");
            let came = between.differing(&before).len();
            n_partly += usize::from(0 < came && came < after.differing(&before).len());
            let ask = gate_link::Ask {
                nonce: uuid::Uuid::new_v4(), buckets: after, passes_since: None, health: gate_link::Health::default(), wait: false, entries_most: None,
            };
            let same = it.link.ask(&ask).await.unwrap();
            assert!(same.buckets.is_empty() && !same.more);
            assert_eq!(it.keeper.carried(), (PEOPLE, 0));
        }
        assert!(3 <= n_partly, "{n_partly} cuts between answers");
        // Meanwhile nothing was lost, and nothing is there twice.
        it.sends().await;
        site.world.settle().await;
        let count = site.world.get(&site.world.command, &format!("/screenings/count?gate_id={}", site.gate)).await.ok();
        assert_eq!(count["count"], decided);
    }

    async fn passages_whose_receipt_was_cut_off_are_sent_again_and_count_once(world: World) {
        let site = Site::new(world).await;
        let (it, line) = behind_a_line(&site).await;
        it.up_to_date().await;
        let mut decided = 0;
        for bytes in [0, 1, 15, 40] {
            decided += told(&site, &it).await.len();
            line.carries(bytes);
            // The server has them; the gate does not know.
            assert!(gate::send_some(&it.keeper, &it.link).await.is_err());
            line.carries(usize::MAX);
        }
        it.sends().await;
        site.world.settle().await;
        let count = site.world.get(&site.world.command, &format!("/screenings/count?gate_id={}", site.gate)).await.ok();
        assert_eq!(count["count"], decided);
        let inside = site.world.get(&site.world.command, &format!("/gates/{}/board", site.gate)).await.ok();
        assert_eq!(inside["head_count"]["inside"], PEOPLE);
    }

    async fn a_first_list_that_is_cut_lets_nobody_in_until_it_is_whole(world: World) {
        let site = Site::new(world).await;
        let (it, line) = behind_a_line(&site).await;
        slowed_down(&it, &line).await;
        assert_eq!(it.keeper.carried(), (0, 0));
        assert!(gate::round(&it.keeper, &it.link, false).await.unwrap().is_zero());
        line.carries(0);
        assert!(gate::round(&it.keeper, &it.link, false).await.is_err());
        assert!((1..PEOPLE).contains(&it.keeper.carried().0));
        let outcomes = told(&site, &it).await;
        assert!(!outcomes.contains(&"admit"), "{outcomes:?}");
        line.carries(usize::MAX);
        it.up_to_date().await;
        assert_eq!(told(&site, &it).await, ["admit"; PEOPLE]);
    }

    async fn a_line_that_never_carries_the_whole_list_in_one_piece_carries_it_in_many(world: World) {
        let site = Site::new(world).await;
        let (it, line) = behind_a_line(&site).await;
        let (mut n_rounds, mut passed) = (0, 0);
        while it.keeper.carried().0 < PEOPLE {
            // Each answer is cut after so many bytes: some thirty people.
            line.carries(3_000);
            let _ = gate::round(&it.keeper, &it.link, false).await;
            (n_rounds, passed) = (n_rounds + 1, line.passed());
            assert!(n_rounds < 60, "{passed} bytes and still not there");
        }
        assert!(3_000 < passed, "it would have come in one answer");
    }
}
