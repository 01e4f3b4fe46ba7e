//! SQL of employments and of the scope rows they write.

use std::collections::{BTreeSet, HashMap};

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::declarations::daily::Occupation;
use crate::model::{Crew, CrewRole, EmployerKind, EmploymentId, NewEmployment, PersonId};

pub(super) const EMPLOYMENT: Columns =
    Columns::new(Some("m.area_code"), Some("m.enterprise_id"), Some("m.site_id")).own("m.person_id");

const INSERT: &str = "insert into employment (id, person_id, enterprise_id, site_id, area_code, employee_no, card_no, \
    team, post, shift_window_id, employer_name, employer_credit_code, employer_kind, trade, crew_role, occupation, \
    from_at, created_at) values {rows}";
const INSERT_SCOPE: &str = "insert into person_scope (id, employment_id, person_id, area_code, enterprise_id, \
    site_id, from_at) values {rows}";
const OF_PERSON: &str = "select m.id, m.person_id, m.enterprise_id, m.site_id, m.area_code, m.employee_no, m.card_no, \
    m.team, m.post, m.shift_window_id, m.employer_name, m.employer_credit_code, m.employer_kind, m.trade, m.crew_role, \
    m.from_at, m.until_at from employment m \
    where m.person_id = :person and {scope} order by m.id desc limit 100";
const CURRENT_OF: &str = "select m.id, m.person_id, m.enterprise_id, m.site_id, m.area_code, m.employee_no, m.card_no, \
    m.team, m.post, m.shift_window_id, m.employer_name, m.employer_credit_code, m.employer_kind, m.trade, m.crew_role, \
    m.from_at, m.until_at from employment m where {people} and m.from_at <= :now \
    and (m.until_at is null or m.until_at > :now) order by m.id";
const FIND: &str = "select m.id, m.person_id, m.enterprise_id, m.site_id, m.area_code, m.employee_no, m.card_no, \
    m.team, m.post, m.shift_window_id, m.employer_name, m.employer_credit_code, m.employer_kind, m.trade, m.crew_role, \
    m.from_at, m.until_at from employment m where m.id = :id and {scope}";
const UPDATE: &str = "update employment as m set employee_no = :employee_no, card_no = :card_no, team = :team, \
    post = :post, shift_window_id = :shift, employer_name = :employer_name, \
    employer_credit_code = :employer_credit_code, employer_kind = :employer_kind, trade = :trade, \
    crew_role = :crew_role, occupation = :occupation where m.id = :id and m.until_at is null and {scope}";
const END: &str = "update employment as m set until_at = :now where m.id = :id and m.until_at is null and {scope}";
const CHANGE: &str = "update employment set card_no = it.column2, team = it.column3, post = it.column4, \
    shift_window_id = it.column5, employer_name = it.column6, employer_credit_code = it.column7, \
    employer_kind = it.column8, trade = it.column9, crew_role = it.column10, occupation = it.column11 from (values {rows}) as it \
    where employment.id = it.column1 and employment.site_id = :site and employment.until_at is null";
const LEAVE: &str = "update employment set until_at = it.column2 from (values {rows}) as it \
    where employment.id = it.column1 and employment.site_id = :site and employment.until_at is null";
const LEAVE_SCOPE: &str = "update person_scope set until_at = it.column2, enterprise_id = null, site_id = null \
    from (values {rows}) as it where person_scope.employment_id = it.column1";
const END_SCOPE: &str = "update person_scope set until_at = :now, enterprise_id = null, site_id = null \
    where employment_id = :id";
const CURRENT_AT_SITE: &str = "select m.id, m.person_id, m.enterprise_id, m.site_id, m.area_code, m.employee_no, \
    m.card_no, m.team, m.post, m.shift_window_id, m.employer_name, m.employer_credit_code, m.employer_kind, m.trade, \
    m.crew_role, m.from_at, m.until_at from employment m \
    where m.site_id = :site and m.until_at is null and {filter}";
