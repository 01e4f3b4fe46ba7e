//! A project in the entities and fields of the national platform, as its public interface names them (2019; terminals.md §5:
//! `Project.Add`, `ProjectSubContractor.Add`, `Team.Add`, `ProjectWorker.Add`, `WorkerEntryExit.Add`, `WorkerAttendance.Add`).
//!
//! What it asks for and we do not hold is not there: contracts, medical history, payroll, photographs. A code that its public
//! documents do not give is left empty rather than guessed. Pure.

use std::collections::BTreeMap;

use kernel::{DocumentKind, Instant64};
use people::{Company, CrewRole, EmployerKind, Identity, Member};
use screening::Passage;

/// Rows of one entity, its field names first.
pub(crate) type Entity = (&'static str, Vec<Vec<String>>);

/// The project itself.
pub(crate) struct ProjectFacts<'a> {
    pub(crate) name: &'a str,
    pub(crate) area_code: &'a str,
}

/// One passage of a gate.
pub(crate) struct Attendance<'a> {
    pub(crate) member: &'a Member,
    pub(crate) identity: &'a Identity,
    pub(crate) at: Instant64,
    pub(crate) passage: Passage,
    pub(crate) gate: &'a str,
    pub(crate) method: &'static str,
}

/// The days that are told, from the first moment to before the last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Period {
    pub(crate) from: Instant64,
    pub(crate) until: Instant64,
}

impl Period {
    fn holds(self, at: Instant64) -> bool {
        self.from <= at && at < self.until
    }
}

fn head(fields: &[&str]) -> Vec<Vec<String>> {
    vec![fields.iter().map(|it| (*it).to_owned()).collect()]
}

pub(crate) fn project(it: &ProjectFacts<'_>) -> Entity {
    let mut rows = head(&["projectCode", "name", "areaCode", "prjStatus"]);
    // The six digits of GB/T 2260; the code and the status are the national platform's own.
    let area = it.area_code.get(..6).unwrap_or(it.area_code);
    rows.push(vec![String::new(), it.name.to_owned(), area.to_owned(), String::new()]);
    ("Project", rows)
}

/// Companies that somebody on the roster works for: there since their first member came, until their last one left.
pub(crate) fn companies(members: &[Member]) -> Entity {
    let mut rows = head(&["corpCode", "corpName", "corpType", "entryTime", "exitTime"]);
    for (company, (from, until)) in spans(members, |it| it.company.clone()) {
        let kind = company.kind.map(company_type).unwrap_or_default();
        rows.push(vec![text(company.credit_code), text(company.name), kind.to_owned(), moment(from), ended(until)]);
    }
    ("ProjectSubContractor", rows)
}

pub(crate) fn teams(members: &[(Member, Option<Identity>)]) -> Entity {
    let mut rows = head(&["teamName", "corpCode", "corpName", "responsiblePersonName", "entryTime", "exitTime"]);
    let all: Vec<Member> = members.iter().map(|it| it.0.clone()).collect();
    let of = |it: &Member| (it.company.clone(), it.team.clone().unwrap_or_default());
    for ((company, team), (from, until)) in spans(&all, of) {
        let leads = |it: &&(Member, Option<Identity>)| {
            it.0.role == Some(CrewRole::TeamLeader) && of(&it.0) == (company.clone(), team.clone())
        };
        let leader = members.iter().find(leads).and_then(|it| it.1.as_ref()).map(|it| it.name.as_str().to_owned());
        rows.push(vec![
            team.clone(),
            text(company.credit_code.clone()),
            text(company.name.clone()),
            text(leader),
            moment(from),
            ended(until),
        ]);
    }
    ("Team", rows)
}

