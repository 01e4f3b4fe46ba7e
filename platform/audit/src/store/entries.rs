//! The two tables of the audit log.

use db::{Condition, Db, DbError, Query, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::{AuditId, Entry};

const INSERT: &str = "insert into audit_entry \
    (id, at, actor_id, actor_name, actor_role, area_code, act, purpose, subject, detail, note_sealed, note_subject, \
    request_id, people) values (:id, :at, :actor_id, :actor_name, :actor_role, :area_code, :act, :purpose, :subject, \
    :detail, :note, :note_subject, :request_id, :people)";
const INSERT_SUBJECT: &str = "insert into audit_subject (subject_id, entry_id) values {rows} on conflict do nothing";
const LIST: &str = "select a.id, a.at, a.actor_id, a.actor_name, a.actor_role, a.act, a.purpose, a.subject, a.detail, \
    a.note_sealed, a.note_subject, a.request_id, \
    (select count(*) from audit_subject s where s.entry_id = a.id) + coalesce((length(a.people) + 1) / 33, 0) \
    as subjects \
    from audit_entry a where {filter} and {after} order by a.id desc limit :limit";
const ACCESSES: &str = "select a.id, a.at, a.actor_id, a.actor_name, a.actor_role, a.act, a.purpose, a.subject, \
    a.detail, a.note_sealed, a.note_subject, a.request_id, cast(1 as bigint) as subjects \
    from audit_entry a where {person} and {known} and {after} order by a.id desc limit :limit";
const ACCESSES_COUNT: &str = "select count(*) from audit_entry a where {person} and {known}";
const WAITING: &str = "select a.id, a.people from audit_entry a where a.people is not null order by a.id limit 200";
const INDEXED: &str = "update audit_entry set people = null where {entries}";

/// So many persons are indexed at once; more wait for [`index_people`].
const AT_ONCE: usize = 4;

db::row! {
    /// An entry as stored.
    pub struct EntryRow {
        /// Its id.
        pub id: Uuid,
        /// Microseconds UTC.
        pub at: i64,
        /// The acting account.
        pub actor_id: Option<Uuid>,
        /// As shown.
        pub actor_name: String,
        /// Role code or `system`.
        pub actor_role: String,
        /// The act's code.
        pub act: String,
        /// The purpose's code, or empty.
        pub purpose: String,
        /// Id on the wire of what was acted on.
        pub subject: Option<String>,
        /// JSON without personal data.
        pub detail: String,
        /// Free text under the key of `note_subject`.
        pub note_sealed: Option<Vec<u8>>,
        /// Whose key.
        pub note_subject: Option<Uuid>,
        /// The request.
        pub request_id: String,
        /// How many persons it names.
        pub subjects: i64,
    }
}

/// What a reader of the log looks for; `None` does not narrow.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Acting account.
    pub actor: Option<Uuid>,
    /// A person named by the entry.
    pub person: Option<Uuid>,
    /// Act code.
    pub act: Option<String>,
    /// Not before.
    pub from: Option<Instant64>,
    /// Before.
    pub until: Option<Instant64>,
}

impl AuditFilter {
    /// As a condition on `audit_entry a`.
    pub fn condition(&self) -> Condition {
        let person = self.person.map(|it| names(&[it]));
        let parts = [
            self.actor.map(|it| Condition::eq("a.actor_id", it)),
            person,
            self.act.as_deref().map(|it| Condition::eq("a.act", it)),
            self.from.map(|it| Condition::at_least("a.at", it)),
            self.until.map(|it| Condition::below("a.at", it)),
        ];
        Condition::all(parts.into_iter().flatten())
    }
}

/// Entries that name one of these, indexed or waiting to be.
fn names(people: &[Uuid]) -> Condition {
    let indexed = match people {
        [one] => Condition::eq("s.subject_id", *one),
        many => Condition::one_of("s.subject_id", many.iter().map(|it| Value::from(*it))),
    };
    let waiting = Condition::any(people.iter().map(|it| Condition::contains("w.people", &it.simple().to_string())));
    Condition::in_any(
        "a.id",
        [
            ("select s.entry_id from audit_subject s where ", indexed),
            ("select w.id from audit_entry w where w.people is not null and ", waiting),
        ],
    )
}