// A status whose time has run out is unknown, even before the reconciler writes it down. SQLite keeps the order of a
// cross join, PostgreSQL does not mind: without it SQLite reads the whole roster for each batch of two numbers or more.
const MATCH_EMPLOYEE_NO: &str = "select m.id, m.person_id, m.site_id, m.employee_no, m.card_no, m.team, m.shift_window_id, \
    case when p.status_valid_until <= :now then 'unknown' else p.status end as status, p.declared_at \
    from (values {rows}) as wanted cross join employment m cross join person p \
    where m.site_id = wanted.column1 and m.employee_no = wanted.column2 and m.until_at is null and m.from_at <= :now \
    and p.id = m.person_id";
const MATCH_CARD_NO: &str = "select m.id, m.person_id, m.site_id, m.employee_no, m.card_no, m.team, m.shift_window_id, \
    case when p.status_valid_until <= :now then 'unknown' else p.status end as status, p.declared_at \
    from (values {rows}) as wanted cross join employment m cross join person p \
    where m.site_id = wanted.column1 and m.card_no = wanted.column2 and m.until_at is null and m.from_at <= :now \
    and p.id = m.person_id";
const ROSTER: &str = "select m.id, m.person_id, m.employee_no, m.card_no, m.team, m.shift_window_id, \
    case when p.status_valid_until <= :now then 'unknown' else p.status end as status, \
    p.document_kind, p.identity_sealed, p.declared_at from employment m join person p on p.id = m.person_id \
    where m.site_id = :site and m.until_at is null and m.from_at <= :now and m.employee_no > :after \
    order by m.employee_no limit 1000";
const ROSTER_OF: &str = "select m.id, m.person_id, m.employee_no, m.card_no, m.team, m.shift_window_id, \
    case when p.status_valid_until <= :now then 'unknown' else p.status end as status, \
    p.document_kind, p.identity_sealed, p.declared_at from employment m join person p on p.id = m.person_id \
    where m.site_id = :site and m.until_at is null and m.from_at <= :now and {who} order by m.employee_no";
const EXPECTED: &str = "select count(*) from employment where site_id = :site and until_at is null and from_at <= :now";

db::row! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct EmploymentRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) site_id: Uuid,
        pub(crate) area_code: String,
        pub(crate) employee_no: String,
        pub(crate) card_no: Option<String>,
        pub(crate) team: Option<String>,
        pub(crate) post: Option<String>,
        pub(crate) shift_window_id: Option<Uuid>,
        pub(crate) employer_name: Option<String>,
        pub(crate) employer_credit_code: Option<String>,
        pub(crate) employer_kind: Option<String>,
        pub(crate) trade: Option<String>,
        pub(crate) crew_role: Option<String>,
        pub(crate) from_at: i64,
        pub(crate) until_at: Option<i64>,
    }
}

impl EmploymentRow {
    /// As rooms that follow people see it.
    pub(crate) fn workplace(&self) -> crate::standing::Workplace {
        crate::standing::Workplace {
            site: self.site_id,
            enterprise: self.enterprise_id,
            area_code: self.area_code.clone(),
            employee_no: self.employee_no.clone(),
            until: self.until_at.map(Instant64::from_micros),
        }
    }

    /// Takes what is said of her part on a building site; what is not said keeps.
    pub(crate) fn take_crew(&mut self, crew: &Crew) {
        let code = |it: &'static str| it.to_owned();
        let said = [
            (&mut self.employer_name, crew.employer_name.clone()),
            (&mut self.employer_credit_code, crew.employer_credit_code.clone()),
            (&mut self.employer_kind, crew.employer_kind.map(EmployerKind::code).map(code)),
            (&mut self.trade, crew.trade.clone()),
            (&mut self.crew_role, crew.role.map(CrewRole::code).map(code)),
        ];
        for (field, new) in said {
            if new.is_some() {
                *field = new;
            }
        }
    }
}

db::row! {
    pub(crate) struct MatchRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) site_id: Uuid,
        pub(crate) employee_no: String,
        pub(crate) card_no: Option<String>,
        pub(crate) team: Option<String>,
        pub(crate) shift_window_id: Option<Uuid>,
        pub(crate) status: String,
        pub(crate) declared_at: Option<i64>,
    }
}