pub(crate) fn workers(members: &[(Member, Option<Identity>)]) -> Entity {
    let mut rows = head(&[
        "corpCode",
        "corpName",
        "teamName",
        "workerName",
        "idCardType",
        "idCardNumber",
        "workType",
        "workRole",
        "isTeamLeader",
        "cardNumber",
    ]);
    for (member, identity) in known(members) {
        rows.push(vec![
            text(member.company.credit_code.clone()),
            text(member.company.name.clone()),
            text(member.team.clone()),
            identity.name.as_str().to_owned(),
            id_card_type(identity).to_owned(),
            identity.document.as_str().to_owned(),
            text(member.trade.clone()),
            // 10 manager, 20 worker.
            if member.role == Some(CrewRole::Manager) { "10" } else { "20" }.to_owned(),
            u8::from(member.role == Some(CrewRole::TeamLeader)).to_string(),
            text(member.card_no.clone()),
        ]);
    }
    ("ProjectWorker", rows)
}

/// Joining and leaving within the period; passing a gate is neither.
pub(crate) fn entries(members: &[(Member, Option<Identity>)], period: Period) -> Entity {
    let mut rows = head(&["idCardType", "idCardNumber", "teamName", "date", "type"]);
    for (member, identity) in known(members) {
        let mut row = |at: Instant64, kind: &str| {
            rows.push(vec![
                id_card_type(identity).to_owned(),
                identity.document.as_str().to_owned(),
                text(member.team.clone()),
                at.local_date(),
                kind.to_owned(),
            ]);
        };
        if period.holds(member.from) {
            row(member.from, "1");
        }
        if let Some(left) = member.until.filter(|it| period.holds(*it)) {
            row(left, "0");
        }
    }
    ("WorkerEntryExit", rows)
}

/// Passages of gates. `channel` is the gate's name, `attendType` what the worker was known by, in our words.
pub(crate) fn attendance(rows_of: &[Attendance<'_>]) -> Entity {
    let mut rows = head(&["idCardType", "idCardNumber", "teamName", "date", "direction", "channel", "attendType"]);
    for it in rows_of {
        rows.push(vec![
            id_card_type(it.identity).to_owned(),
            it.identity.document.as_str().to_owned(),
            text(it.member.team.clone()),
            moment(it.at),
            match it.passage {
                Passage::In => "01",
                Passage::Out => "02",
            }
            .to_owned(),
            it.gate.to_owned(),
            it.method.to_owned(),
        ]);
    }
    ("WorkerAttendance", rows)
}

fn known(members: &[(Member, Option<Identity>)]) -> impl Iterator<Item = (&Member, &Identity)> {
    members.iter().filter_map(|it| Some((&it.0, it.1.as_ref()?)))
}

type Span = (Instant64, Option<Instant64>);

/// When the first of each came and the last one left; none while somebody is there.
fn spans<K: Ord>(members: &[Member], of: impl Fn(&Member) -> K) -> BTreeMap<K, Span> {
    let mut spans: BTreeMap<K, Span> = BTreeMap::new();
    for it in members {
        let span = spans.entry(of(it)).or_insert((it.from, it.until));
        span.0 = span.0.min(it.from);
        span.1 = span.1.zip(it.until).map(|(a, b)| a.max(b));
    }
    spans
}

/// Codes that the public documents give; what they do not is 012, other.
const fn company_type(kind: EmployerKind) -> &'static str {
    match kind {
        EmployerKind::SpecialistSubcontractor => "001",
        EmployerKind::LabourSubcontractor => "006",
        EmployerKind::Supervision => "007",
        EmployerKind::Owner => "008",
        EmployerKind::GeneralContractor => "009",
        EmployerKind::Design | EmployerKind::Supplier | EmployerKind::Services | EmployerKind::Other => "012",
    }
}

/// 01 and 08 are documented; for the permits nothing is.
fn id_card_type(identity: &Identity) -> &'static str {
    match identity.document.kind() {
        DocumentKind::ResidentId => "01",
        DocumentKind::Passport => "08",
        DocumentKind::HkMacaoPermit | DocumentKind::TaiwanPermit => "",
    }
}

fn text(it: Option<String>) -> String {
    it.unwrap_or_default()
}

