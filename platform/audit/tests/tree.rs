//! The log as a tree, on both engines: what an auditor finds, whoever tampered with it, and what she does not mistake
//! for tampering.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test that cannot go on must stop")]

use audit::checkpoint::VerifierKey;
use audit::{Actor, Entry, Note, Sequencer, TreeError, Verified};
use db::{Condition, Read, TestDb, query};
use kernel::Instant64;
use kernel::time::SECOND;
use uuid::Uuid;
use vault::{Place, Purpose, Vault, VaultConfig};

const NOW: Instant64 = Instant64::from_micros(1_772_409_131_000_000);

struct Log {
    db: TestDb,
    vault: Vault,
    folder: tempfile::TempDir,
    sequencer: Sequencer,
}

fn person(n: u128) -> Uuid {
    Uuid::from_u128(0x1000 + n)
}

impl Log {
    async fn new(db: TestDb) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("keys.db").display());
        let config = VaultConfig { url, wrapping_key_dir: folder.path().join("wrapping") };
        let vault = Vault::open(&config, NOW).await.unwrap();
        let sequencer = Sequencer::new(db.db.clone(), vault.clone(), folder.path().join("second"));
        Self { db, vault, folder, sequencer }
    }

    /// `n` entries, a third about one person, some with a note, one about many.
    async fn write(&self, n: usize) {
        self.write_about(n, 0).await;
    }

    /// The same about ten persons from `first` on.
    async fn write_about(&self, n: usize, first: u128) {
        let people: Vec<Uuid> = (first..first + 10).map(person).collect();
        let keys = self.vault.ensure(&people, Purpose::Identity, None, NOW).await.unwrap();
        let actor = Actor {
            account: Some(Uuid::from_u128(1)),
            name: "王某".into(),
            role: "command".into(),
            area: "350104".into(),
        };
        for at in 0..n {
            let who = people[at % 10];
            let sealed = keys[&who].seal(Place { column: audit::NOTE_COLUMN, row: who }, "理由".as_bytes());
            let mut tx = self.db.db.begin().await.unwrap();
            let entry = Entry {
                at: NOW.plus(i64::try_from(at).unwrap() * SECOND),
                actor: &actor,
                act: "person.read",
                purpose: "trace",
                subject: (at % 3 == 0).then(|| format!("per_{}", who.simple())),
                people: match at % 7 {
                    0 => &people,
                    1 | 2 => &[],
                    _ => std::slice::from_ref(&people[at % 10]),
                },
                detail: serde_json::json!({ "n": at }),
                note: (at % 4 == 0).then_some(Note { person: who, sealed }),
                request_id: "req",
            };
            audit::record(&mut tx, entry).await.unwrap();
            tx.commit().await.unwrap();
        }
    }

    async fn turn(&self, second: i64) {
        self.sequencer.turn(NOW.plus(second * SECOND)).await.unwrap();
    }

    async fn export(&self) -> (String, audit::Exported) {
        let mut bytes = Vec::new();
        let exported = audit::export(&self.db.db, &self.vault, &mut bytes).await.unwrap();
        (String::from_utf8(bytes).unwrap(), exported)
    }

    async fn key(&self) -> VerifierKey {
        audit::verifier_key(&self.vault, NOW).await.unwrap()
    }

    /// Everything on the second path.
    fn checkpoints(&self) -> String {
        let files = std::fs::read_dir(self.folder.path().join("second")).unwrap();
        files.map(|it| std::fs::read_to_string(it.unwrap().path()).unwrap()).collect()
    }

    async fn run(&self, sql: &'static str) {
        let mut tx = self.db.db.begin().await.unwrap();
        tx.run(query(sql).condition("always", Condition::always())).await.unwrap();
        tx.commit().await.unwrap();
    }
}

fn verify(log: &str, checkpoints: &str, key: &VerifierKey) -> Verified {
    audit::verify(log.as_bytes(), checkpoints, key).unwrap()
}