db::row! {
    pub(crate) struct RosterRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) employee_no: String,
        pub(crate) card_no: Option<String>,
        pub(crate) team: Option<String>,
        pub(crate) shift_window_id: Option<Uuid>,
        pub(crate) status: String,
        pub(crate) document_kind: String,
        pub(crate) identity_sealed: Vec<u8>,
        pub(crate) declared_at: Option<i64>,
    }
}

/// Begins employments, with their scope rows.
pub(crate) async fn insert(
    tx: &mut Tx,
    new: &[(PersonId, NewEmployment)],
    now: Instant64,
) -> Result<Vec<EmploymentId>, DbError> {
    let ids: Vec<EmploymentId> = new.iter().map(|_| EmploymentId::new(now)).collect();
    let pairs = || ids.iter().zip(new);
    let row = |(id, (person, it)): (&EmploymentId, &(PersonId, NewEmployment))| {
        vec![
            Value::from(id.uuid()),
            Value::from(person.uuid()),
            Value::from(it.enterprise),
            Value::from(it.site),
            Value::from(it.area_code.as_str()),
            Value::from(it.employee_no.as_str()),
            Value::from(it.card_no.as_deref()),
            Value::from(it.team.as_deref()),
            Value::from(it.post.as_deref()),
            Value::from(it.shift_window),
            Value::from(it.crew.employer_name.as_deref()),
            Value::from(it.crew.employer_credit_code.as_deref()),
            Value::from(it.crew.employer_kind.map(EmployerKind::code)),
            Value::from(it.crew.trade.as_deref()),
            Value::from(it.crew.role.map(CrewRole::code)),
            Value::from(occupation(it.post.as_deref())),
            Value::from(it.from),
            Value::from(now),
        ]
    };
    tx.insert(INSERT, pairs().map(row).collect()).await?;
    let scope_row = |(id, (person, it)): (&EmploymentId, &(PersonId, NewEmployment))| {
        vec![
            Value::from(id.uuid()),
            Value::from(id.uuid()),
            Value::from(person.uuid()),
            Value::from(it.area_code.as_str()),
            Value::from(it.enterprise),
            Value::from(it.site),
            Value::from(it.from),
        ]
    };
    tx.insert(INSERT_SCOPE, pairs().map(scope_row).collect()).await?;
    Ok(ids)
}

/// Who must measure her temperature twice a day is known by her post.
fn occupation(post: Option<&str>) -> Option<&'static str> {
    Occupation::of_post(post).map(Occupation::code)
}

pub(crate) async fn of_person(
    db: &mut impl Read,
    scope: &Scope,
    person: PersonId,
) -> Result<Vec<EmploymentRow>, DbError> {
    db.all(scope.on(query(OF_PERSON).bind("person", person.uuid()), &EMPLOYMENT)).await
}

/// Where these persons work now.
pub(crate) async fn current_of(
    db: &mut impl Read,
    people: &[Uuid],
    now: Instant64,
) -> Result<Vec<EmploymentRow>, DbError> {
    let of = Condition::one_of("m.person_id", people.iter().map(|it| Value::from(*it)));
    db.all(query(CURRENT_OF).condition("people", of).bind("now", now)).await
}

pub(crate) async fn find(
    db: &mut impl Read,
    scope: &Scope,
    id: EmploymentId,
) -> Result<Option<EmploymentRow>, DbError> {
    db.find(scope.on(query(FIND).bind("id", id.uuid()), &EMPLOYMENT)).await
}

pub(crate) async fn update(tx: &mut Tx, scope: &Scope, to: &EmploymentRow) -> Result<bool, DbError> {
    let row = query(UPDATE)
        .bind("id", to.id)
        .bind("employee_no", to.employee_no.as_str())
        .bind("card_no", to.card_no.as_deref())
        .bind("team", to.team.as_deref())
        .bind("post", to.post.as_deref())
        .bind("shift", to.shift_window_id)
        .bind("employer_name", to.employer_name.as_deref())
        .bind("employer_credit_code", to.employer_credit_code.as_deref())
        .bind("employer_kind", to.employer_kind.as_deref())
        .bind("trade", to.trade.as_deref())
        .bind("crew_role", to.crew_role.as_deref())
        .bind("occupation", occupation(to.post.as_deref()));
    Ok(tx.run(scope.on(row, &EMPLOYMENT)).await? == 1)
}

