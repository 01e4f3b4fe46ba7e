//! SQL of enterprises.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, query};
use http_api::Sort;
use kernel::Instant64;
use uuid::Uuid;

use crate::model::{EnterpriseId, NewEnterprise};

/// An enterprise is reached by its own area, by itself, or by one of its sites.
pub(crate) const COLUMNS: Columns = Columns::new(Some("e.area_code"), Some("e.id"), None);

pub(crate) const SORTS: &[Sort] = &[
    Sort { name: "-created_at", columns: "e.id", order: "e.id desc", descending: true },
    Sort { name: "name", columns: "e.name_key, e.id", order: "e.name_key, e.id", descending: false },
];

const LIST: &str = "select e.id, e.area_code, a.name as area_name, e.credit_code, e.name, e.name_key, e.industry, \
    e.size_class, e.address, e.created_at, (select count(*) from site s where s.enterprise_id = e.id) as sites, \
    e.employees \
    from enterprise e join area a on a.code = e.area_code \
    where {scope} and {filter} order by {order} limit :limit";
const COUNT: &str = "select count(*) from enterprise e where {scope} and {filter}";
const INSERT: &str = "insert into enterprise (id, area_code, credit_code, name, name_key, industry, size_class, \
    address, created_at) values (:id, :area, :credit_code, :name, :name_key, :industry, :size_class, :address, :now)";
const INSERT_ALL: &str = "insert into enterprise (id, area_code, credit_code, name, name_key, industry, size_class, \
    address, created_at) values {rows}";
const BY_CODE: &str = "select e.id, e.area_code, e.credit_code, e.name, e.industry, e.size_class, e.address \
    from enterprise e where {codes}";
const UPDATE: &str = "update enterprise as e set name = :name, name_key = :name_key, area_code = :area, \
    industry = :industry, size_class = :size_class, address = :address where e.id = :id and {scope}";

const REMOVE: &str = "delete from enterprise as e where e.id = :id and e.employees = 0 and {scope}";

const ADD_EMPLOYEES: &str = "update enterprise set employees = employees + :delta where id = :id";

db::row! {
    pub(crate) struct EnterpriseRow {
        pub(crate) id: Uuid,
        pub(crate) area_code: String,
        pub(crate) area_name: String,
        pub(crate) credit_code: String,
        pub(crate) name: String,
        pub(crate) name_key: String,
        pub(crate) industry: String,
        pub(crate) size_class: String,
        pub(crate) address: String,
        pub(crate) created_at: i64,
        pub(crate) sites: i64,
        pub(crate) employees: i64,
    }
}

db::row! {
    /// What is known of an enterprise by whose code a file calls it, whether it lies in reach or not.
    pub(crate) struct RegisteredRow {
        pub(crate) id: Uuid,
        pub(crate) area_code: String,
        pub(crate) credit_code: String,
        pub(crate) name: String,
        pub(crate) industry: String,
        pub(crate) size_class: String,
        pub(crate) address: String,
    }
}

/// Codes that one question names.
const CODES_AT_ONCE: usize = 500;

/// Those of these credit codes that are registered, anywhere: who asks looks herself what lies in her reach.
pub(crate) async fn by_codes(db: &mut impl Read, codes: &[&str]) -> Result<Vec<RegisteredRow>, DbError> {
    let mut rows = Vec::new();
    for some in codes.chunks(CODES_AT_ONCE) {
        let which = Condition::one_of("e.credit_code", some.iter().map(|it| db::Value::from(*it)));
        rows.extend(db.all::<RegisteredRow>(query(BY_CODE).condition("codes", which)).await?);
    }
    Ok(rows)
}

/// Part of a name, or a credit code.
pub(crate) fn searched(text: &str) -> Condition {
    let name = Condition::contains("e.name_key", &kernel::text::fold(text));
    Condition::any([name, Condition::eq("e.credit_code", text.to_uppercase())])
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<EnterpriseRow>, DbError> {
    let question = query(LIST).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &COLUMNS)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &COLUMNS)).await
}

pub(crate) async fn find(
    db: &mut impl Read,
    scope: &Scope,
    id: EnterpriseId,
) -> Result<Option<EnterpriseRow>, DbError> {
    Ok(list(db, scope, Condition::eq("e.id", id.uuid()), "e.id", 1).await?.pop())
}