/// `yyyy-MM-dd HH:mm:ss` of the clock in China.
fn moment(at: Instant64) -> String {
    let (date, local) = (at.local_date(), at.local());
    let second = at.since(local.day_start) / kernel::time::SECOND % 60;
    format!("{date} {:02}:{:02}:{second:02}", local.minute / 60, local.minute % 60)
}

fn ended(at: Option<Instant64>) -> String {
    at.map(moment).unwrap_or_default()
}

/// Whether anybody on the roster names a company: without one it is no real-name roster.
pub(crate) fn names_companies(members: &[Member]) -> bool {
    members.iter().any(|it| it.company != Company::default())
}

#[cfg(test)]
mod tests {
    use kernel::id::Uuid;
    use kernel::{DocumentNumber, Label, Phone};

    use super::*;

    fn at(text: &str) -> Instant64 {
        Instant64::parse(text).expect("a moment")
    }

    fn member(team: &str, role: CrewRole, from: &str, until: Option<&str>) -> (Member, Option<Identity>) {
        let company = Company {
            credit_code: Some("91350100M000100Y43".to_owned()),
            name: Some("榕建劳务".to_owned()),
            kind: Some(EmployerKind::LabourSubcontractor),
        };
        let member = Member {
            employment: Uuid::from_u128(1),
            person: Uuid::from_u128(2),
            employee_no: "7".to_owned(),
            card_no: None,
            team: Some(team.to_owned()),
            trade: Some("钢筋工".to_owned()),
            role: Some(role),
            company,
            from: at(from),
            until: until.map(at),
        };
        let identity = Identity {
            name: Label::parse("王小明").expect("a name"),
            document: DocumentNumber::parse(DocumentKind::ResidentId, "11010519491231002X").expect("a number"),
            phone: Phone::parse("13800002046").expect("a phone"),
        };
        (member, Some(identity))
    }

    #[test]
    fn a_project_is_told_in_the_platforms_own_words() {
        let people = [
            member("钢筋一班", CrewRole::TeamLeader, "2020-03-01T08:00:00+08:00", None),
            member("钢筋一班", CrewRole::Worker, "2020-02-20T08:00:00+08:00", Some("2020-03-05T18:00:00+08:00")),
        ];
        let members: Vec<Member> = people.iter().map(|it| it.0.clone()).collect();
        let (name, rows) = companies(&members);
        assert_eq!((name, rows.len()), ("ProjectSubContractor", 2));
        // Somebody is still there, so the company has not left.
        assert_eq!(rows[1], ["91350100M000100Y43", "榕建劳务", "006", "2020-02-20 08:00:00", ""]);
        assert_eq!(teams(&people).1[1][3], "王小明");
        let workers = workers(&people).1;
        assert_eq!(workers[1][4..], ["01", "11010519491231002X", "钢筋工", "20", "1", ""].map(str::to_owned));
        let period = Period { from: at("2020-03-01T00:00:00+08:00"), until: at("2020-03-06T00:00:00+08:00") };
        let entries = entries(&people, period).1;
        let told: Vec<_> = entries[1..].iter().map(|it| (it[3].as_str(), it[4].as_str())).collect();
        assert_eq!(told, [("2020-03-01", "1"), ("2020-03-05", "0")], "what lies before the period was told before");
    }

    #[test]
    fn a_gate_pass_has_its_direction_and_moment() {
        let (member, identity) = member("一班", CrewRole::Worker, "2020-03-01T08:00:00+08:00", None);
        let pass = Attendance {
            member: &member,
            identity: identity.as_ref().expect("known"),
            at: at("2020-03-05T07:52:09+08:00"),
            passage: Passage::In,
            gate: "一号门",
            method: "face",
        };
        let rows = attendance(&[pass]).1;
        assert_eq!(rows[1][3..], ["2020-03-05 07:52:09", "01", "一号门", "face"].map(str::to_owned));
    }

    #[test]
    fn the_areas_first_six_digits_are_the_divisions() {
        let rows = project(&ProjectFacts { name: "江滨工地", area_code: "350104001002" }).1;
        assert_eq!(rows[1], ["", "江滨工地", "350104", ""]);
    }
}