/// Ends an employment now; the enterprise and the site lose sight of the person in the same moment.
pub(crate) async fn end(tx: &mut Tx, scope: &Scope, id: EmploymentId, now: Instant64) -> Result<bool, DbError> {
    let ended = tx.run(scope.on(query(END).bind("id", id.uuid()).bind("now", now), &EMPLOYMENT)).await? == 1;
    if ended {
        tx.run(query(END_SCOPE).bind("id", id.uuid()).bind("now", now)).await?;
    }
    Ok(ended)
}

/// Writes down what a site's own roster file says anew of its employments.
pub(crate) async fn change(tx: &mut Tx, site: Uuid, rows: &[EmploymentRow]) -> Result<u64, DbError> {
    let row = |it: &EmploymentRow| {
        vec![
            Value::from(it.id),
            Value::from(it.card_no.as_deref()),
            Value::from(it.team.as_deref()),
            Value::from(it.post.as_deref()),
            Value::from(it.shift_window_id),
            Value::from(it.employer_name.as_deref()),
            Value::from(it.employer_credit_code.as_deref()),
            Value::from(it.employer_kind.as_deref()),
            Value::from(it.trade.as_deref()),
            Value::from(it.crew_role.as_deref()),
            Value::from(occupation(it.post.as_deref())),
        ]
    };
    tx.run_of(query(CHANGE).bind("site", site), rows.iter().map(row).collect()).await
}

/// Ends a site's employments, each at its moment; the enterprise and the site lose sight of the persons at once.
pub(crate) async fn leave(tx: &mut Tx, site: Uuid, ends: &[(Uuid, Instant64)]) -> Result<u64, DbError> {
    let rows = || ends.iter().map(|(id, at)| vec![Value::from(*id), Value::from(*at)]).collect();
    let left = tx.run_of(query(LEAVE).bind("site", site), rows()).await?;
    tx.insert(LEAVE_SCOPE, rows()).await?;
    Ok(left)
}

/// Current employments at a site among these persons, or with these numbers.
pub(crate) async fn current_at_site(
    db: &mut impl Read,
    site: Uuid,
    people: &[Uuid],
    employee_nos: &[String],
    card_nos: &[String],
) -> Result<Vec<EmploymentRow>, DbError> {
    let filter = Condition::any([
        Condition::one_of("m.person_id", people.iter().map(|it| Value::from(*it))),
        Condition::one_of("m.employee_no", employee_nos.iter().map(|it| Value::from(it.as_str()))),
        Condition::one_of("m.card_no", card_nos.iter().map(|it| Value::from(it.as_str()))),
    ]);
    db.all(query(CURRENT_AT_SITE).bind("site", site).condition("filter", filter)).await
}

/// Who works now at a site under one of these employee numbers.
pub(crate) async fn match_employee_nos(
    db: &mut impl Read,
    numbers: BTreeSet<(Uuid, String)>,
    now: Instant64,
) -> Result<Vec<MatchRow>, DbError> {
    db.all_of(query(MATCH_EMPLOYEE_NO).bind("now", now), at_sites(numbers)).await
}

/// The same by cards.
pub(crate) async fn match_card_nos(
    db: &mut impl Read,
    numbers: BTreeSet<(Uuid, String)>,
    now: Instant64,
) -> Result<Vec<MatchRow>, DbError> {
    db.all_of(query(MATCH_CARD_NO).bind("now", now), at_sites(numbers)).await
}

fn at_sites(numbers: BTreeSet<(Uuid, String)>) -> Vec<Vec<Value>> {
    numbers.into_iter().map(|(site, number)| vec![Value::from(site), Value::from(number)]).collect()
}

/// A thousand lines of a site's roster, in the order of employee numbers.
pub(crate) async fn roster(
    db: &mut impl Read,
    site: Uuid,
    after: &str,
    now: Instant64,
) -> Result<Vec<RosterRow>, DbError> {
    db.all(query(ROSTER).bind("site", site).bind("after", after).bind("now", now)).await
}

