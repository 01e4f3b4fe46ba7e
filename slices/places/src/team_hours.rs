//! Windows that are the hours of teams, as a shift plan sets them.

use access::Scope;
use audit::Entry;
use db::{DbError, Tx};
use kernel::Instant64;
use serde_json::json;

use crate::events::PlacesChanged;
use crate::model::{ShiftWindow, ShiftWindowId, SiteId};
use crate::store::sites;

/// Hours of teams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamHours {
    /// As shown.
    pub name: String,
    /// The teams, by their names on the roster.
    pub teams: Vec<String>,
    /// Monday = 1 … Sunday = 7.
    pub days: Vec<u8>,
    /// Minutes after midnight.
    pub start_minute: u16,
    /// Minutes after midnight.
    pub end_minute: u16,
    /// How early before its start people may come in.
    pub early_minutes: u16,
}

/// Replaces those windows of a site that are the hours of teams; none takes them back. Other windows stay. A window
/// of a team that has one already keeps its id, and so whoever was given it by name. Who may do this was asked of the site.
pub async fn set_team_windows(
    tx: &mut Tx,
    scope: &Scope,
    site: SiteId,
    hours: Vec<TeamHours>,
    now: Instant64,
) -> Result<(), DbError> {
    let known = sites::shift_windows(tx, &[site.uuid()]).await?.into_iter().map(|(_, it)| it);
    let (mut before, mut windows): (Vec<ShiftWindow>, Vec<ShiftWindow>) = known.partition(|it| !it.teams.is_empty());
    let count = hours.len();
    for it in hours {
        let same = before.iter().position(|old| old.teams.iter().any(|team| it.teams.contains(team)));
        windows.push(ShiftWindow {
            id: same.map_or_else(|| ShiftWindowId::new(now), |at| before.swap_remove(at).id),
            name: it.name,
            days: it.days,
            start_minute: it.start_minute,
            end_minute: it.end_minute,
            teams: it.teams,
            early_minutes: it.early_minutes,
        });
    }
    sites::replace_windows(tx, site, &windows).await?;
    let entry = Entry {
        at: now,
        actor: scope.actor(),
        act: "site.shift_windows",
        purpose: "",
        subject: Some(site.to_string()),
        people: &[],
        detail: json!({ "team_windows": count }),
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(tx, entry).await?;
    for it in sites::sites_by_id(tx, &[site.uuid()]).await? {
        let at = events::At { area: Some(&it.area_code), enterprise: it.enterprise_id, site: Some(it.id), gate: None };
        events::emit(tx, at, &PlacesChanged { what: "shifts" }, now).await?;
    }
    Ok(())
}
