//! A person's employments as their reader may see them.

use std::collections::HashMap;

use access::Scope;
use db::Read;
use http_api::{ApiResult, Platform};
use kernel::Instant64;
use places::{EnterpriseId, ShiftWindow, SiteBrief, SiteId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::model::{CrewRole, EmployerKind, EmploymentId, PersonId};
use crate::store::employments::{self, EmploymentRow};

/// An employment in the asker's reach.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct EmploymentView {
    pub(super) id: String,
    enterprise_id: Option<String>,
    enterprise_name: Option<String>,
    site_id: String,
    site_name: String,
    employee_no: String,
    card_no: Option<String>,
    team: Option<String>,
    post: Option<String>,
    /// On a building site: the participating company that employs her.
    employer_name: Option<String>,
    employer_credit_code: Option<String>,
    employer_kind: Option<EmployerKind>,
    trade: Option<String>,
    crew_role: Option<CrewRole>,
    shift: Option<String>,
    #[schema(value_type = String)]
    from: Instant64,
    #[schema(value_type = Option<String>)]
    pub(in crate::http) until: Option<Instant64>,
}

/// Her employments; the names in them are asked for side by side.
pub(super) async fn employments_of(
    platform: &Platform,
    scope: &Scope,
    person: PersonId,
) -> ApiResult<Vec<EmploymentView>> {
    let mut db = platform.db.reader();
    let rows = employments::of_person(&mut db, scope, person).await?;
    let (sites, enterprises) = ids_of(&rows);
    let (mut first, mut second) = (db.clone(), db.clone());
    let names_within = names_within(scope);
    let names = tokio::try_join!(
        places::sites_by_id(&mut db, &sites),
        places::enterprise_names(&mut first, &names_within, &enterprises),
        places::shift_windows(&mut second, &sites),
    )?;
    Ok(views(rows, names))
}

/// As [`employments_of`], within the transaction that changed them.
pub(super) async fn employments_within(
    db: &mut impl Read,
    scope: &Scope,
    person: PersonId,
) -> ApiResult<Vec<EmploymentView>> {
    let rows = employments::of_person(db, scope, person).await?;
    let (sites, enterprises) = ids_of(&rows);
    let names = (
        places::sites_by_id(db, &sites).await?,
        places::enterprise_names(db, &names_within(scope), &enterprises).await?,
        places::shift_windows(db, &sites).await?,
    );
    Ok(views(rows, names))
}

/// A worker may know what her employers are called.
fn names_within(scope: &Scope) -> Scope {
    if scope.own().is_some() { access::system_scope("own_file") } else { scope.clone() }
}

fn ids_of(rows: &[EmploymentRow]) -> (Vec<Uuid>, Vec<Uuid>) {
    (rows.iter().map(|it| it.site_id).collect(), rows.iter().filter_map(|it| it.enterprise_id).collect())
}

type Names = (Vec<SiteBrief>, Vec<(Uuid, String)>, Vec<(Uuid, ShiftWindow)>);

fn views(rows: Vec<EmploymentRow>, (sites, enterprises, windows): Names) -> Vec<EmploymentView> {
    let sites: HashMap<Uuid, String> = sites.into_iter().map(|it| (it.id, it.name)).collect();
    let enterprises: HashMap<Uuid, String> = enterprises.into_iter().collect();
    let windows: HashMap<Uuid, String> = windows.into_iter().map(|(_, it)| (it.id.uuid(), it.name)).collect();
    let view = |row: EmploymentRow| EmploymentView {
        id: EmploymentId::from_uuid(row.id).to_string(),
        enterprise_id: row.enterprise_id.map(|it| EnterpriseId::from_uuid(it).to_string()),
        enterprise_name: row.enterprise_id.and_then(|it| enterprises.get(&it).cloned()),
        site_id: SiteId::from_uuid(row.site_id).to_string(),
        site_name: sites.get(&row.site_id).cloned().unwrap_or_default(),
        employee_no: row.employee_no,
        card_no: row.card_no,
        team: row.team,
        post: row.post,
        employer_name: row.employer_name,
        employer_credit_code: row.employer_credit_code,
        employer_kind: row.employer_kind.as_deref().and_then(EmployerKind::parse),
        trade: row.trade,
        crew_role: row.crew_role.as_deref().and_then(CrewRole::parse),
        shift: row.shift_window_id.and_then(|it| windows.get(&it).cloned()),
        from: Instant64::from_micros(row.from_at),
        until: row.until_at.map(Instant64::from_micros),
    };
    rows.into_iter().map(view).collect()
}
