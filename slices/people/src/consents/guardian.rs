//! The guardian of a minor: a code goes to the guardian's phone, and the guardian hands it to the minor only after
//! having read what it is for.

use access::worker::{self, CODE_GOOD};
use db::Tx;
use http_api::{ApiError, ApiResult, ErrorCode, Platform, sign_in_error};
use kernel::time::MINUTE;
use kernel::{Instant64, Label, Phone};
use notify::messages::{Message, Template};
use uuid::Uuid;
use vault::{IndexKey, Purpose};

use crate::model::{ConsentPurpose, Guardian, GuardianRelation, PersonId};
use crate::sealed::open_identity;
use crate::store::people;

/// What is said about the guardian, and the code that went to the guardian's phone.
pub(crate) struct GuardianSaid<'a> {
    pub(crate) name: &'a str,
    pub(crate) relation: GuardianRelation,
    pub(crate) phone: &'a str,
    /// None on paper: there the guardian has signed.
    pub(crate) code: Option<&'a str>,
}

/// Sends a code to the guardian's phone; a person's codes are counted on her own file, whomever they go to.
pub(crate) async fn send_guardian_code(
    platform: &Platform,
    person: Uuid,
    purpose: ConsentPurpose,
    phone: &Phone,
    address: &str,
    now: Instant64,
) -> ApiResult<()> {
    if !platform.messages.can_send() {
        return Err(ApiError::new(axum::http::StatusCode::SERVICE_UNAVAILABLE, ErrorCode::MessagesMissing));
    }
    let mut tx = platform.db.begin().await?;
    another_phone(platform, &mut tx, person, phone).await?;
    let counted = platform.access.digest(&format!("guardian:{}", person.as_simple()));
    let subject = subject(platform, person, purpose, phone);
    let code = worker::make_code(&mut tx, &platform.access, &subject, &counted, address, now).await;
    let code = code.map_err(sign_in_error)?;
    let message = Message::new(Template::GuardianCode, phone)
        .with("code", code)
        .with("minutes", CODE_GOOD / MINUTE)
        .with("purpose", purpose.code());
    let sent = platform.messages.send(&mut tx, &message, CODE_GOOD, now).await;
    sent.map_err(|error| ApiError::internal(&error))?;
    Ok(tx.commit().await?)
}

/// A guardian whose word was checked, and the code that has yet to be used up.
pub(crate) struct Checked {
    pub(crate) guardian: Guardian,
    /// What the code was bound to; none on paper.
    code: Option<Vec<u8>>,
}

impl Checked {
    /// In the transaction of the consent that it confirms: the code is good for one.
    ///
    /// # Errors
    /// `credentials_wrong` when another consent used it up in this moment.
    pub(crate) async fn used(self, tx: &mut Tx) -> ApiResult<Guardian> {
        if let Some(subject) = &self.code
            && !worker::use_code(tx, subject).await?
        {
            return Err(wrong());
        }
        Ok(self.guardian)
    }
}

fn wrong() -> ApiError {
    ApiError::field("guardian.code", ErrorCode::CredentialsWrong)
}

/// The guardian, if the code is the one that was sent. A wrong one counts, and the caller commits nothing else.
pub(crate) async fn check_guardian(
    platform: &Platform,
    person: Uuid,
    purpose: ConsentPurpose,
    said: GuardianSaid<'_>,
    address: &str,
    now: Instant64,
) -> ApiResult<Checked> {
    let name = Label::parse(said.name).map_err(|it| ApiError::invalid("guardian.name", it))?;
    let phone = Phone::parse(said.phone).map_err(|it| ApiError::invalid("guardian.phone", it))?;
    let mut tx = platform.db.begin().await?;
    another_phone(platform, &mut tx, person, &phone).await?;
    let subject = said.code.map(|_| subject(platform, person, purpose, &phone));
    if let (Some(code), Some(subject)) = (said.code, &subject) {
        worker::back_off(&mut platform.db.reader(), subject, address, now).await.map_err(sign_in_error)?;
        if !worker::check_code(&mut tx, &platform.access, subject, code, now).await? {
            worker::count_failure(&mut tx, subject, address, now).await?;
            tx.commit().await?;
            return Err(wrong());
        }
    }
    tx.commit().await?;
    Ok(Checked { guardian: Guardian { name, relation: said.relation, phone }, code: subject })
}

/// The minor's own phone is not her guardian's.
async fn another_phone(platform: &Platform, tx: &mut Tx, person: Uuid, phone: &Phone) -> ApiResult<()> {
    let group = people::group(tx, PersonId::from_uuid(person)).await?;
    for (file, kind, sealed) in people::identities(tx, &group).await? {
        let key = platform.vault.key(file, Purpose::Identity).await?;
        if open_identity(&key, file, &kind, &sealed)?.phone == *phone {
            return Err(ApiError::field("guardian.phone", ErrorCode::GuardianPhone));
        }
    }
    Ok(())
}

/// What the code is bound to: this minor, this purpose and this phone. It opens no file of the guardian's own.
fn subject(platform: &Platform, person: Uuid, purpose: ConsentPurpose, phone: &Phone) -> Vec<u8> {
    let bound = format!("guardian:{}:{}:{}", person.as_simple(), purpose.code(), phone.as_str());
    platform.index.digest(IndexKey::Phone, &bound)
}
