//! One error shape for every answer: `{code, field, params, request_id}`. The console owns the words.

use std::collections::BTreeMap;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tracing::{error, warn};
use utoipa::ToSchema;

/// What a handler returns.
pub type ApiResult<T> = Result<T, ApiError>;

// The code is a `tt`: utoipa does not read a `literal` fragment and would publish the name of the variant.
macro_rules! error_codes {
    ($($(#[$meta:meta])* $variant:ident = $code:tt),* $(,)?) => {
        /// Every code an error may have; the console has words for each in both languages.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        pub enum ErrorCode { $(#[doc = concat!("`", $code, "`.")] #[serde(rename = $code)] $variant),* }

        /// The codes as text.
        pub const ERROR_CODES: &[&str] = &[$($code),*];

        impl ErrorCode {
            /// The code on the wire.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// Reads a code that a lower room gave as text.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($code => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

error_codes! {
    NotSignedIn = "not_signed_in",
    Csrf = "csrf",
    Forbidden = "forbidden",
    NotFound = "not_found",
    State = "state",
    Invalid = "invalid",
    Required = "required",
    TooLong = "too_long",
    Taken = "taken",
    Repeated = "repeated",
    TooLarge = "too_large",
    Internal = "internal",
    Unavailable = "unavailable",
    CredentialsWrong = "credentials_wrong",
    TotpRequired = "totp_required",
    BackOff = "back_off",
    PasswordTooShort = "password_too_short",
    PasswordTooEasy = "password_too_easy",
    PinForm = "pin_form",
    PinTooEasy = "pin_too_easy",
    LoginForm = "login_form",
    LoginTaken = "login_taken",
    BeyondScope = "beyond_scope",
    OnOneself = "on_oneself",
    IdempotencyKeyRequired = "idempotency_key_required",
    IdempotencyKeyReused = "idempotency_key_reused",
    PageLimit = "page_limit",
    Cursor = "cursor",
    CreditCodeForm = "credit_code_form",
    CreditCodeCheck = "credit_code_check",
    AreaCodeForm = "area_code_form",
    AreaUnknown = "area_unknown",
    AreaParentUnknown = "area_parent_unknown",
    MacForm = "mac_form",
    PhoneForm = "phone_form",
    DocumentKind = "document_kind",
    DocumentNumberForm = "document_number_form",
    DocumentNumberCheck = "document_number_check",
    IdentityMismatch = "identity_mismatch",
    SharedPerson = "shared_person",
    TooManyRows = "too_many_rows",
    EmployeeNoTaken = "employee_no_taken",
    CardNoTaken = "card_no_taken",
    EmployeeNoForm = "employee_no_form",
    DateForm = "date_form",
    DateFuture = "date_future",
    DateOrder = "date_order",
    NumberRounded = "number_rounded",
    NumberChanged = "number_changed",
    CellError = "cell_error",
    WordUnknown = "word_unknown",
    FileForm = "file_form",
    OldWorkbook = "old_workbook",
    FileBomb = "file_bomb",
    FileActive = "file_active",
    TemplateFaults = "template_faults",
    TableFull = "table_full",
    NoFigures = "no_figures",
    TooManyColumns = "too_many_columns",
    Interrupted = "interrupted",
    SiteUnknown = "site_unknown",
    EnterpriseUnknown = "enterprise_unknown",
    GateUnknown = "gate_unknown",
    ShiftUnknown = "shift_unknown",
    ShiftWindow = "shift_window",
    PlateForm = "plate_form",
    VisitCode = "visit_code",
    CoachEmpty = "coach_empty",
    CoachFull = "coach_full",
    CoachOneByOne = "coach_one_by_one",
    PassengersNotFit = "passengers_not_fit",
    PurposeRequired = "purpose_required",
    TemperatureRange = "temperature_range",
    SupervisorRefused = "supervisor_refused",
    OverrideMedical = "override_medical",
    EnrolmentCode = "enrolment_code",
    ResponseInactive = "response_inactive",
    RuleOutcome = "rule_outcome",
    ColumnMissing = "column_missing",
    SpeechMissing = "speech_missing",
    AuditUnsealed = "audit_unsealed",
    MessagesMissing = "messages_missing",
    DocumentTail = "document_tail",
    TooManyOpen = "too_many_open",
    DeclarationFull = "declaration_full",
    DateTooOld = "date_too_old",
    PhoneUnproved = "phone_unproved",
    FontMissing = "font_missing",
    ConsentText = "consent_text",
    ConsentRequired = "consent_required",
    FaceUnavailable = "face_unavailable",
    FaceMissing = "face_missing",
    FaceSeveral = "face_several",
    FaceQuality = "face_quality",
    GuardianRequired = "guardian_required",
    GuardianPhone = "guardian_phone",
    OutOfRange = "out_of_range",
    QuestionOptions = "question_options",
    QuestionCorrect = "question_correct",
    QuestionsFew = "questions_few",
    BankFull = "bank_full",
    CaptionForm = "caption_form",
    CaptionMarkup = "caption_markup",
    UploadOffset = "upload_offset",
    AttemptsUsed = "attempts_used",
    AttemptOver = "attempt_over",
    TrustForm = "trust_form",
    TrustEmpty = "trust_empty",
    HomeArea = "home_area",
    TooManyHomes = "too_many_homes",
    ApplicationOpen = "application_open",
    AnswerChanged = "answer_changed",
    FieldClosed = "field_closed",
    FileName = "file_name",
    FormChanged = "form_changed",
    FormFaults = "form_faults",
    FormUnfinished = "form_unfinished",
    SignatureForm = "signature_form",
    ReopeningClosed = "reopening_closed",
    VisitMissing = "visit_missing",
    OpinionMissing = "opinion_missing",
    OpinionObjects = "opinion_objects",
    DepartmentOther = "department_other",
    RulebookFaults = "rulebook_faults",
    RulebookPending = "rulebook_pending",
    MomentPast = "moment_past",
    ReportFaults = "report_faults",
    ReportDay = "report_day",
    AboveOnDuty = "above_on_duty",
    ChecklistFaults = "checklist_faults",
    ShiftPlanFaults = "shift_plan_faults",
    GeojsonForm = "geojson_form",
    ShapeKind = "shape_kind",
    ShapePoints = "shape_points",
    RingEmpty = "ring_empty",
    RingOpen = "ring_open",
    RingCrossing = "ring_crossing",
    OfficerUnknown = "officer_unknown",
    OfficerKind = "officer_kind",
    OfficerFull = "officer_full",
    PremisesUnknown = "premises_unknown",
    AlreadyAssigned = "already_assigned",
    SubstituteTaken = "substitute_taken",
    SubstituteAway = "substitute_away",
    EnterpriseUsed = "enterprise_used",
    PremisesUsed = "premises_used",
}

/// An error on the wire.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApiErrorBody {
    /// What went wrong.
    pub code: ErrorCode,
    /// The field it is about, if it is about one.
    pub field: Option<String>,
    /// Values for the words, such as `retry_after_s`.
    pub params: BTreeMap<String, String>,
    /// Names this request in the server's log.
    pub request_id: String,
}

/// An error on its way out.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: ErrorCode,
    field: Option<&'static str>,
    params: BTreeMap<String, String>,
    stored: Option<(StatusCode, Vec<u8>)>,
}

impl ApiError {
    /// An error with this status and code.
    pub const fn new(status: StatusCode, code: ErrorCode) -> Self {
        Self { status, code, field: None, params: BTreeMap::new(), stored: None }
    }

    /// 404: unknown, or outside the caller's scope.
    pub const fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, ErrorCode::NotFound)
    }

    /// 409: the thing is not in a state that allows this.
    pub const fn state() -> Self {
        Self::new(StatusCode::CONFLICT, ErrorCode::State)
    }

    /// 422: a field.
    pub fn field(field: &'static str, code: ErrorCode) -> Self {
        Self { field: Some(field), ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, code) }
    }

    /// 422: a field, for the reason that a validated type gave.
    pub fn invalid(field: &'static str, cause: kernel::Invalid) -> Self {
        Self::field(field, ErrorCode::parse(cause.code).unwrap_or(ErrorCode::Invalid))
    }

    /// 500; the cause goes to the log, the client gets the request id.
    pub fn internal(cause: &(dyn std::error::Error + 'static)) -> Self {
        error!(error = cause, "a request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, ErrorCode::Internal)
    }

    /// Adds a value for the words.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// Not an error: the stored answer to a write that was already done.
    pub(crate) fn replayed(status: StatusCode, body: Vec<u8>) -> Self {
        Self { stored: Some((status, body)), ..Self::new(StatusCode::OK, ErrorCode::State) }
    }

    /// The code, for tests and import reports.
    pub const fn code(&self) -> ErrorCode {
        self.code
    }

    /// The field it is about.
    pub const fn field_name(&self) -> Option<&'static str> {
        self.field
    }
}

impl From<db::DbError> for ApiError {
    fn from(error: db::DbError) -> Self {
        if error.is_passing() {
            warn!(error = kernel::cause(&error), "the database is not available");
            return Self::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unavailable);
        }
        match &error {
            db::DbError::Unique(_) => Self::new(StatusCode::CONFLICT, ErrorCode::Taken),
            _ => Self::internal(&error),
        }
    }
}

impl From<vault::VaultError> for ApiError {
    fn from(error: vault::VaultError) -> Self {
        match error {
            // The person was erased: to the outside she never was.
            vault::VaultError::Gone => Self::not_found(),
            vault::VaultError::Store(error) => error.into(),
            vault::VaultError::Broken
            | vault::VaultError::WrappingKey(_)
            | vault::VaultError::WrappingKeyMissing(_) => Self::internal(&error),
        }
    }
}

impl From<access::Denied> for ApiError {
    fn from(_: access::Denied) -> Self {
        Self::new(StatusCode::FORBIDDEN, ErrorCode::Forbidden)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if let Some((status, body)) = self.stored {
            let json = HeaderValue::from_static("application/json");
            return (status, [(header::CONTENT_TYPE, json)], body).into_response();
        }
        // The edge middleware fills in the request id.
        let body = ApiErrorBody {
            code: self.code,
            field: self.field.map(str::to_owned),
            params: self.params,
            request_id: crate::middleware::current_request_id(),
        };
        (self.status, axum::Json(body)).into_response()
    }
}
