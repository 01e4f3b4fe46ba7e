//! Sites and gates as rows call them. A site is known as in the list of sites: by its enterprise's credit code and its
//! name, nobody's where no code stands; a gate by its site and its name.

use std::collections::{BTreeSet, HashMap, HashSet};

use access::{Located, Scope};
use db::Read;
use http_api::ApiResult;
use kernel::{CreditCode, Label, text};
use uuid::Uuid;

use super::{Cells, ListFault, Refusal};
use crate::store::enterprises::{self, RegisteredRow};
use crate::store::gates::{self, GatePlace};
use crate::store::sites::{self, NamedSite};

/// Where the columns stand that name a gate.
#[derive(Clone, Copy)]
pub(super) struct GateColumns {
    pub(super) gate: usize,
    pub(super) site: usize,
    pub(super) enterprise: usize,
}

/// A gate as a row calls it.
pub(super) struct GateName {
    pub(super) gate: Label,
    pub(super) site: Label,
    pub(super) enterprise: Option<CreditCode>,
}

impl GateName {
    /// All of it or none: a gate without its site, or a site without its gate, is nowhere.
    pub(super) fn read(cells: Cells<'_>, at: GateColumns) -> Result<Option<Self>, Refusal> {
        let enterprise = cells.credit_code(at.enterprise)?;
        match (cells.label(at.gate)?, cells.label(at.site)?) {
            (Some(gate), Some(site)) => Ok(Some(Self { gate, site, enterprise })),
            (Some(_), None) => Err((at.site, ListFault::Required)),
            (None, None) if enterprise.is_none() => Ok(None),
            (None, _) => Err((at.gate, ListFault::Required)),
        }
    }

    /// What tells it from the others of the file.
    pub(super) fn key(&self) -> (Option<&str>, String, String) {
        (self.enterprise.as_ref().map(CreditCode::as_str), self.site.key(), self.gate.key())
    }
}

/// What is in reach of what a file names.
pub(super) struct PlaceBook {
    enterprises: HashMap<String, Uuid>,
    sites: HashMap<(Option<Uuid>, String), Vec<NamedSite>>,
    gates: HashMap<(Uuid, String), Vec<GatePlace>>,
}

impl PlaceBook {
    /// Few questions, whatever the number of names.
    pub(super) async fn of(db: &mut impl Read, scope: &Scope, names: &[&GateName]) -> ApiResult<Self> {
        // Sets: a site that were asked for twice would look like two of one name.
        let codes: BTreeSet<&str> = names.iter().filter_map(|it| Some(it.enterprise.as_ref()?.as_str())).collect();
        let codes: Vec<&str> = codes.into_iter().collect();
        let owners = enterprises::by_codes(db, &codes).await?;
        let ids: Vec<Uuid> = owners.iter().map(|it| it.id).collect();
        let of_nobody = names.iter().filter(|it| it.enterprise.is_none()).map(|it| it.site.key());
        let of_nobody: Vec<String> = of_nobody.collect::<BTreeSet<String>>().into_iter().collect();
        let named: HashSet<String> = names.iter().map(|it| it.site.key()).collect();
        let mut known = sites::of_enterprises(db, &ids).await?;
        known.extend(sites::of_nobody(db, &of_nobody).await?);
        known.retain(|it| reaches_site(scope, it));
        // Whoever reaches a site of an enterprise may know that there is the enterprise.
        let seen: HashSet<Uuid> = known.iter().filter_map(|it| it.enterprise_id).collect();
        let owners = owners.into_iter().filter(|it| seen.contains(&it.id) || reaches_enterprise(scope, it));
        known.retain(|it| named.contains(&it.name_key));
        let ids: Vec<Uuid> = known.iter().map(|it| it.id).collect();
        let mut book = Self {
            enterprises: owners.map(|it| (it.credit_code, it.id)).collect(),
            sites: HashMap::new(),
            gates: HashMap::new(),
        };
        for it in gates::gates_of_sites(db, scope, &ids).await? {
            book.gates.entry((it.site_id, text::fold(&it.name))).or_default().push(it);
        }
        for it in known {
            book.sites.entry((it.enterprise_id, it.name_key.clone())).or_default().push(it);
        }
        Ok(book)
    }

    /// The sites that are called so: at least one.
    pub(super) fn sites(&self, name: &GateName, at: GateColumns) -> Result<&[NamedSite], Refusal> {
        let owner = match &name.enterprise {
            Some(code) => {
                let owner = self.enterprises.get(code.as_str()).copied();
                Some(owner.ok_or((at.enterprise, ListFault::EnterpriseUnknown))?)
            }
            None => None,
        };
        let found = self.sites.get(&(owner, name.site.key())).map(Vec::as_slice);
        found.filter(|it| !it.is_empty()).ok_or((at.site, ListFault::SiteUnknown))
    }

    /// The gates that are called so, of all these sites.
    pub(super) fn gates(&self, sites: &[NamedSite], name: &GateName) -> Vec<&GatePlace> {
        sites.iter().filter_map(|it| self.gates.get(&(it.id, name.gate.key()))).flatten().collect()
    }
}

pub(super) fn reaches_site(scope: &Scope, it: &NamedSite) -> bool {
    scope.covers(Located {
        area: Some(&it.area_code),
        enterprise: it.enterprise_id,
        site: Some(it.id),
        premises: it.premises_id,
    })
}

fn reaches_enterprise(scope: &Scope, it: &RegisteredRow) -> bool {
    scope.covers(Located { area: Some(&it.area_code), enterprise: Some(it.id), ..Located::default() })
}
