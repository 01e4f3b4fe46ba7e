//! Findings into the store: which rows are new, what each is, and the same again when the register has changed.

use std::collections::{BTreeSet, HashMap, HashSet};

use aws_lc_rs::digest::{SHA256, digest as hashed};
use db::{Db, DbError, Read, Tx};
use http_api::{ApiError, ApiResult};
use kernel::Instant64;
use uuid::Uuid;
use vault::DataKey;

use super::matching::{Compared, Register, Registered};
use super::model::{CensusImportId, CensusKind, FindingId, Found, Judgement};
use super::normal::Regions;
use super::premises::{ComparedPremises, PremisesRegister, Sought, judge_each};
use crate::store::census::{self as store, NewFinding};
use crate::store::enterprise_keys::KeyedRow;
use crate::store::{areas, enterprise_keys, premises};

/// Enterprises whose keys are filled at once, and findings that are asked about at once: each has at most four keys.
const PIECE: i64 = 2_000;
const ASKED: usize = 2_000;

/// What makes two rows the same: everything but the persons.
pub(super) fn digest(found: &Found) -> Vec<u8> {
    let headcount = found.headcount.map(|it| it.to_string()).unwrap_or_default();
    let mut parts = vec![
        found.name.key(),
        found.credit_code.clone(),
        found.address.clone(),
        found.area_code.clone(),
        found.premises.clone(),
        found.found_on.clone(),
        headcount,
    ];
    // Rows without it are known by what they were before there was such a column.
    parts.extend(found.kind.filter(|it| *it != CensusKind::Enterprise).map(|it| it.code().to_owned()));
    hashed(&SHA256, parts.join("\0").as_bytes()).as_ref().to_vec()
}

/// Those of these rows that no file has brought before.
pub(crate) async fn fresh_of(db: &mut impl Read, found: Vec<Found>) -> Result<Vec<Found>, DbError> {
    let digests: Vec<Vec<u8>> = found.iter().map(digest).collect();
    let mut known: HashSet<Vec<u8>> = HashSet::new();
    for piece in digests.chunks(ASKED) {
        known.extend(store::known_digests(db, piece).await?);
    }
    Ok(found.into_iter().zip(digests).filter(|(_, digest)| !known.contains(digest)).map(|(it, _)| it).collect())
}

/// What each of these rows is, compared with the whole register: whoever reads it later sees of the candidates what lies in reach.
/// Outside any transaction: the one writer of the database does not wait for it.
pub(crate) async fn judged(db: &Db, found: Vec<Found>, now: Instant64) -> ApiResult<Vec<(Found, Judgement)>> {
    let regions = regions(&mut db.reader(), now).await?;
    fill_keys(db, &regions).await?;
    let of =
        |it: &Found| Sought::of(it.kind, (&it.credit_code, it.name.as_str(), &it.address), &it.area_code, &regions);
    let sought = found.iter().map(of).collect();
    let judged = judge_aside(db, sought, &regions).await?;
    let of_kind = |(found, (kind, judgement))| (Found { kind: Some(kind), ..found }, judgement);
    Ok(found.into_iter().zip(judged).map(of_kind).collect())
}

/// Compares on a thread that may take its time.
async fn judge_aside(db: &Db, sought: Vec<Sought>, regions: &Regions) -> ApiResult<Vec<(CensusKind, Judgement)>> {
    let compared: Vec<&Compared> = sought.iter().filter(|it| it.may_be_enterprise()).map(|it| &it.enterprise).collect();
    let register = register_near(&mut db.reader(), &compared, regions).await?;
    let premises = match sought.iter().any(Sought::may_be_premises) {
        true => premises_register(&mut db.reader(), regions).await?,
        false => PremisesRegister::default(),
    };
    let judged = tokio::task::spawn_blocking(move || judge_each(&sought, &register, &premises)).await;
    judged.map_err(|error| ApiError::internal(&error))
}

async fn regions(db: &mut impl Read, now: Instant64) -> Result<Regions, DbError> {
    let names = areas::names_in_force(db, now).await?;
    Ok(Regions::of(names.iter().map(|(code, name)| (code.as_str(), name.as_str()))))
}