pub(crate) fn insert(tx: &mut Tx, entry: Entry<'_>) -> AuditId {
    let id = AuditId::new(entry.at);
    let waits = AT_ONCE < entry.people.len();
    let (note, note_subject) = entry.note.map(|it| (it.sealed, it.person)).unzip();
    let row = query(INSERT)
        .bind("id", id.uuid())
        .bind("at", entry.at)
        .bind("actor_id", entry.actor.account)
        .bind("actor_name", entry.actor.name.as_str())
        .bind("actor_role", entry.actor.role.as_str())
        .bind("area_code", entry.actor.area.as_str())
        .bind("act", entry.act)
        .bind("purpose", entry.purpose)
        .bind("subject", entry.subject)
        .bind("detail", entry.detail.to_string())
        .bind("note", note)
        .bind("note_subject", note_subject)
        .bind("request_id", entry.request_id)
        .bind("people", waits.then(|| people_text(entry.people)));
    tx.later(row);
    if !waits {
        let subjects = entry.people.iter().map(|it| vec![Value::from(*it), Value::from(id.uuid())]).collect();
        tx.insert_later(INSERT_SUBJECT, subjects);
    }
    id
}

fn people_text(people: &[Uuid]) -> String {
    let mut people = people.to_vec();
    people.sort_unstable();
    people.dedup();
    people.iter().map(|it| it.simple().to_string()).collect::<Vec<_>>().join(",")
}

/// Indexes whom entries name that were written since the last time; how many entries. Twice at once does no harm.
pub async fn index_people(db: &Db) -> Result<usize, DbError> {
    let waiting: Vec<(Uuid, String)> = db.reader().all(query(WAITING)).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let people = |text: &str| text.split(',').filter_map(|it| Uuid::try_parse(it).ok()).collect::<Vec<_>>();
    let mut rows: Vec<(Uuid, Uuid)> =
        waiting.iter().flat_map(|(entry, text)| people(text).into_iter().map(|it| (it, *entry))).collect();
    // In the index's own order, so that a page of it is written once.
    rows.sort_unstable();
    let rows = rows.into_iter().map(|(person, entry)| vec![Value::from(person), Value::from(entry)]).collect();
    let mut tx = db.begin().await?;
    tx.insert(INSERT_SUBJECT, rows).await?;
    let entries = Condition::one_of("id", waiting.iter().map(|(id, _)| Value::from(*id)));
    tx.run(query(INDEXED).condition("entries", entries)).await?;
    tx.commit().await?;
    Ok(waiting.len())
}

/// The list as a statement; `after` is the keyset position.
pub fn list_query(filter: &AuditFilter, after: Condition, limit: i64) -> Query {
    query(LIST).condition("filter", filter.condition()).condition("after", after).bind("limit", limit)
}

/// Entries, newest first.
pub async fn list(
    db: &mut impl Read,
    filter: &AuditFilter,
    after: Option<AuditId>,
    limit: i64,
) -> Result<Vec<EntryRow>, DbError> {
    db.all(list_query(filter, before("a.id", after), limit)).await
}

/// Who read or changed the data of one of these persons, newest first; `known` narrows `audit_entry a` to what the reader may know.
pub async fn accesses(
    db: &mut impl Read,
    people: &[Uuid],
    known: Condition,
    after: Option<AuditId>,
    limit: i64,
) -> Result<Vec<EntryRow>, DbError> {
    let question = query(ACCESSES).condition("person", names(people)).condition("known", known);
    db.all(question.condition("after", before("a.id", after)).bind("limit", limit)).await
}

fn before(column: &'static str, after: Option<AuditId>) -> Condition {
    match after {
        Some(id) => Condition::below(column, id.uuid()),
        None => Condition::always(),
    }
}

/// How many entries name one of these persons, of those that the reader may know.
pub async fn accesses_count(db: &mut impl Read, people: &[Uuid], known: Condition) -> Result<i64, DbError> {
    db.count(query(ACCESSES_COUNT).condition("person", names(people)).condition("known", known)).await
}

/// How many entries meet a condition on `audit_entry a`.
pub async fn count(db: &mut impl Read, condition: Condition) -> Result<i64, DbError> {
    db.count(query("select count(*) from audit_entry a where {filter}").condition("filter", condition)).await
}
