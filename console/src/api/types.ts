// The wire, as the server describes itself: openapi/openapi.json becomes schema.d.ts by `npm run api`, and the names
// the pages use are its schemas. A change of the server that the pages do not follow is a type error.
//
// The server writes every field, null where there is nothing, and takes null wherever a field may be left out: hence `Whole`.
import type { components } from './schema';

type Schemas = components['schemas'];

/** No field is ever absent. */
export type Whole<T> = T extends readonly (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { [K in keyof T]-?: Whole<Exclude<T[K], undefined>> }
    : T;
type With<T, Better> = Omit<T, keyof Better> & Better;
type View<Name extends keyof Schemas> = Whole<Schemas[Name]>;

// ---- enumerations
export type Role = Schemas['Role'];
export type VerdictOutcome = Schemas['VerdictOutcome'];
/** Only public reasons leave the server towards guards and enterprises; medical ones arrive there as `not_allowed`. */
export type Reason = Schemas['Reason'];
export type ErrorCode = Schemas['ErrorCode'];
export type Mask = Schemas['Mask'];
/** Of a gate or a device. A person passes one way: `Passage`. */
export type Direction = Schemas['Direction'];
export type Passage = Schemas['Passage'];
export type Method = Schemas['Method'];
export type SiteKind = Schemas['SiteKind'];
export type OpenState = Schemas['OpenState'];
export type HealthStatus = Schemas['HealthStatus'];
export type Allowed = Schemas['Allowed'];
export type AlarmKind = Schemas['AlarmKind'];
export type AlarmState = Schemas['AlarmState'];
export type AlarmLevel = Schemas['AlarmLevel'];
export type Severity = Schemas['Severity'];
export type FactKind = Schemas['FactKind'];
// Text in the description, closed lists in fact.
export type AreaKind = 'province' | 'city' | 'district' | 'street' | 'community' | 'grid';
export type Purpose = 'trace' | 'correct' | 'own_request' | 'roster' | 'audit' | 'other';
export type DocumentKind = 'resident_id' | 'passport' | 'hk_macao_permit' | 'taiwan_permit';
type SizeClass = 'above_scale' | 'above_quota' | 'below_scale' | 'micro';
type JournalState = 'pending' | 'decoded' | 'unparseable' | 'erased';
type Detail = Record<string, unknown>;

// ---- errors and lists
export type ApiErrorBody = With<View<'ApiErrorBody'>, { code: string; params: Record<string, string> }>;
export interface Page<T> { items: T[]; next: string | null }
export type Count = View<'Count'>;

// ---- session and accounts
export type SignIn = View<'SignIn'>;
export type PinSignIn = View<'PinSignIn'>;
export type MeterSystemView = View<'MeterSystemView'>;
export type MeterSystems = View<'MeterSystems'>;
export type MeterSystemNew = View<'MeterSystemNew'>;
export type MeterSystemMade = View<'MeterSystemMade'>;
export type OwnPhone = View<'OwnPhone'>;
export type OwnPhoneAsk = View<'OwnPhoneAsk'>;
export type OwnPhoneProof = View<'OwnPhoneProof'>;
export type AccountBrief = View<'AccountBrief'>;
export type GateBrief = View<'GateBrief'>;
export type Session = With<View<'Session'>, { gate: GateBrief | null; response: ResponseView | null }>;
export type GrantView = With<View<'GrantView'>, { kind: 'area' | 'enterprise' | 'site' | 'premises' }>;
export type AccountView = With<View<'AccountView'>, { grants: GrantView[] }>;
export type AccountNew = View<'AccountNew'>;
export type AccountPatch = View<'AccountPatch'>;
export type AccountInvited = With<View<'AccountInvited'>, { account: AccountView }>;
export type InvitationView = View<'InvitationView'>;
export type InvitationAccept = View<'InvitationAccept'>;

// ---- places
export type AreaView = With<View<'AreaView'>, { kind: AreaKind }>;
export type AreaNew = View<'AreaNew'>;
export type FailedRow = View<'FailedRow'>;
export type ResponseView = View<'ResponseView'>;
export type ResponseNew = View<'ResponseNew'>;
export type EnterpriseView = With<View<'EnterpriseView'>, { size_class: SizeClass }>;
export type EnterpriseNew = View<'EnterpriseNew'>;
export type EnterprisePatch = View<'EnterprisePatch'>;
export type CensusKind = Schemas['CensusKind'];
export type CensusOutcome = Schemas['CensusOutcome'];
export type CensusField = Schemas['CensusField'];
export type CensusFinding = With<View<'CensusFindingView'>, { size_class: SizeClass | null }>;
export type CandidateView = With<View<'CandidateView'>, { size_class: SizeClass }>;
export type CensusDetail = With<View<'CensusFindingDetail'>, { finding: CensusFinding; candidates: CandidateView[] }>;
export type CensusDecisionNew = Schemas['CensusDecisionNew'];
export type ListImportReport = View<'ListImportReport'>;
export type ListFault = Schemas['ListFault'];
export type CensusReport = View<'CensusReport'>;
export type CensusFault = Schemas['CensusFault'];
export type CensusImportView = View<'CensusImportView'>;
export type CensusAreaView = With<View<'CensusAreaView'>, { kind: AreaKind }>;
export type CensusAccepted = View<'CensusAccepted'>;
export type CensusAccept = Schemas['CensusAccept'];
export type AsideReason = Schemas['AsideReason'];
export type CensusConflict = Schemas['CensusConflict'];
export type CensusState = Schemas['FindingState'];
export type MatchSign = Schemas['MatchSign'];
export type SiteView = View<'SiteView'>;
export type SiteNew = View<'SiteNew'>;
export type SitePatch = View<'SitePatch'>;
export type PremisesKind = Schemas['PremisesKind'];
export type PremisesView = View<'PremisesView'>;
export type PremisesNew = View<'PremisesNew'>;
export type OfficerKind = Schemas['OfficerKind'];
export type OfficerView = View<'OfficerView'>;
export type HandoverView = View<'HandoverView'>;
export type HandoverNew = View<'HandoverNew'>;
export type SubstituteView = View<'SubstituteView'>;
export type SubstituteNew = View<'SubstituteNew'>;
export type AssignmentView = View<'AssignmentView'>;
export type AssignmentNew = View<'AssignmentNew'>;
export type AssignmentsNew = View<'AssignmentsNew'>;
export type AssignmentsReport = View<'AssignmentsReport'>;
export type GridEnterpriseView = View<'GridEnterpriseView'>;
export type ShapeView = With<View<'ShapeView'>, { polygons: [number, number][][][] }>;
export type ShapesReport = View<'ShapesReport'>;
export type AreaLoadView = With<View<'AreaLoadView'>, { kind: AreaKind }>;
export type ShiftWindow = View<'ShiftWindow'>;
export type GateView = View<'GateView'>;
export type GateNew = View<'GateNew'>;
export type GatePatch = View<'GatePatch'>;
export type GateEnrolment = View<'GateEnrolment'>;
export type TabletView = View<'TabletView'>;
export type DeviceView = View<'DeviceView'>;
export type DeviceNew = View<'DeviceNew'>;
export type DevicePatch = View<'DevicePatch'>;
/** Shown once; the set-up sheet is printed from it. */
export type DeviceSecret = View<'DeviceSecret'>;
export type GateLinkView = View<'GateLinkView'>;
export type GateLinkCode = View<'GateLinkCode'>;
export type FaceState = View<'FaceState'>;
export type SetupSheet = View<'SetupSheet'>;
export type JournalEntry = With<View<'JournalEntry'>, { state: JournalState }>;
export type SerialGap = View<'SerialGap'>;
export type GateRules = With<View<'GateRules'>, { outcomes: Partial<Record<Reason, VerdictOutcome>> }>;
export type GateRulesNew = With<View<'GateRulesNew'>, { outcomes: Partial<Record<Reason, VerdictOutcome>> }>;

// ---- visitors, coaches, vehicles
export type VisitorState = Schemas['VisitorState'];
export type VisitorBrief = View<'VisitorBrief'>;
export type VisitorFile = View<'VisitorFile'>;
export type VisitorNew = View<'VisitorNew'>;
export type VisitView = View<'VisitView'>;
export type VisitDeclaration = View<'VisitDeclaration'>;
export type ExpectedVisitors = View<'ExpectedVisitors'>;
export type ExpectedVisitor = View<'ExpectedVisitor'>;
export type CoachState = Schemas['CoachState'];
export type CoachFault = Schemas['CoachFault'];
export type CoachBrief = View<'CoachBrief'>;
export type CoachFile = View<'CoachFile'>;
export type CoachNew = View<'CoachNew'>;
export type Manifest = View<'Manifest'>;
export type ManifestReport = View<'ManifestReport'>;
export type ManifestFault = Schemas['ManifestFault'];
export type PassengerView = View<'PassengerView'>;
export type PassengerCheck = View<'PassengerCheck'>;
export type CoachAtGate = View<'CoachAtGate'>;
export type VehicleKnown = View<'VehicleKnown'>;
export type VehicleEntry = View<'VehicleEntry'>;
export type VehicleBasis = Schemas['VehicleBasis'];
export type VehicleOutcome = Schemas['VehicleOutcome'];
export type VehiclePassageView = View<'VehiclePassageView'>;

// ---- people
/** `tail`: the last four of the phone. `status` is null for those who may not know it. */
export type PersonRow = View<'PersonRow'>;
export type PersonSearch = View<'PersonSearch'>;
export type PersonNew = With<View<'PersonNew'>, { document_kind: DocumentKind }>;
export type PersonPatch = View<'PersonPatch'>;
export type EmploymentNew = View<'EmploymentNew'>;
export type EmploymentPatch = View<'EmploymentPatch'>;
export type EmploymentView = View<'EmploymentView'>;
export type StatusReason = View<'StatusReason'>;
/** Without `read_medical`: status null and no reasons. */
export type StatusView = View<'StatusView'>;
export type OtherDocument = With<View<'OtherDocument'>, { document_kind: DocumentKind }>;
export type PersonFile = With<View<'PersonFile'>, { document_kind: DocumentKind; sex: 'female' | 'male' | null; other_documents: OtherDocument[] }>;
export type DuplicateState = Schemas['DuplicateState'];
export type DuplicateSide = With<View<'DuplicateSide'>, { document_kind: DocumentKind }>;
export type Duplicate = With<View<'DuplicateView'>, { first: DuplicateSide; second: DuplicateSide }>;
export type Attestation = View<'Attestation'>;
export type FactView = With<View<'FactView'>, { detail: Detail }>;
export type AccessView = With<View<'AccessView'>, { actor_role: Role | 'system' | 'machine' | 'worker' }>;
export type CorrectionField = Schemas['CorrectionField'];
export type CorrectionState = Schemas['CorrectionState'];
export type CorrectionBrief = View<'CorrectionBrief'>;
export type CorrectionFile = View<'CorrectionFile'>;
export type Activation = View<'Activation'>;

export type Symptom = Schemas['Symptom'];
export type LegKind = Schemas['LegKind'];
export type Stay = View<'Stay'>;
export type Leg = View<'Leg'>;
export type Answers = View<'Answers'>;
export type DeclarationView = View<'DeclarationView'>;
export type Occupation = Schemas['Occupation'];
export type Duty = Schemas['Duty'];
export type Missing = View<'Missing'>;
export type Reminded = View<'Reminded'>;

export type StatusRules = View<'StatusRules'>;
export type StatusRulesView = View<'StatusRulesView'>;
export type StatusRulesNow = StatusRulesView & { left: number };
export type Simulation = View<'SimulationView'>;
export type RedOrder = View<'RedOrder'>;
export type RedOrderState = Schemas['RedOrderState'];
export type RedReason = Schemas['RedReason'];
export type AppealBrief = View<'AppealBrief'>;
export type AppealFile = View<'AppealFile'>;
export type AppealState = Schemas['AppealState'];

// ---- training
export type CourseState = Schemas['CourseState'];
export type MediaKind = Schemas['MediaKind'];
export type CourseView = View<'CourseView'>;
export type CourseDraft = View<'CourseDraft'>;
export type CourseNew = View<'CourseNew'>;
export type Question = View<'Question'>;
export type QuestionBank = View<'QuestionBank'>;
export type MediaNew = View<'MediaNew'>;
export type QuestionImport = View<'QuestionImport'>;
export type RowFault = Schemas['RowFault'];
export type RefusedFile = View<'RefusedFile'>;
export type CaptionLang = Schemas['CaptionLang'];
export type CaptionView = View<'CaptionView'>;
export type MediaView = View<'MediaView'>;
export type Lacking = View<'Lacking'>;
export type CertificateView = View<'CertificateView'>;
export type CertificateChannel = Schemas['CertificateChannel'];
/** What anybody may know of a certificate that was shown. */
export type CertificateFacts = View<'CertificateFacts'>;
export type ReopeningView = View<'ReopeningView'>;
// ---- report templates
export type NameFault = Schemas['NameFault'];
export type ReportSchedule = View<'ReportSchedule'>;
export type ReportTemplateView = View<'ReportTemplateView'>;
export type ReportTemplateDetail = View<'ReportTemplateDetail'>;
export type ReportTemplatePatch = Partial<View<'ReportTemplatePatch'>>;
export type TemplateName = View<'TemplateName'>;
export type TemplateTable = View<'TemplateTable'>;
export type TemplateLook = View<'TemplateLook'>;
export type TemplatePreview = View<'TemplatePreview'>;
export type KnownTemplateName = View<'KnownTemplateName'>;
export type FilledReport = View<'FilledReport'>;
export type MyCourse = View<'MyCourse'>;
export type LearningView = View<'LearningView'>;
export type QuizAttempt = View<'QuizAttempt'>;
export type QuizResult = View<'QuizResult'>;

// ---- a worker and her own file
export type PassView = View<'PassView'>;
export type Age = Schemas['Age'];
export type ConsentPurpose = Schemas['ConsentPurpose'];
export type ConsentState = Schemas['ConsentState'];
export type ConsentChannel = Schemas['ConsentChannel'];
export type GuardianRelation = Schemas['GuardianRelation'];
export type ConsentView = View<'ConsentView'>;
export type ConsentOffer = With<View<'ConsentOffer'>, { standing: ConsentView | null }>;
export type ConsentOffers = With<View<'ConsentOffers'>, { offers: ConsentOffer[] }>;
export type ConsentDecision = { purpose: ConsentPurpose; given: boolean; lang: 'zh' | 'en'; text_digest: string; of_age: boolean; guardian: { name: string; relation: GuardianRelation; phone: string; code: string | null } | null };
export type HomeKind = Schemas['HomeKind'];
export type HomeView = View<'HomeView'>;
export type HomeNew = View<'HomeNew'>;
export type ListedHome = View<'ListedHome'>;
export type Household = View<'Household'>;
export type AreaChoice = With<View<'AreaChoice'>, { kind: AreaKind }>;
export type MyAppeal = View<'MyAppeal'>;
export type MyExport = Omit<Whole<Schemas['MyExport']>, 'file' | 'facts' | 'accesses' | 'declarations' | 'appeals' | 'corrections' | 'consents' | 'homes'> & { file: MyFile; facts: FactView[]; accesses: AccessView[]; declarations: DeclarationView[]; appeals: MyAppeal[]; corrections: MyCorrection[]; consents: ConsentView[]; homes: HomeView[] };
export interface PaperSheet { title: string; note: string; sections: { heading: string; rows: [string, string][] }[] }
export type MyDay = View<'MyDay'>;
export type MyTemperature = View<'MyTemperature'>;
export type DeclarationNew = { at: string; unchanged: boolean; answers: Answers | null; person_id?: string };
export type DemoMessage = View<'DemoMessage'>;
export type MySession = View<'MySession'>;
export type MyPhone = View<'MyPhone'>;
export type MyFile = With<View<'MyFile'>, { document_kind: DocumentKind; sex: 'female' | 'male' | null; other_documents: OtherDocument[] }>;
export type MyCorrection = View<'MyCorrection'>;
export type NoPass = Schemas['NoPass'];
/** `why` stands with `none`, `pass` with `active`. */
export type MyPass = With<View<'MyPass'>, { state: 'active' | 'none' }>;
export type WorkerSignIn = Schemas['WorkerSignIn'];
export type CorrectionAsk = Schemas['CorrectionAsk'];
export type RevealAsk = With<View<'RevealAsk'>, { fields: ('name' | 'document_number' | 'phone')[]; purpose: Purpose }>;
export type Revealed = View<'Revealed'>;
export type ErasureReceipt = View<'ErasureReceipt'>;
export type ImportJob = View<'ImportJob'>;
export type ImportTable = View<'ImportTable'>;
export type ImportColumn = View<'ImportColumn'>;
export type ImportLayout = View<'ImportLayout'>;

// ---- screening
export type ScreeningView = With<View<'ScreeningView'>, { override: OverrideView | null; clinical: ClinicalView | null }>;
/** `client_key` (a UUID) is also the Idempotency-Key. `pass`: what was scanned, in place of the numbers. */
export type ManualEntry = View<'ManualEntry'>;
export type Override = With<View<'Override'>, { outcome: 'admit' | 'deny' }>;
export type OverrideView = With<View<'OverrideView'>, { outcome: 'admit' | 'deny' }>;
export type ClinicalReading = View<'ClinicalReading'>;
export type ClinicalView = View<'ClinicalView'>;
export type HeadCount = View<'HeadCount'>;
export type ForeignOutcome = Schemas['ForeignOutcome'];
export type ForeignWhy = Schemas['ForeignWhy'];
/** What a gate learns of a foreign certificate; shown, never kept. */
export type ForeignView = With<View<'ForeignView'>, { kind: 'test' | 'vaccination' | 'recovery' | null; format: 'dcc' | 'shc' | null }>;
export type TrustListView = View<'TrustListView'>;
export type TrustImport = With<View<'TrustImport'>, { before: TrustListView | null }>;
export type Board = With<View<'Board'>, { latest: ScreeningView[]; waiting: ScreeningView[]; rules: GateRules }>;
export type RosterEntry = View<'RosterEntry'>;
export type Roster = With<View<'Roster'>, { entries: RosterEntry[]; rules: GateRules }>;
/** What a tablet verifies passes with, off line. `site_id` ends in the id's 32 hexadecimal digits. */
export type GatePasses = View<'GatePasses'>;
export type Overview = With<View<'Overview'>, { outcomes_today: Record<VerdictOutcome, number> }>;

// ---- alarms, audit, operations
export type AlarmView = View<'AlarmView'>;
export type AlarmFile = View<'AlarmFile'>;
export type AlarmStep = View<'AlarmStep'>;
export type AlarmStepNew = View<'AlarmStepNew'>;
export type AlarmClose = View<'AlarmClose'>;
export type AuditView = With<View<'AuditView'>, { detail: Detail }>;
export type AuditCheckpoint = View<'CheckpointView'>;
export type AuditProof = View<'ProofView'>;
export type Operations = View<'Operations'>;

// ---- reopening
export type ApplicationView = View<'ApplicationView'>;
export type ApplicationFile = View<'ApplicationFile'>;
export type ApplicationState = Schemas['ApplicationState'];
export type ApplicationAct = Schemas['ApplicationAct'];
export type ApplicationStep = View<'ApplicationStep'>;
export type Opinion = Schemas['Opinion'];
export type OpinionView = View<'OpinionView'>;
export type OpinionNew = View<'OpinionNew'>;
export type DecisionImport = View<'DecisionImport'>;
export type DecisionFault = Schemas['DecisionFault'];
export type Approvals = View<'Approvals'>;
export type ApprovalsNew = View<'ApprovalsNew'>;
export type WhitelistBatch = View<'WhitelistBatch'>;
export type Rulebook = View<'Rulebook'>;
export type RulebookView = View<'RulebookView'>;
export type RulebookNew = View<'RulebookNew'>;
export type RulebookTried = View<'RulebookTried'>;
export type Regime = Schemas['Regime'];
export type Running = Schemas['Running'];
export type RulebookGroup = View<'Group'>;
export type RegimeRule = View<'RegimeRule'>;
export type ReviewRoute = View<'Route'>;
export type Department = View<'Department'>;
export type RulebookEffects = View<'RulebookEffects'>;
export type RulebookFault = View<'RulebookFault'>;
export type RulebookFaultCode = Schemas['RulebookFaultCode'];
export type Reviewer = View<'Reviewer'>;
export type DailyReport = View<'DailyReportView'>;
export type ReportFile = View<'DailyReportFile'>;
export type ReportNew = View<'DailyReportNew'>;
export type ReportSums = View<'ReportSums'>;
export type ReportDuty = View<'ReportDuty'>;
export type ReportReminder = View<'ReportReminder'>;
export type UnitsReminded = View<'UnitsReminded'>;
export type UnitSupply = View<'UnitSupply'>;
export type SupplySums = View<'SupplySums'>;
export type SupplyItem = View<'SupplyItem'>;
export type Doubt = View<'Doubt'>;
export type Electricity = View<'Electricity'>;
export type ElectricityImport = View<'ElectricityImport'>;
export type DailyReportPath = { unit_id: string; day: string };
export type Project = View<'Project'>;
export type ProjectCompany = View<'ProjectCompany'>;
export type AttendanceRow = View<'AttendanceRow'>;
export type ShiftPlanFile = View<'ShiftPlanFile'>;
export type ShiftPlan = View<'ShiftPlan'>;
export type PlanTeam = View<'PlanTeam'>;
export type PlanGate = View<'PlanGate'>;
export type TeamStart = View<'TeamStart'>;
export type PlanFigures = View<'PlanFigures'>;
export type PlanQueue = View<'QueueFigures'>;
export type PlanHindrance = View<'Hindrance'>;
export type PlanState = View<'PlanState'>;
export type InspectionView = View<'InspectionView'>;
export type InspectionFile = View<'InspectionFile'>;
export type Round = View<'Round'>;
export type InspectionPlan = View<'InspectionPlan'>;
export type InspectionRoutes = View<'Routes'>;
export type InspectionReport = View<'InspectionReport'>;
export type InspectionReported = View<'InspectionReported'>;
export type Inspector = View<'Inspector'>;
export type Checklist = View<'Checklist'>;
export type ChecklistSection = View<'ChecklistSection'>;
export type ChecklistItem = View<'ChecklistItem'>;
export type PhotoNeed = Schemas['PhotoNeed'];
export type ChecklistView = View<'ChecklistView'>;
export type AttachmentView = View<'AttachmentView'>;
export type PledgeView = View<'PledgeView'>;
export type ReviewMove = View<'ReviewMove'>;
export type FormField = View<'Field'>;
export type AttachmentReceived = View<'AttachmentReceived'>;
export type DraftSaved = View<'DraftSaved'>;
export type ApplicationSigned = View<'ApplicationSigned'>;
export type FormDefinition = View<'FormDefinition'>;
export type FormSection = View<'Section'>;
export type FormCondition = View<'FormCondition'>;
export type FormAnswer = Schemas['Answer'];
export type FormOption = View<'FormOption'>;
export type FormTakes = View<'Takes'>;
export type FormNeed = View<'Need'>;
export type Prefill = Schemas['Prefill'];
export type FormFault = View<'FormFault'>;
export type FormFaultCode = Schemas['FormFaultCode'];
export type FormView = View<'FormView'>;
export type FormVersion = View<'FormVersion'>;
export type Wording = View<'Words'>;
export type RiskLevel = Schemas['RiskLevel'];
export type AreaRisk = View<'AreaRisk'>;
export type Figure = Schemas['Figure'];
export type DayFigures = View<'DayFigures'>;
export type StatisticDay = View<'StatisticDay'>;
export type StatisticDays = View<'StatisticDays'>;
export type StatisticRow = View<'StatisticRow'>;
export type StatisticTable = View<'StatisticTable'>;
export type Waiting = View<'Waiting'>;
export type ApplicationStages = View<'ApplicationStages'>;
export type ApplicationStatistics = View<'ApplicationStatistics'>;
export type SupplyStatistics = View<'SupplyStatistics'>;
export type FigureMakeup = View<'FigureMakeup'>;
export type StatisticExport = View<'StatisticExport'>;
export type StatisticExportNew = Schemas['StatisticExportNew'];
