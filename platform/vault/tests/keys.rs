//! Keys through their whole life, on a real key store.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use kernel::Instant64;
use uuid::Uuid;
use vault::{Place, Purpose, Vault, VaultConfig, VaultError};

const NOW: Instant64 = Instant64::from_micros(1_772_409_131_000_000);
const PLACE: Place = Place { column: "person.identity", row: Uuid::nil() };

struct World {
    directory: tempfile::TempDir,
    vault: Vault,
}

fn config(directory: &std::path::Path) -> VaultConfig {
    VaultConfig {
        url: format!("sqlite:{}", directory.join("keys.db").display()),
        wrapping_key_dir: directory.join("wrapping"),
    }
}

async fn world() -> World {
    let directory = tempfile::tempdir().unwrap();
    let vault = Vault::open(&config(directory.path()), NOW).await.unwrap();
    World { directory, vault }
}

#[tokio::test]
async fn a_key_is_the_same_after_a_restart() {
    let world = world().await;
    let person = Uuid::from_u128(1);
    let keys = world.vault.ensure(&[person], Purpose::Identity, None, NOW).await.unwrap();
    let sealed = keys[&person].seal(PLACE, b"secret");
    let again = Vault::open(&config(world.directory.path()), NOW).await.unwrap();
    assert_eq!(again.key(person, Purpose::Identity).await.unwrap().open(PLACE, &sealed).unwrap(), b"secret");
}

#[tokio::test]
async fn two_purposes_have_two_keys() {
    let world = world().await;
    let person = Uuid::from_u128(1);
    let identity = world.vault.ensure(&[person], Purpose::Identity, None, NOW).await.unwrap();
    let health = world.vault.ensure(&[person], Purpose::Health, None, NOW).await.unwrap();
    assert!(health[&person].open(PLACE, &identity[&person].seal(PLACE, b"x")).is_err());
}