/// Gives keys to every enterprise that has none, new ones and those that were changed, in short transactions.
async fn fill_keys(db: &Db, regions: &Regions) -> Result<(), DbError> {
    loop {
        let mut tx = db.begin().await?;
        let without = enterprise_keys::without(&mut tx, PIECE).await?;
        if without.is_empty() {
            return tx.rollback().await;
        }
        let mut keys = Vec::with_capacity(without.len() * 4);
        for it in without {
            let compared = Compared::of(&it.credit_code, &it.name, &it.address, regions);
            keys.extend(compared.keys().into_iter().map(|key| (key, it.id)));
        }
        enterprise_keys::add(&mut tx, keys).await?;
        tx.commit().await?;
    }
}

/// Those of the register that share a key with one of these.
async fn register_near(db: &mut impl Read, found: &[&Compared], regions: &Regions) -> Result<Register, DbError> {
    let mut register = Register::default();
    let mut asked: HashSet<String> = HashSet::new();
    for piece in found.chunks(ASKED) {
        let keys = piece.iter().flat_map(|it| it.keys());
        let keys: Vec<String> = keys.filter(|it| asked.insert(it.clone())).collect();
        for KeyedRow { match_key, id, credit_code, name, address } in enterprise_keys::near(db, &keys).await? {
            match register.knows(id) {
                true => register.add_key(match_key, id),
                false => {
                    let is = Compared::of(&credit_code, &name, &address, regions);
                    register.add(match_key, Registered { id, is });
                }
            }
        }
    }
    Ok(register)
}

/// All premises: a district has some thousand, and a file names most of them.
async fn premises_register(db: &mut impl Read, regions: &Regions) -> Result<PremisesRegister, DbError> {
    let mut register = PremisesRegister::default();
    for it in premises::all_compared(db).await? {
        let kind = CensusKind::parse(&it.kind);
        register.add(it.id, ComparedPremises::of(kind, &it.area_code, &it.name, &it.address, regions));
    }
    Ok(register)
}

/// Keeps these rows with what they are. The key seals what of them is about persons.
pub(crate) async fn land(
    tx: &mut Tx,
    import: CensusImportId,
    key: &DataKey,
    rows: Vec<(Found, Judgement)>,
    now: Instant64,
) -> Result<(), DbError> {
    let covered: BTreeSet<&str> = rows.iter().map(|it| it.0.area_code.as_str()).collect();
    store::cover(tx, covered).await?;
    // Ids of one moment have no order of their own: the file's is kept.
    let mut ids: Vec<Uuid> = rows.iter().map(|_| FindingId::new(now).uuid()).collect();
    ids.sort_unstable();
    let rows = rows.into_iter().zip(ids).map(|((found, judgement), id)| {
        let id = FindingId::from_uuid(id);
        let contact =
            (!found.contact.is_empty()).then(|| super::model::sealed(key, id.uuid(), &found.contact)).flatten();
        let digest = digest(&found);
        NewFinding { id, found, judgement, digest, contact }
    });
    store::insert(tx, import, rows.collect(), now).await
}

/// The findings that are still open and would be something else, compared with the register as it is now.
pub(crate) async fn judged_again(db: &Db, now: Instant64) -> ApiResult<Vec<(Uuid, Judgement)>> {
    let regions = regions(&mut db.reader(), now).await?;
    fill_keys(db, &regions).await?;
    let mut by_import: HashMap<Uuid, Vec<store::ComparedRow>> = HashMap::new();
    for row in store::all_compared(&mut db.reader()).await? {
        by_import.entry(row.import_id).or_default().push(row);
    }
    let mut changed = Vec::new();
    for rows in by_import.into_values().filter(|rows| rows.iter().any(|it| it.state == "open")) {
        let of = |it: &store::ComparedRow| {
            let kind = CensusKind::parse(&it.kind);
            Sought::of(kind, (&it.credit_code, &it.name, &it.address), &it.area_code, &regions)
        };
        let judged = judge_aside(db, rows.iter().map(of).collect(), &regions).await?;
        let judged = rows.iter().zip(judged).map(|(row, (_, judgement))| (row, judgement));
        let other = judged.filter(|(row, judgement)| row.state == "open" && row.says_otherwise(judgement));
        changed.extend(other.map(|(row, judgement)| (row.id, judgement)));
    }
    Ok(changed)
}