db::both_engines! {
    async fn every_entry_gets_its_leaf_and_the_log_verifies_against_every_checkpoint(db: TestDb) {
        let log = Log::new(db).await;
        log.turn(0).await;
        assert!(audit::published(&log.db.db, &log.vault, NOW).await.unwrap().is_none(), "nothing to sign");
        for (turn, n) in [(1, 1), (2, 300), (3, 7), (4, 0), (5, 260)] {
            log.write(n).await;
            log.turn(turn).await;
        }
        let (text, exported) = log.export().await;
        assert_eq!((exported.n_lines, exported.faults), (568, vec![]));
        let verified = verify(&text, &log.checkpoints(), &log.key().await);
        let expected = Verified { n_entries: 568, n_checkpoints: 4, n_covered: 568, faults: vec![] };
        assert_eq!(verified, expected, "a turn without anything new signs nothing");
        assert!(!text.contains(&person(3).simple().to_string()), "the exported log names nobody");
        let published = audit::published(&log.db.db, &log.vault, NOW).await.unwrap().unwrap();
        assert_eq!((published.size, published.key), (568, log.key().await.to_string()));

        // What was exported earlier is the beginning of what is exported later.
        log.write(3).await;
        log.turn(6).await;
        let (later, _) = log.export().await;
        assert!(later.starts_with(&text));
        assert_eq!(verify(&text, &log.checkpoints(), &log.key().await).faults.len(), 1, "shorter than the newest checkpoint");
    }

    async fn whoever_changes_drops_reorders_or_signs_anew_is_found(db: TestDb) {
        let log = Log::new(db).await;
        log.write(20).await;
        log.turn(1).await;
        log.write(20).await;
        log.turn(2).await;
        let (good, _) = log.export().await;
        let (kept, key) = (log.checkpoints(), log.key().await);
        let lines: Vec<&str> = good.lines().collect();
        let with = |change: &dyn Fn(&mut Vec<String>)| {
            let mut lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            change(&mut lines);
            verify(&(lines.join("\n") + "\n"), &kept, &key).faults
        };
        assert!(with(&|_| {}).is_empty());
        let flipped = with(&|it| it[25] = it[25].replace("trace", "other"));
        assert_eq!(flipped, ["the first 40 entries are not those of the checkpoint; up to 20 they are"]);
        assert_eq!(with(&|it| it[3] = it[3].replace("command", "auditor")).len(), 2, "both checkpoints contradict");
        assert!(!with(&|it| drop(it.remove(30))).is_empty(), "dropped");
        assert!(!with(&|it| it.swap(30, 31)).is_empty(), "reordered");
        assert!(!with(&|it| it.insert(30, it[29].clone())).is_empty(), "doubled");
        assert!(!with(&|it| it.truncate(39)).is_empty(), "cut off");

        // The operator himself, with the right key: the log is rewritten, and its checkpoint is signed anew.
        log.run("update audit_entry set act = 'person.listed' where {always}").await;
        log.run("insert into audit_unplaced (entry_id) select id from audit_entry where {always}").await;
        log.run("delete from audit_leaf where {always}").await;
        log.run("update audit_tree set size = 0, edge = '' where {always}").await;
        std::fs::remove_dir_all(log.folder.path().join("second")).unwrap();
        let other = Sequencer::new(log.db.db.clone(), log.vault.clone(), log.folder.path().join("second"));
        other.turn(NOW.plus(9 * SECOND)).await.unwrap();
        let (rewritten, exported) = log.export().await;
        assert!(exported.faults.is_empty(), "in itself it is whole");
        assert!(verify(&rewritten, &log.checkpoints(), &key).faults.is_empty(), "and agrees with its own checkpoint");
        assert_eq!(verify(&rewritten, &kept, &key).faults.len(), 2, "but not with those that the auditor kept");
        assert_eq!(verify(&rewritten, &(kept + &log.checkpoints()), &key).faults.len(), 2 + 1, "nor they with each other");
    }

    async fn a_checkpoint_of_another_key_or_with_a_flipped_bit_says_nothing(db: TestDb) {
        let log = Log::new(db).await;
        log.write(5).await;
        log.turn(1).await;
        let (text, _) = log.export().await;
        let other = Log::new(TestDb::new(db::Engine::Sqlite).await).await;
        let faults = verify(&text, &log.checkpoints(), &other.key().await).faults;
        assert_eq!(faults[0], "checkpoint 1: the signature is not that of this key");
        let more = log.checkpoints().replace("\n5\n", "\n6\n");
        assert_eq!(verify(&text, &more, &log.key().await).faults.len(), 2);
        assert!(verify(&text, "", &log.key().await).faults[0].contains("no checkpoint"));
        assert!(VerifierKey::parse(&log.key().await.to_string()).is_ok());
        assert!(VerifierKey::parse("fugong/audit+00000000+AQ==").is_err());
    }

    async fn tampering_in_the_database_is_named_by_its_place(db: TestDb) {
        let log = Log::new(db).await;
        log.write(30).await;
        log.turn(1).await;
        let key = log.key().await;
        log.run("update audit_entry set purpose = 'sale' where id in (select entry_id from audit_leaf where position = 4) and {always}").await;
        log.run("update audit_entry set note_sealed = '' where id in (select entry_id from audit_leaf where position = 8) and {always}").await;
        log.run("delete from audit_subject where entry_id in (select entry_id from audit_leaf where position = 9) and {always}").await;
        log.run("delete from audit_entry where id in (select entry_id from audit_leaf where position = 9) and {always}").await;
        let (text, exported) = log.export().await;
        assert_eq!(exported.faults, [
            "4: the entry is not what was placed",
            "8: the note is not what was placed",
            "9: the entry is gone",
        ]);
        assert!(!verify(&text, &log.checkpoints(), &key).faults.is_empty());
    }

    async fn an_entry_turned_to_someone_else_is_found_with_the_keys(db: TestDb) {
        let log = Log::new(db).await;
        log.write(12).await;
        log.turn(1).await;
        let rows: Vec<(i64, Uuid)> = log.db.db.reader().all(query("select position, entry_id from audit_leaf order by position")).await.unwrap();
        let mut tx = log.db.db.begin().await.unwrap();
        let change = query("update audit_subject set subject_id = :other where entry_id = :entry");
        tx.run(change.bind("other", person(0)).bind("entry", rows[5].1)).await.unwrap();
        tx.commit().await.unwrap();
        let (_, exported) = log.export().await;
        assert_eq!(exported.faults, ["5: the entry names someone who was not named"]);
        let mut tx = log.db.db.begin().await.unwrap();
        let change = query("update audit_entry set subject = :other where id = :entry");
        let other = format!("per_{}", person(2).simple());
        tx.run(change.bind("other", other).bind("entry", rows[3].1)).await.unwrap();
        tx.commit().await.unwrap();
        let (text, exported) = log.export().await;
        assert_eq!(exported.faults.len(), 2, "the subject of another is the entry's as well");
        assert!(verify(&text, &log.checkpoints(), &log.key().await).faults.is_empty(), "which the line alone cannot show");
    }

    async fn erased_persons_leave_a_log_that_still_verifies(db: TestDb) {
        let log = Log::new(db).await;
        log.write(40).await;
        log.turn(1).await;
        while audit::index_people(&log.db.db).await.unwrap() != 0 {}
        let (before, _) = log.export().await;
        log.vault.destroy(&[person(0), person(4)]).await.unwrap();
        // As far as an erasure could go: rows that name her, and what was written about her.
        let mut tx = log.db.db.begin().await.unwrap();
        for gone in [person(0), person(4)] {
            tx.run(query("delete from audit_subject where subject_id = :gone").bind("gone", gone)).await.unwrap();
            tx.run(query("update audit_entry set note_sealed = null where note_subject = :gone").bind("gone", gone)).await.unwrap();
        }
        tx.commit().await.unwrap();
        let (after, exported) = log.export().await;
        assert_eq!((before == after, exported.faults), (true, vec![]));
        // Whoever was erased before her entry was placed is committed to nothing that could be opened.
        log.write_about(10, 20).await;
        log.vault.destroy(&[person(21)]).await.unwrap();
        log.turn(2).await;
        let (text, exported) = log.export().await;
        assert_eq!(exported.faults, Vec::<String>::new());
        assert!(verify(&text, &log.checkpoints(), &log.key().await).faults.is_empty());
    }

    async fn each_entry_has_a_proof_that_stands_alone(db: TestDb) {
        let log = Log::new(db).await;
        log.write(300).await;
        log.turn(1).await;
        let key = log.key().await;
        let rows: Vec<(i64, Uuid)> = log.db.db.reader().all(query("select position, entry_id from audit_leaf order by position")).await.unwrap();
        let (text, _) = log.export().await;
        for at in [0, 1, 255, 256, 299] {
            let id = audit::AuditId::from_uuid(rows[at].1);
            let proof = audit::proof(&log.db.db, &log.vault, id, NOW).await.unwrap().unwrap();
            assert_eq!(text.lines().nth(at), Some(proof.line.as_str()));
            assert_eq!(audit::verify_proof(&proof.line, &proof.text, &key).map(|it| it.size), Ok(300));
            assert!(audit::verify_proof(&proof.line.replace("trace", "other"), &proof.text, &key).is_err());
            assert!(audit::verify_proof(&proof.line, &proof.text.replace(&format!("index {at}\n"), "index 77\n"), &key).is_err());
            let offline = audit::prove(text.as_bytes(), &id.to_string(), &log.checkpoints(), &key).unwrap().unwrap();
            assert_eq!(offline, (proof.line, proof.text), "from the log as from the server");
        }
        log.write(1).await;
        let newest: Vec<(i64, Uuid)> = log.db.db.reader().all(query("select a.at, a.id from audit_entry a join audit_unplaced u on u.entry_id = a.id")).await.unwrap();
        let not_yet = audit::proof(&log.db.db, &log.vault, audit::AuditId::from_uuid(newest[0].1), NOW).await.unwrap();
        assert_eq!(not_yet, None, "no checkpoint covers it yet");
    }

    async fn two_sequencers_place_each_entry_once(db: TestDb) {
        let log = Log::new(db).await;
        let other = Sequencer::new(log.db.db.clone(), log.vault.clone(), log.folder.path().join("other"));
        for round in 0..4 {
            log.write(60).await;
            let (a, b) = tokio::join!(log.sequencer.turn(NOW.plus(round)), other.turn(NOW.plus(round)));
            // On PostgreSQL one of them may be told that it lost; the next turn goes on.
            assert!(a.is_ok() || b.is_ok());
        }
        log.turn(9).await;
        let (text, exported) = log.export().await;
        assert_eq!((exported.n_lines, exported.faults.len()), (240, 0));
        let mut lines: Vec<&str> = text.lines().collect();
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), 240);
        assert!(verify(&text, &log.checkpoints(), &log.key().await).faults.is_empty());
    }

    async fn a_checkpoint_cut_off_by_a_crash_is_no_tampering(db: TestDb) {
        let log = Log::new(db).await;
        log.write(3).await;
        log.turn(1).await;
        let whole = log.checkpoints();
        let file = std::fs::read_dir(log.folder.path().join("second")).unwrap().next().unwrap().unwrap().path();
        for cut in [5, 13, 14, 40, whole.len() - 1] {
            let torn: String = whole.chars().take(cut).collect();
            std::fs::write(&file, format!("{whole}{torn}")).unwrap();
            log.write(1).await;
            let restarted = Sequencer::new(log.db.db.clone(), log.vault.clone(), log.folder.path().join("second"));
            restarted.turn(NOW.plus(2 * SECOND)).await.unwrap();
            let (text, _) = log.export().await;
            let verified = verify(&text, &log.checkpoints(), &log.key().await);
            assert_eq!((verified.faults, verified.n_checkpoints), (vec![], 2), "cut after {cut}");
        }
    }

    async fn a_second_path_that_is_lost_is_said_and_nothing_counts_as_published(db: TestDb) {
        let log = Log::new(db).await;
        let blocked = log.folder.path().join("file");
        std::fs::write(&blocked, "not a folder").unwrap();
        let sequencer = Sequencer::new(log.db.db.clone(), log.vault.clone(), blocked.clone());
        log.write(3).await;
        assert!(matches!(sequencer.turn(NOW).await, Err(TreeError::SecondPath(..))));
        assert!(audit::published(&log.db.db, &log.vault, NOW).await.unwrap().is_none());
        std::fs::remove_file(&blocked).unwrap();
        sequencer.turn(NOW).await.unwrap();
        assert_eq!(audit::published(&log.db.db, &log.vault, NOW).await.unwrap().unwrap().size, 3);
    }
}