#[tokio::test]
async fn a_destroyed_key_is_gone_at_once_and_its_bytes_are_not_in_the_file() {
    let world = world().await;
    let person = Uuid::from_u128(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
    world.vault.ensure(&[person, Uuid::from_u128(2)], Purpose::Identity, None, NOW).await.unwrap();
    let file = world.directory.path().join("keys.db");
    let holds = |bytes: &[u8]| std::fs::read(&file).unwrap().windows(bytes.len()).any(|it| it == bytes);
    assert!(holds(person.as_bytes()));
    assert_eq!(world.vault.destroy(&[person]).await.unwrap(), 1);
    assert!(matches!(world.vault.key(person, Purpose::Identity).await, Err(VaultError::Gone)));
    assert!(!holds(person.as_bytes()), "the deleted row must not stay in the file");
}

#[tokio::test]
async fn rotation_keeps_every_key_and_closes_yesterdays_copy() {
    let world = world().await;
    let people: Vec<Uuid> = (1..=2_500).map(Uuid::from_u128).collect();
    let keys = world.vault.ensure(&people, Purpose::Health, None, NOW).await.unwrap();
    let sealed = keys[&people[7]].seal(PLACE, b"36.4");
    let copy = world.directory.path().join("copy.db");
    world.vault.copy_to(&copy).await.unwrap();

    world.vault.rotate(NOW.plus(1)).await.unwrap();
    world.vault.forget_all();
    assert_eq!(world.vault.keys(&people, Purpose::Health).await.unwrap().len(), people.len());
    assert_eq!(world.vault.key(people[7], Purpose::Health).await.unwrap().open(PLACE, &sealed).unwrap(), b"36.4");
    assert_eq!(world.vault.wrapping_epoch().await.0, 2);

    let stolen = VaultConfig { url: format!("sqlite:{}", copy.display()), ..config(world.directory.path()) };
    let stolen = Vault::open(&stolen, NOW).await.unwrap();
    assert!(stolen.key(people[7], Purpose::Health).await.is_err(), "yesterday's copy must open nothing");
}

#[tokio::test]
async fn a_key_with_an_end_is_destroyed_after_it() {
    let world = world().await;
    let day = Uuid::from_u128(9);
    world.vault.ensure(&[day], Purpose::Journal, Some(kernel::time::DAY), NOW).await.unwrap();
    assert_eq!(world.vault.expire(NOW.plus(kernel::time::HOUR)).await.unwrap(), 0);
    assert_eq!(world.vault.expire(NOW.plus(2 * kernel::time::DAY)).await.unwrap(), 1);
    assert!(world.vault.key(day, Purpose::Journal).await.is_err());
}

/// Another process on the same key store and folder.
async fn another(world: &World) -> Vault {
    Vault::open(&config(world.directory.path()), NOW).await.unwrap()
}

#[tokio::test]
async fn keys_made_by_a_process_that_missed_a_rotation_are_not_lost() {
    let world = world().await;
    let other = another(&world).await;
    let (early, late) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let sealed = other.ensure(&[early], Purpose::Identity, None, NOW).await.unwrap()[&early].seal(PLACE, b"early");
    world.vault.rotate(NOW.plus(1)).await.unwrap();
    // The other process still holds the destroyed wrapping key, and makes a key.
    let late_sealed = other.ensure(&[late], Purpose::Identity, None, NOW).await.unwrap()[&late].seal(PLACE, b"late");
    for vault in [&world.vault, &other, &another(&world).await] {
        vault.forget_all();
        assert_eq!(vault.key(early, Purpose::Identity).await.unwrap().open(PLACE, &sealed).unwrap(), b"early");
        assert_eq!(vault.key(late, Purpose::Identity).await.unwrap().open(PLACE, &late_sealed).unwrap(), b"late");
    }
    assert_eq!(other.wrapping_epoch().await.0, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_rotate_and_make_keys_at_once_lose_none() {
    let world = world().await;
    let other = another(&world).await;
    let people: Vec<Uuid> = (1..=400).map(Uuid::from_u128).collect();
    let make = |vault: Vault, people: Vec<Uuid>| async move {
        for chunk in people.chunks(10) {
            vault.ensure(chunk, Purpose::Health, None, NOW).await.unwrap();
        }
    };
    let rotate = |vault: Vault| async move {
        for turn in 0..5 {
            vault.rotate(NOW.plus(turn)).await.unwrap();
        }
    };
    let tasks = [
        tokio::spawn(make(world.vault.clone(), people[..200].to_vec())),
        tokio::spawn(make(other.clone(), people[200..].to_vec())),
        tokio::spawn(rotate(world.vault.clone())),
        tokio::spawn(rotate(other.clone())),
    ];
    for task in tasks {
        task.await.unwrap();
    }
    world.vault.rotate(NOW.plus(9)).await.unwrap();
    let fresh = another(&world).await;
    assert_eq!(fresh.keys(&people, Purpose::Health).await.unwrap().len(), people.len());
    let files = std::fs::read_dir(world.directory.path().join("wrapping")).unwrap().count();
    assert_eq!(files, 1, "one wrapping key is left, and no draft");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_destroyed_during_a_rotation_stays_destroyed() {
    let world = world().await;
    let people: Vec<Uuid> = (1..=4_000).map(Uuid::from_u128).collect();
    world.vault.ensure(&people, Purpose::Health, None, NOW).await.unwrap();
    let vault = world.vault.clone();
    let rotation = tokio::spawn(async move { vault.rotate(NOW.plus(1)).await });
    let mut destroyed = Vec::new();
    for person in people.iter().rev().step_by(40) {
        world.vault.destroy(&[*person]).await.unwrap();
        destroyed.push(*person);
    }
    rotation.await.unwrap().unwrap();
    let left = another(&world).await.keys(&people, Purpose::Health).await.unwrap();
    assert_eq!(left.len(), people.len() - destroyed.len());
    assert!(destroyed.iter().all(|it| !left.contains_key(it)));
}

#[tokio::test]
async fn a_key_that_another_process_destroyed_is_forgotten() {
    let world = world().await;
    let other = another(&world).await;
    let person = Uuid::from_u128(3);
    world.vault.ensure(&[person], Purpose::Identity, None, NOW).await.unwrap();
    other.key(person, Purpose::Identity).await.unwrap();
    world.vault.destroy(&[person]).await.unwrap();
    other.heed().await.unwrap();
    assert!(matches!(other.key(person, Purpose::Identity).await, Err(VaultError::Gone)));
}

#[tokio::test]
async fn a_wrapping_key_that_is_missing_stops_the_start_and_erases_nobody() {
    let world = world().await;
    let person = Uuid::from_u128(4);
    world.vault.ensure(&[person], Purpose::Identity, None, NOW).await.unwrap();
    let empty =
        VaultConfig { wrapping_key_dir: world.directory.path().join("elsewhere"), ..config(world.directory.path()) };
    let refused = Vault::open(&empty, NOW).await.err();
    assert!(matches!(refused, Some(VaultError::WrappingKeyMissing(1))), "{refused:?}");
    assert!(another(&world).await.key(person, Purpose::Identity).await.is_ok());
}

#[tokio::test]
async fn keys_made_in_the_same_moment_are_each_ones_own_and_a_shared_one_is_the_same() {
    let world = world().await;
    let subjects: Vec<Uuid> = (0..40).map(|it| Uuid::from_u128(it / 2)).collect();
    let made = subjects.iter().map(|it| {
        let (vault, subject) = (world.vault.clone(), *it);
        tokio::spawn(async move {
            let keys = vault.ensure(&[subject], Purpose::Identity, None, NOW).await.unwrap();
            (subject, keys[&subject].seal(PLACE, b"mine"))
        })
    });
    let made: Vec<_> = made.collect();
    // One who goes away with the turn in her hand leaves the others to themselves.
    made[0].abort();
    let again = Vault::open(&config(world.directory.path()), NOW).await.unwrap();
    for (at, made) in made.into_iter().enumerate() {
        match made.await {
            Ok((subject, sealed)) => {
                let key = again.key(subject, Purpose::Identity).await.unwrap();
                assert_eq!(key.open(PLACE, &sealed).unwrap(), b"mine");
            }
            Err(_) => assert_eq!(at, 0),
        }
    }
}
