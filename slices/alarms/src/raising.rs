//! Raising alarms.

use std::collections::{BTreeMap, HashMap};

use access::system_scope;
use db::{DbError, Tx};
use events::At;
use kernel::Instant64;
use uuid::Uuid;

use crate::events::AlarmChanged;
use crate::model::{AlarmId, AlarmStepKind, Raise};
use crate::rules;
use crate::store::raising as store;
use crate::store::steps::{self, StepLine};

/// Raises an alarm, or folds into the open one of the same key whose first raise was less than ten minutes ago.
/// Which, and whether it is new.
pub async fn raise(tx: &mut Tx, raise: &Raise<'_>, now: Instant64) -> Result<(AlarmId, bool), DbError> {
    let raised = raise_all(tx, std::slice::from_ref(raise), now).await?;
    raised.into_iter().next().ok_or(DbError::Unreadable("alarm"))
}

/// Raises of one key.
struct Group<'a> {
    first: Raise<'a>,
    last: Raise<'a>,
    indexes: Vec<usize>,
}

/// As [`raise`] for many, in few statements; the answers are in the order of `raises`.
pub async fn raise_all(tx: &mut Tx, raises: &[Raise<'_>], now: Instant64) -> Result<Vec<(AlarmId, bool)>, DbError> {
    let groups = by_key(raises);
    let claims: Vec<(String, AlarmId)> = groups.keys().map(|key| (key.clone(), AlarmId::new(now))).collect();
    let holders: HashMap<String, Uuid> = store::claim(tx, &claims, now).await?.into_iter().collect();
    let mut answers = vec![None; raises.len()];
    let (mut fresh, mut folded) = (Vec::new(), BTreeMap::new());
    for ((key, claimed), group) in claims.iter().zip(groups.values()) {
        let holder = holders.get(key).copied().ok_or(DbError::Unreadable("alarm_fold"))?;
        let id = AlarmId::from_uuid(holder);
        let is_new = id == *claimed;
        for (position, index) in group.indexes.iter().enumerate() {
            if let Some(answer) = answers.get_mut(*index) {
                *answer = Some((id, is_new && position == 0));
            }
        }
        match is_new {
            true => fresh.push((id, group)),
            false => {
                folded.insert(id, group);
            }
        }
    }
    insert(tx, &fresh, now).await?;
    fold(tx, &folded, now).await?;
    let answers: Vec<(AlarmId, bool)> = answers.into_iter().flatten().collect();
    let links = raises.iter().zip(&answers).filter_map(|(raise, (id, _))| Some((raise.screening_id?, *id)));
    store::link(tx, &links.collect::<Vec<_>>()).await?;
    Ok(answers)
}

fn by_key<'a>(raises: &[Raise<'a>]) -> BTreeMap<String, Group<'a>> {
    let mut groups: BTreeMap<String, Group<'a>> = BTreeMap::new();
    for (index, raise) in raises.iter().enumerate() {
        let key = rules::fold_key(raise.kind, raise.fold_on, raise.site_id);
        let group = groups.entry(key).or_insert_with(|| Group { first: *raise, last: *raise, indexes: Vec::new() });
        group.last = *raise;
        group.indexes.push(index);
    }
    groups
}

async fn insert(tx: &mut Tx, fresh: &[(AlarmId, &Group<'_>)], now: Instant64) -> Result<(), DbError> {
    let rows = fresh.iter().map(|(id, group)| {
        let raise = Raise { screening_id: group.last.screening_id.or(group.first.screening_id), ..group.first };
        store::row(*id, &raise, times(group), now)
    });
    store::insert(tx, rows.collect()).await?;
    let lines = fresh.iter().map(|(id, group)| {
        let level = rules::first_level(group.first.gate_id.is_some(), group.first.site_id.is_some());
        StepLine::of_system(*id, AlarmStepKind::Raised, level, now)
    });
    steps::insert(tx, lines.collect()).await?;
    let news: Vec<_> = fresh.iter().map(|(id, group)| (at(&group.first), AlarmChanged { alarm_id: *id })).collect();
    events::emit_all(tx, news.iter().map(|(at, body)| (*at, body)).collect(), now).await
}

/// Further raises of open alarms. Who watches the gate that an alarm has left is told, too.
async fn fold(tx: &mut Tx, folded: &BTreeMap<AlarmId, &Group<'_>>, now: Instant64) -> Result<(), DbError> {
    if folded.is_empty() {
        return Ok(());
    }
    let scope = system_scope("alarms");
    let more = folded.iter().map(|(id, group)| store::More { id: *id, last: &group.last, times: times(group) });
    let before = store::fold(tx, &scope, &more.collect::<Vec<_>>(), now).await?;
    let mut news = Vec::new();
    for (id, group) in folded {
        let here = at(&group.last);
        let body = AlarmChanged { alarm_id: *id };
        let left = before.get(&id.uuid()).copied().flatten().filter(|it| here.gate.is_some() && here.gate != Some(*it));
        news.extend(left.map(|gate| (At { gate: Some(gate), ..here }, body)));
        news.push((here, body));
    }
    events::emit_all(tx, news.iter().map(|(at, body)| (*at, body)).collect(), now).await
}

fn times(group: &Group<'_>) -> i64 {
    i64::try_from(group.indexes.len()).unwrap_or(1)
}

fn at<'a>(raise: &Raise<'a>) -> At<'a> {
    At {
        area: Some(raise.area_code).filter(|it| !it.is_empty()),
        enterprise: raise.enterprise_id,
        site: raise.site_id,
        gate: raise.gate_id,
    }
}
