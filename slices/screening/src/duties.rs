//! What the people of a roster owe where gates ask for it: asked only for rules that ask.

use std::collections::HashSet;

use db::{DbError, Read};
use kernel::Instant64;
use uuid::Uuid;

use crate::model::GateRules;

/// Who has a pass, and who lacks a training.
#[derive(Debug, Default)]
pub(crate) struct Duties {
    /// Whose pass holds.
    holders: HashSet<Uuid>,
    /// Who lacks a required training at which site.
    gaps: HashSet<(Uuid, Uuid)>,
}

impl Duties {
    /// Of these people, as far as one of these rules asks.
    pub(crate) async fn load<'a>(
        db: &mut impl Read,
        rules: impl Iterator<Item = &'a GateRules> + Clone,
        people: &[Uuid],
        now: Instant64,
    ) -> Result<Self, DbError> {
        let mut duties = Self::default();
        if rules.clone().any(|it| it.pass_required) {
            duties.holders = passes::holders(db, people, now).await?;
        }
        if rules.clone().any(|it| it.training_required) {
            duties.gaps = people::training_gaps(db, people, now).await?;
        }
        Ok(duties)
    }

    /// Whether a pass of hers holds.
    pub(crate) fn has_pass(&self, person: Uuid) -> bool {
        self.holders.contains(&person)
    }

    /// Whether no required training is lacking at this site.
    pub(crate) fn is_trained(&self, person: Uuid, site: Uuid) -> bool {
        !self.gaps.contains(&(person, site))
    }
}