/// Lines of some: by their employments or by who they are, a thousand to a question.
pub(crate) async fn roster_of(
    db: &mut impl Read,
    site: Uuid,
    (column, ids): (&'static str, &[Uuid]),
    now: Instant64,
) -> Result<Vec<RosterRow>, DbError> {
    let mut all = Vec::with_capacity(ids.len());
    for some in ids.chunks(1_000) {
        let who = Condition::one_of(column, some.iter().map(|it| Value::from(*it)));
        let question = query(ROSTER_OF).bind("site", site).bind("now", now).condition("who", who);
        all.extend(db.all(question).await?);
    }
    Ok(all)
}

pub(crate) async fn count_current(db: &mut impl Read, site: Uuid, now: Instant64) -> Result<i64, DbError> {
    db.count(query(EXPECTED).bind("site", site).bind("now", now)).await
}

const FOLLOW_SITE: &str = "update employment set area_code = :area where site_id = :site";
const FOLLOW_SITE_SCOPE: &str = "update person_scope set area_code = :area where employment_id in \
    (select m.id from employment m where m.site_id = :site)";

/// Employments and scope rows of a site that lies in another area now; ended ones too, for the authority finds a
/// leaver through them.
pub(crate) async fn follow_site(tx: &mut Tx, site: Uuid, area: &str) -> Result<(), DbError> {
    for text in [FOLLOW_SITE, FOLLOW_SITE_SCOPE] {
        tx.run(query(text).bind("site", site).bind("area", area)).await?;
    }
    Ok(())
}

const LABELS: &str = "select m.id, m.employee_no, m.team, m.until_at from employment m where {filter}";

/// What a list shows of an employment.
#[derive(Debug, Clone)]
pub struct EmploymentLabel {
    /// Employee number.
    pub employee_no: String,
    /// 班组.
    pub team: Option<String>,
    /// Whether it is over: the employer has lost sight of the person.
    pub ended: bool,
}

/// Labels of employments, for rows that were reached inside a scope already.
pub async fn employment_labels(db: &mut impl Read, ids: &[Uuid]) -> Result<HashMap<Uuid, EmploymentLabel>, DbError> {
    let which = Condition::one_of("m.id", ids.iter().map(|it| Value::from(*it)));
    let rows: Vec<(Uuid, String, Option<String>, Option<i64>)> =
        db.all(query(LABELS).condition("filter", which)).await?;
    let label = |(id, employee_no, team, until): (Uuid, String, Option<String>, Option<i64>)| {
        (id, EmploymentLabel { employee_no, team, ended: until.is_some() })
    };
    Ok(rows.into_iter().map(label).collect())
}

#[cfg(test)]
mod tests {
    use db::{Engine, TestDb};

    use super::*;

    /// SQLite once chose to read every employment and to look each up among the wanted numbers: at 100,000 people a
    /// terminal waited for a quarter of a second. What is few must lead.
    #[tokio::test]
    async fn workers_are_matched_through_the_index_however_many_are_wanted() {
        let world = TestDb::new(Engine::Sqlite).await;
        for (text, index) in [
            ("employee_no", "SEARCH m USING INDEX employment_employee_no (site_id=? AND employee_no=?)"),
            ("card_no", "SEARCH m USING INDEX employment_card_no (site_id=? AND card_no=?)"),
        ] {
            let statement = if text == "card_no" { MATCH_CARD_NO } else { MATCH_EMPLOYEE_NO };
            let explained: &'static str = format!("explain query plan {statement}").leak();
            for wanted in [1, 2, 64, 500] {
                let rows =
                    (0..wanted).map(|it| vec![Value::from(Uuid::nil()), Value::from(format!("W{it}"))]).collect();
                let plan: Vec<(i64, i64, i64, String)> =
                    world.db.reader().all_of(query(explained).bind("now", 0), rows).await.unwrap();
                assert!(plan.iter().any(|(_, _, _, step)| step == index), "{wanted} by {text}: {plan:?}");
            }
        }
    }
}