/// Names of those of these enterprises that lie inside the scope.
pub(crate) async fn named(db: &mut impl Read, scope: &Scope, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>, DbError> {
    let which = Condition::one_of("e.id", ids.iter().map(|it| db::Value::from(*it)));
    let filter = Condition::all([which, scope.condition(&COLUMNS)]);
    db.all(query(NAMES).condition("filter", filter)).await
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewEnterprise, now: Instant64) -> Result<EnterpriseId, DbError> {
    let id = EnterpriseId::new(now);
    let row = query(INSERT)
        .bind("id", id.uuid())
        .bind("area", new.area.as_str())
        .bind("credit_code", new.credit_code.as_str())
        .bind("name", new.name.as_str())
        .bind("name_key", new.name.key())
        .bind("industry", new.industry.as_str())
        .bind("size_class", new.size_class.code())
        .bind("address", new.address.as_str())
        .bind("now", now);
    tx.run(row).await?;
    Ok(id)
}

pub(crate) async fn insert_all(
    tx: &mut Tx,
    new: &[(EnterpriseId, NewEnterprise)],
    now: Instant64,
) -> Result<(), DbError> {
    let row = |(id, it): &(EnterpriseId, NewEnterprise)| {
        vec![
            id.uuid().into(),
            it.area.as_str().into(),
            it.credit_code.as_str().into(),
            it.name.as_str().into(),
            it.name.key().into(),
            it.industry.as_str().into(),
            it.size_class.code().into(),
            it.address.as_str().into(),
            now.into(),
        ]
    };
    tx.insert(INSERT_ALL, new.iter().map(row).collect()).await.map(|_| ())
}

pub(crate) async fn update(tx: &mut Tx, scope: &Scope, id: EnterpriseId, to: &NewEnterprise) -> Result<bool, DbError> {
    let row = query(UPDATE)
        .bind("id", id.uuid())
        .bind("name", to.name.as_str())
        .bind("name_key", to.name.key())
        .bind("area", to.area.as_str())
        .bind("industry", to.industry.as_str())
        .bind("size_class", to.size_class.code())
        .bind("address", to.address.as_str());
    super::enterprise_keys::forget(tx, id.uuid()).await?;
    Ok(tx.run(scope.on(row, &COLUMNS)).await? == 1)
}

/// Takes an enterprise out of the register again on which nothing hangs.
///
/// # Errors
/// [`DbError::Constraint`] when something does.
pub(crate) async fn remove(tx: &mut Tx, scope: &Scope, id: EnterpriseId) -> Result<bool, DbError> {
    super::enterprise_keys::forget(tx, id.uuid()).await?;
    Ok(tx.run(scope.on(query(REMOVE).bind("id", id.uuid()), &COLUMNS)).await? == 1)
}

/// Keeps the number of people employed now; whoever starts or ends an employment calls it in that transaction.
pub async fn add_employees(tx: &mut Tx, enterprise: Uuid, delta: i64) -> Result<(), DbError> {
    tx.run(query(ADD_EMPLOYEES).bind("id", enterprise).bind("delta", delta)).await.map(|_| ())
}

/// Names of enterprises by their ids, for rows that were reached inside a scope already: an employment names its
/// employer to whoever may see the employment.
pub async fn enterprise_names(db: &mut impl Read, _: &Scope, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>, DbError> {
    let which = Condition::one_of("e.id", ids.iter().map(|it| db::Value::from(*it)));
    db.all(query(NAMES).condition("filter", which)).await
}

const NAMES: &str = "select e.id, e.name from enterprise e where {filter}";

/// In which area an enterprise inside the scope lies.
pub async fn enterprise_area(db: &mut impl Read, scope: &Scope, id: EnterpriseId) -> Result<Option<String>, DbError> {
    Ok(find(db, scope, id).await?.map(|it| it.area_code))
}

db::row! {
    /// What an application offers of what is known.
    pub struct EnterpriseFacts {
        /// As on the licence.
        pub name: String,
        /// Checked.
        pub credit_code: String,
        /// GB/T 4754 code.
        pub industry: String,
        /// Code of its size class.
        pub size_class: String,
        /// People employed now.
        pub employees: i64,
    }
}

const FACTS: &str = "select e.name, e.credit_code, e.industry, e.size_class, e.employees from enterprise e \
    where e.id = :id and {scope}";

/// What is known of an enterprise inside the scope.
pub async fn enterprise_facts(
    db: &mut impl Read,
    scope: &Scope,
    id: EnterpriseId,
) -> Result<Option<EnterpriseFacts>, DbError> {
    db.find(scope.on(query(FACTS).bind("id", id.uuid()), &COLUMNS)).await
}
