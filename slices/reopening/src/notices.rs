//! What an enterprise is told on its people's phones: that its application moved, that a visit has its day, that a report is
//! missing. Written as a job in the transaction of its cause, so nobody at a desk waits for it; nobody is told twice.

use access::{Grant, Role, phones_of, system_scope, told_once};
use db::{Db, DbError, Tx};
use http_api::Platform;
use kernel::Instant64;
use kernel::time::DAY;
use notify::messages::{Message, Template};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::applications::model::{ApplicationAct as Act, ApplicationId};
use crate::store::applications as store;

/// The queue's name for telling an enterprise something.
pub const NOTICE_JOB: &str = "reopening.notice";

/// Something to be told.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub(crate) enum Notice {
    /// An application moved, by this step of its record.
    Moved {
        /// Which.
        application: Uuid,
        /// What was done.
        act: String,
        /// The step.
        step: Uuid,
    },
    /// A visit has its day.
    Visit {
        /// For which application.
        application: Uuid,
        /// `YYYY-MM-DD`.
        day: String,
    },
    /// Reports of a day are missing.
    Reports {
        /// Enterprises, or their projects.
        units: Vec<(Uuid, Option<Uuid>)>,
        /// `YYYY-MM-DD`.
        day: String,
        /// When they were reminded.
        at: i64,
    },
}

impl Notice {
    /// Writes it with the rest of the transaction.
    pub(crate) async fn enqueue(&self, tx: &mut Tx, now: Instant64) -> Result<(), DbError> {
        let payload = serde_json::to_value(self).map_err(|_| DbError::Unreadable("notice"))?;
        jobs::enqueue(tx, NOTICE_JOB, &payload, None, now).await
    }

    /// What an account is told once.
    fn key(&self) -> String {
        match self {
            Self::Moved { step, .. } => format!("moved:{}", step.as_simple()),
            Self::Visit { application, day } => format!("visit:{}:{day}", application.as_simple()),
            Self::Reports { day, at, .. } => format!("report:{day}:{at}"),
        }
    }
}

/// Whether the applicant is told of this on her phone: what asks something of her, or settles it.
pub(crate) const fn is_told(act: Act) -> bool {
    match act {
        Act::SendBack
        | Act::Recall
        | Act::OrderVisit
        | Act::FailVisit
        | Act::Approve
        | Act::File
        | Act::Reject
        | Act::Suspend
        | Act::Reinstate
        | Act::Revoke => true,
        Act::Submit | Act::Claim | Act::Release | Act::Comment | Act::Opine | Act::PassVisit => false,
    }
}

/// Tells those who answer for the enterprise.
///
/// # Errors
/// When it should be tried again.
pub async fn run_notice(platform: Platform, payload: serde_json::Value) -> anyhow::Result<()> {
    if !platform.messages.can_send() {
        return Ok(());
    }
    let notice: Notice = serde_json::from_value(payload)?;
    let Some((grants, said)) = addressed(&platform.db, &notice).await? else { return Ok(()) };
    let told = phones_of(&mut platform.db.reader(), &platform.vault, Role::Enterprise, &grants).await?;
    let (key, now) = (notice.key(), platform.now());
    let mut tx = platform.db.begin().await?;
    for (account, phone) in told {
        if told_once(&mut tx, account, &key, now).await? {
            let message =
                said.iter().fold(Message::new(template(&notice), &phone), |it, (name, value)| it.with(name, value));
            platform.messages.send(&mut tx, &message, DAY, now).await?;
        }
    }
    Ok(tx.commit().await?)
}

const fn template(notice: &Notice) -> Template {
    match notice {
        Notice::Moved { .. } => Template::ApplicationMoved,
        Notice::Visit { .. } => Template::VisitPlanned,
        Notice::Reports { .. } => Template::ReportDue,
    }
}

/// Whose people are told, and the values of the template; nothing when the application was discarded meanwhile.
async fn addressed(db: &Db, notice: &Notice) -> anyhow::Result<Option<(Vec<Grant>, Vec<(&'static str, String)>)>> {
    let (application, value) = match notice {
        Notice::Reports { units, day, .. } => {
            let grants =
                units.iter().map(|(enterprise, site)| site.map_or(Grant::Enterprise(*enterprise), Grant::Site));
            return Ok(Some((grants.collect(), vec![("day", day.clone())])));
        }
        Notice::Moved { application, act, .. } => (*application, ("act", act.clone())),
        Notice::Visit { application, day } => (*application, ("day", day.clone())),
    };
    let (scope, mut db) = (system_scope("notices"), db.reader());
    let Some(row) = store::find(&mut db, &scope, ApplicationId::from_uuid(application)).await? else { return Ok(None) };
    let sites = store::sites(&mut db, &scope, &[application]).await?;
    let grants = sites.into_iter().map(|(_, site, _)| Grant::Site(site)).chain([Grant::Enterprise(row.enterprise_id)]);
    Ok(Some((grants.collect(), vec![("number", row.number), value])))
}
