// Every endpoint of /api/v1 the console calls: path, query, body and answer. `client.ts` only accepts these.
import type * as T from './types';

export type Flag = 'true' | 'false';
export interface PageQuery { limit?: number; cursor?: string; sort?: string }
export type AreaFilter = { parent?: string; search?: string };
export type EnterpriseFilter = { search?: string; area?: string; industry?: string; size_class?: string; open?: string };
export type SiteFilter = { search?: string; area?: string; enterprise_id?: string; premises_id?: string; kind?: string; open_state?: string };
export type PremisesFilter = { search?: string; area?: string; kind?: string };
export type OfficerFilter = { search?: string; load?: string };
export type AssignmentFilter = { officer_id?: string; enterprise_id?: string; premises_id?: string; kind?: string; area?: string; state?: string };
export type GridFilter = { search?: string; area?: string; gap?: string; officer_id?: string };
export type GateFilter = { search?: string; site_id?: string; area?: string };
export type DeviceFilter = { search?: string; site_id?: string; gate_id?: string; state?: string };
export type PersonFilter = { site_id?: string; enterprise_id?: string; area?: string; status?: string; allowed?: string; employed?: string };
export type ScreeningFilter = {
  site_id?: string; gate_id?: string; person_id?: string; device_id?: string;
  outcome?: string; reason?: string; live?: string; from?: string; to?: string;
};
export type AlarmFilter = { state?: string; kind?: string; severity?: string; site_id?: string; gate_id?: string };
export type AuditFilter = { actor_id?: string; subject_id?: string; act?: string; from?: string; to?: string };
export type DutyFilter = { duty?: string; site_id?: string };
export type HomeFilter = { area?: string; compound?: string; kind?: string };
export type CorrectionFilter = { state?: string };
export type CourseFilter = { search?: string; state?: string };
export type ApplicationFilter = { search?: string; state?: string; claimed_by?: string; area?: string; industry?: string; size_class?: string; enterprise_id?: string; site_id?: string; department?: string; regime?: string; category?: string; batch?: string; sent_from?: string; sent_until?: string; through?: string };
export type StatisticFilter = { area?: string; from?: string; until?: string; industry?: string; size_class?: string };
export type ReportFilter = { search?: string; unit_id?: string; day?: string; from?: string; until?: string; area?: string; doubtful?: string };
export type SupplyFilter = { item?: string; area?: string; search?: string; short?: string };
export type InspectionFilter = { search?: string; state?: string; kind?: string; officer?: string; area?: string; planned_on?: string; application_id?: string };
export type CensusFilter = { search?: string; area?: string; import_id?: string; outcome?: string; state?: string; kind?: string };
export type VisitorFilter = { site_id?: string; state?: string; day?: string; search?: string; inside?: string };
export type CoachFilter = { site_id?: string; state?: string; search?: string };
export type VehicleFilter = { site_id?: string; gate_id?: string; basis?: string; outcome?: string; search?: string };
export type AccountFilter = { search?: string; role?: string };

export type TrustImportQuery = { dry_run: Flag; file_name?: string; note?: string };

export type QuestionImportQuery = { version: number; dry_run: Flag; lang: 'zh' | 'en' };

type NoQuery = Record<never, never>;
interface Read<Answer, Query = NoQuery> { answer: Answer; query: Query }
interface Write<Answer, Body = undefined, Query = NoQuery> { answer: Answer; body: Body; query: Query }
/** A list as a file; `origin` is put before links that are told. */
type ListFile = Write<T.ListImportReport, Blob, { dry_run: Flag; lang: string; origin: string }>;

/** The lists: each also has `/count` and `/export` with the same filters. */
export interface Lists {
  '/areas': { item: T.AreaView; filter: AreaFilter };
  '/responses': { item: T.ResponseView; filter: NoQuery };
  '/enterprises': { item: T.EnterpriseView; filter: EnterpriseFilter };
  '/sites': { item: T.SiteView; filter: SiteFilter };
  '/premises': { item: T.PremisesView; filter: PremisesFilter };
  '/officers': { item: T.OfficerView; filter: OfficerFilter };
  '/assignments': { item: T.AssignmentView; filter: AssignmentFilter };
  '/grid/enterprises': { item: T.GridEnterpriseView; filter: GridFilter };
  '/census/findings': { item: T.CensusFinding; filter: CensusFilter };
  '/census/missed': { item: T.EnterpriseView; filter: { search?: string; area?: string } };
  '/census/missed-premises': { item: T.PremisesView; filter: { search?: string; area?: string; kind?: string } };
  '/gates': { item: T.GateView; filter: GateFilter };
  '/devices': { item: T.DeviceView; filter: DeviceFilter };
  '/visitors': { item: T.VisitorBrief; filter: VisitorFilter };
  '/coaches': { item: T.CoachBrief; filter: CoachFilter };
  '/vehicle-passages': { item: T.VehiclePassageView; filter: VehicleFilter };
  '/people': { item: T.PersonRow; filter: PersonFilter };
  '/screenings': { item: T.ScreeningView; filter: ScreeningFilter };
  '/alarms': { item: T.AlarmView; filter: AlarmFilter };
  '/audit': { item: T.AuditView; filter: AuditFilter };
  '/appeals': { item: T.AppealBrief; filter: { state?: string; late?: string } };
  '/red-orders': { item: T.RedOrder; filter: { state?: string } };
  '/homes': { item: T.ListedHome; filter: HomeFilter };
  '/duties': { item: T.Missing; filter: DutyFilter };
  '/corrections': { item: T.CorrectionBrief; filter: CorrectionFilter };
  '/courses': { item: T.CourseView; filter: CourseFilter };
  '/applications': { item: T.ApplicationView; filter: ApplicationFilter };
  '/inspections': { item: T.InspectionView; filter: InspectionFilter };
  '/daily-reports': { item: T.DailyReport; filter: ReportFilter };
  '/report-duties': { item: T.ReportDuty; filter: { day?: string; search?: string; area?: string } };
  '/supplies': { item: T.UnitSupply; filter: SupplyFilter };
  '/accounts': { item: T.AccountView; filter: AccountFilter };
}
export type ListPath = keyof Lists;

type ListRoutes = { [P in ListPath]: Read<T.Page<Lists[P]['item']>, Lists[P]['filter'] & PageQuery> };
type CountRoutes = { [P in ListPath as `${P}/count`]: Read<T.Count, Lists[P]['filter']> };

export interface GetRoutes extends ListRoutes, CountRoutes {
  '/session': Read<T.Session>;
  '/session/phone': Read<T.OwnPhone>;
  '/meter-systems': Read<T.MeterSystems>;
  '/invitations/{token}': Read<T.InvitationView>;
  '/enterprises/{id}': Read<T.EnterpriseView>;
  '/sites/{id}': Read<T.SiteView>;
  '/premises/{id}': Read<T.PremisesView>;
  '/officers/{id}': Read<T.OfficerView>;
  '/officers/{id}/handovers': Read<T.HandoverView[]>;
  '/officers/{id}/substitutes': Read<T.SubstituteView[]>;
  '/areas/shapes': Read<T.ShapeView[], { parent?: string }>;
  '/census/areas': Read<T.CensusAreaView[], { parent?: string }>;
  '/census/imports': Read<T.CensusImportView[]>;
  '/census/findings/{id}': Read<T.CensusDetail>;
  '/grid/areas': Read<T.AreaLoadView[], { parent?: string }>;
  '/sites/{id}/shift-windows': Read<T.ShiftWindow[]>;
  '/sites/{id}/shift-plan': Read<T.ShiftPlanFile>;
  '/gates/{id}': Read<T.GateView>;
  '/visitors/{id}': Read<T.VisitorFile>;
  '/coaches/{id}': Read<T.CoachFile>;
  '/coaches/{id}/passengers': Read<T.Manifest>;
  '/gates/{id}/visitors': Read<T.ExpectedVisitors>;
  '/gates/{id}/vehicles': Read<T.VehicleKnown, { shown: string }>;
  '/me/visitors': Read<T.Page<T.VisitorBrief>, PageQuery>;
  '/me/visitors/{id}': Read<T.VisitorFile>;
  '/gates/{id}/board': Read<T.Board>;
  '/gates/{id}/roster': Read<T.Roster | undefined, { known?: string }>;
  '/gates/{id}/passes': Read<T.GatePasses, { since?: string }>;
  '/gates/{id}/tablets': Read<T.TabletView[]>;
  '/devices/{id}': Read<T.DeviceView>;
  '/devices/{id}/link': Read<T.GateLinkView>;
  '/devices/{id}/journal': Read<T.Page<T.JournalEntry>, PageQuery & { state?: 'unparseable' | 'all' }>;
  '/devices/{id}/gaps': Read<T.Page<T.SerialGap>, PageQuery>;
  '/gate-rules': Read<T.GateRules, { site_id?: string }>;
  '/trust-lists': Read<T.Page<T.TrustListView>, PageQuery>;
  '/gate-rules/versions': Read<T.Page<T.GateRules>, PageQuery & { site_id?: string }>;
  '/people/{id}': Read<T.PersonFile, { purpose?: T.Purpose }>;
  '/people/{id}/facts': Read<T.Page<T.FactView>, PageQuery & { kind?: string }>;
  '/people/{id}/accesses': Read<T.Page<T.AccessView>, PageQuery>;
  '/people/duplicates': Read<T.Page<T.Duplicate>, PageQuery & { state?: T.DuplicateState }>;
  '/people/duplicates/waiting': Read<{ count: number }>;
  '/people/imports': Read<T.Page<T.ImportJob>, PageQuery>;
  '/people/imports/{id}': Read<T.ImportJob>;
  '/people/imports/{id}/table': Read<T.ImportTable, { sheet?: number; line?: number }>;
  '/screenings/{id}': Read<T.ScreeningView>;
  '/alarms/{id}': Read<T.AlarmFile>;
  '/overview': Read<T.Overview>;
  '/audit/checkpoint': Read<T.AuditCheckpoint | null>;
  '/audit/{id}/proof': Read<T.AuditProof>;
  '/operations': Read<T.Operations>;
  '/corrections/{id}': Read<T.CorrectionFile>;
  '/demo/messages': Read<{ items: T.DemoMessage[] }, { phone: string }>;
  '/me/session': Read<T.MySession>;
  '/me/sessions': Read<{ items: T.MyPhone[] }>;
  '/me/file': Read<T.MyFile>;
  '/me/facts': Read<T.Page<T.FactView>, PageQuery & { kind?: string }>;
  '/me/accesses': Read<T.Page<T.AccessView>, PageQuery>;
  '/me/face': Read<T.FaceState>;
  '/people/{id}/face': Read<T.FaceState>;
  '/me/consents': Read<T.Page<T.ConsentView>, PageQuery>;
  '/me/consents/offers': Read<T.ConsentOffers, { lang: 'zh' | 'en' }>;
  '/me/homes': Read<T.Page<T.HomeView>, PageQuery>;
  '/me/areas': Read<T.Page<T.AreaChoice>, PageQuery & { parent?: string }>;
  '/me/compounds': Read<{ names: string[] }, { area: string }>;
  '/people/{id}/homes': Read<T.Page<T.HomeView>, PageQuery>;
  '/people/{id}/homes/{home_id}/household': Read<T.Household>;
  '/people/{id}/passes': Read<T.Page<T.PassView>, PageQuery>;
  '/people/{id}/consents': Read<T.Page<T.ConsentView>, PageQuery>;
  '/people/{id}/consents/offers': Read<T.ConsentOffers, { lang: 'zh' | 'en' }>;
  '/me/corrections': Read<T.Page<T.MyCorrection>, PageQuery>;
  '/me/export.json': Read<T.MyExport>;
  '/me/today': Read<T.MyDay>;
  '/me/appeals': Read<T.Page<T.MyAppeal>, PageQuery>;
  '/me/status-rules': Read<T.StatusRulesView>;
  '/status-rules': Read<T.StatusRulesNow>;
  '/status-rules/versions': Read<T.Page<T.StatusRulesView>, PageQuery>;
  '/appeals/{id}': Read<T.AppealFile>;
  '/me/declarations': Read<T.Page<T.DeclarationView>, PageQuery>;
  '/people/{id}/declarations': Read<T.Page<T.DeclarationView>, PageQuery>;
  '/applications/{id}': Read<T.ApplicationFile>;
  '/inspections/round': Read<T.Round>;
  '/inspections/{id}': Read<T.InspectionFile>;
  '/sites/{id}/project': Read<T.Project>;
  '/sites/{id}/attendance': Read<T.Page<T.AttendanceRow>, PageQuery & { day?: string; team?: string; employee_no?: string }>;
  '/daily-reports/sums': Read<T.ReportSums, ReportFilter>;
  '/statistics/days': Read<T.StatisticDays, StatisticFilter>;
  '/statistics/table': Read<T.StatisticTable, StatisticFilter & { by?: string }>;
  '/statistics/applications': Read<T.ApplicationStatistics, StatisticFilter>;
  '/statistics/supplies': Read<T.SupplyStatistics, StatisticFilter>;
  '/statistics/figures': Read<T.FigureMakeup[]>;
  '/statistics/exports/{id}': Read<T.StatisticExport>;
  '/report-templates': Read<T.ReportTemplateView[]>;
  '/report-templates/names': Read<T.KnownTemplateName[]>;
  '/report-templates/{id}': Read<T.ReportTemplateDetail>;
  '/report-templates/{id}/preview': Read<T.TemplatePreview, { day?: string }>;
  '/daily-reports/{unit_id}/{day}': Read<T.ReportFile>;
  '/supplies/sums': Read<T.SupplySums, SupplyFilter>;
  '/enterprises/{id}/electricity': Read<T.Electricity>;
  '/inspectors': Read<{ items: T.Inspector[] }, { search?: string }>;
  '/checklists': Read<T.ChecklistView, { version?: number }>;
  '/rulebooks': Read<T.RulebookView, { version?: number }>;
  '/rulebooks/versions': Read<T.Page<T.RulebookView>, PageQuery>;
  '/reviewers': Read<T.Page<T.Reviewer>, PageQuery>;
  '/reviewers/me': Read<{ departments: string[] }>;
  '/whitelist-batches': Read<{ items: T.WhitelistBatch[] }>;
  '/application-forms': Read<T.FormView, { version?: number }>;
  '/application-forms/versions': Read<T.Page<T.FormVersion>, PageQuery>;
  '/area-risks': Read<{ items: T.AreaRisk[] }>;
  '/courses/{id}': Read<T.CourseView>;
  '/courses/{id}/questions': Read<T.QuestionBank>;
  '/courses/{id}/media': Read<{ items: T.MediaView[] }>;
  '/courses/{id}/lacking': Read<T.Page<T.Lacking>, PageQuery & { site_id?: string }>;
  '/courses/{id}/lacking/count': Read<T.Count, { site_id?: string }>;
  '/people/{id}/certificates': Read<{ items: T.CertificateView[] }>;
  '/certificates/{id}/verify': Read<T.CertificateFacts>;
  '/reopenings': Read<T.Page<T.ReopeningView>, PageQuery & { search?: string; area?: string }>;
  '/reopenings/{id}': Read<T.ReopeningView>;
  '/me/courses': Read<{ items: T.MyCourse[] }>;
  '/me/courses/{id}': Read<T.MyCourse>;
  '/me/certificates': Read<{ items: T.CertificateView[] }>;
}

export interface PostRoutes {
  '/statistics/exports': Write<T.StatisticExport, T.StatisticExportNew>;
  '/report-templates/content': Write<T.TemplateLook, Blob, { dry_run: Flag; file_name: string; name: string; area: string; lang: 'zh' | 'en' }>;
  '/report-templates/{id}/versions/content': Write<T.TemplateLook, Blob, { dry_run: Flag; file_name: string }>;
  '/report-templates/{id}/reports': Write<T.FilledReport, { day: string }>;
  '/report-templates/{id}/retire': Write<T.ReportTemplateView>;
  '/session': Write<T.Session, T.SignIn>;
  '/session/pin': Write<T.Session, T.PinSignIn>;
  '/session/phone/code': Write<T.OwnPhone, T.OwnPhoneAsk>;
  '/meter-systems': Write<T.MeterSystemMade, T.MeterSystemNew>;
  '/meter-systems/{id}/revoke': Write<T.MeterSystemView>;
  '/invitations/{token}/accept': Write<undefined, T.InvitationAccept>;
  '/accounts': Write<T.AccountInvited, T.AccountNew>;
  '/accounts/{id}/invitation': Write<T.AccountInvited>;
  '/areas': Write<T.AreaView, T.AreaNew>;
  '/areas/shapes/import': Write<T.ShapesReport, Blob, { dry_run: Flag; property?: string }>;
  '/responses': Write<T.ResponseView, T.ResponseNew>;
  '/responses/{id}/end': Write<T.ResponseView, { reason: string }>;
  '/enterprises': Write<T.EnterpriseView, T.EnterpriseNew>;
  '/sites': Write<T.SiteView, T.SiteNew>;
  '/sites/{id}/open-state': Write<T.SiteView, { open_state: T.OpenState; reason: string }>;
  '/premises': Write<T.PremisesView, T.PremisesNew>;
  '/assignments': Write<T.AssignmentView, T.AssignmentNew>;
  '/assignments/many': Write<T.AssignmentsReport, T.AssignmentsNew>;
  '/assignments/{id}/end': Write<T.AssignmentView>;
  '/officers/{id}/handovers': Write<T.HandoverView, T.HandoverNew>;
  '/officers/{id}/substitutes': Write<T.SubstituteView, T.SubstituteNew>;
  '/officers/{id}/substitutes/{substitute_id}/end': Write<T.SubstituteView[]>;
  '/gates': Write<T.GateView, T.GateNew>;
  '/gates/{id}/enrolment': Write<T.GateEnrolment>;
  '/gates/{id}/tablets/{tablet_id}/withdrawal': Write<T.TabletView[]>;
  '/gate-enrolments': Write<T.GateBrief, { code: string }>;
  '/gates/{id}/screenings': Write<T.ScreeningView, T.ManualEntry>;
  '/devices': Write<T.DeviceSecret, T.DeviceNew>;
  '/devices/{id}/secret': Write<T.DeviceSecret>;
  '/devices/{id}/link/codes': Write<T.GateLinkCode>;
  '/devices/{id}/link/revocation': Write<T.GateLinkView>;
  '/visitors': Write<T.VisitorFile, T.VisitorNew>;
  '/visitors/{id}/decision': Write<T.VisitorBrief, { approve: boolean; note: string | null }>;
  '/visitors/{id}/cancellation': Write<T.VisitorBrief, { note: string | null }>;
  '/me/visitors': Write<T.VisitorFile, T.VisitorNew>;
  '/me/visitors/{id}/cancellation': Write<T.VisitorBrief, { note: string | null }>;
  '/visits': Write<T.VisitView, { code: string }>;
  '/visits/declarations': Write<T.VisitView, T.VisitDeclaration>;
  '/coaches': Write<T.CoachFile, T.CoachNew>;
  '/coaches/{id}/check': Write<T.CoachFile>;
  '/coaches/{id}/reopening': Write<T.CoachFile>;
  '/coaches/{id}/arrival': Write<T.CoachFile, { received_by: string; note: string | null }>;
  '/coaches/{id}/cancellation': Write<T.CoachFile, { note: string }>;
  '/coaches/{id}/passengers/content': Write<T.ManifestReport, Blob, { dry_run: string; lang: string }>;
  '/gates/{id}/vehicles': Write<T.VehiclePassageView, T.VehicleEntry>;
  '/gates/{id}/foreign-certificates': Write<T.ForeignView, { text: string }>;
  '/trust-lists/import': Write<T.TrustImport, Blob, TrustImportQuery>;
  '/trust-lists/revocations/import': Write<T.TrustImport, Blob, TrustImportQuery>;
  '/trust-lists/restore': Write<T.TrustListView, { version: number; note: string }>;
  '/gate-rules': Write<T.GateRules, T.GateRulesNew>;
  '/people': Write<T.PersonFile, T.PersonNew>;
  '/people/search': Write<T.Page<T.PersonRow>, T.PersonSearch>;
  '/people/imports': Write<T.ImportJob, Blob, { site_id: string; then?: 'check' | 'land' }>;
  '/people/duplicates/{id}/merge': Write<T.Duplicate, { keep: string; reason: string }>;
  '/people/duplicates/{id}/distinct': Write<T.Duplicate, { reason: string }>;
  '/people/duplicates/{id}/undo': Write<T.Duplicate, { reason: string }>;
  '/people/imports/{id}/check': Write<T.ImportJob, T.ImportLayout>;
  '/people/imports/{id}/land': Write<T.ImportJob, T.ImportLayout>;
  '/people/imports/{id}/resume': Write<T.ImportJob>;
  '/people/{id}/reveal': Write<T.Revealed, T.RevealAsk>;
  '/people/{id}/employments': Write<T.PersonFile, T.EmploymentNew>;
  '/people/{id}/attestations': Write<T.PersonFile, T.Attestation>;
  '/people/{id}/clearance': Write<T.PersonFile, { note: string }>;
  '/people/{id}/erasure': Write<T.ErasureReceipt, { reason: string }>;
  '/people/{id}/passes': Write<T.PassView, { days: number }>;
  '/passes/{id}/hold': Write<T.PassView, { reason: string }>;
  '/passes/{id}/release': Write<T.PassView>;
  '/passes/{id}/revoke': Write<T.PassView, { reason: string }>;
  '/people/{id}/consents': Write<T.ConsentView, T.ConsentDecision>;
  '/people/{id}/consents/{consent_id}/withdraw': Write<T.ConsentView>;
  '/people/{id}/homes': Write<T.HomeView, T.HomeNew>;
  '/people/{id}/homes/{home_id}/leave': Write<T.HomeView>;
  '/me/homes': Write<T.HomeView, T.HomeNew>;
  '/me/homes/{id}/leave': Write<T.HomeView>;
  '/me/consents': Write<T.ConsentView, T.ConsentDecision>;
  '/me/consents/{id}/withdraw': Write<T.ConsentView>;
  '/me/guardian/codes': Write<undefined, { phone: string; purpose: T.ConsentPurpose }>;
  '/people/{id}/activation': Write<T.Activation>;
  '/corrections/{id}/accept': Write<T.CorrectionFile, { answer: string }>;
  '/corrections/{id}/refuse': Write<T.CorrectionFile, { answer: string }>;
  '/people/{id}/declarations': Write<T.PersonFile, { answers: T.Answers }>;
  '/people/{id}/temperatures': Write<T.PersonFile, { temperature_c: number }>;
  '/duties/reminders': Write<T.Reminded, { duty: T.Duty; site_id: string | null }>;
  '/me/declarations': Write<T.DeclarationView, T.DeclarationNew>;
  '/me/temperatures': Write<T.MyTemperature, { at: string; temperature_c: number; person_id?: string }>;
  '/status-rules': Write<T.StatusRulesView, { rules: T.StatusRules; note: string; from_version: number }>;
  '/status-rules/simulation': Write<T.Simulation, { rules: T.StatusRules }>;
  '/people/{id}/red-orders': Write<T.RedOrder, { reason: T.RedReason; note: string }>;
  '/red-orders/{id}/confirm': Write<T.RedOrder>;
  '/red-orders/{id}/reject': Write<T.RedOrder, { reason: string }>;
  '/red-orders/{id}/lift': Write<T.RedOrder, { reason: string }>;
  '/appeals/{id}/decide': Write<T.AppealFile, { wrong: T.StatusReason['code'][]; answer: string }>;
  '/me/appeals': Write<T.MyAppeal, { words: string }>;
  '/me/appeals/{id}/withdraw': Write<T.MyAppeal>;
  '/me/pass': Write<T.MyPass, undefined, { key?: string; take?: Flag }>;
  '/me/codes': Write<undefined, { phone: string }>;
  '/me/session': Write<T.MySession, T.WorkerSignIn>;
  '/me/phone/codes': Write<undefined>;
  '/me/phone/proof': Write<undefined, { code: string }>;
  '/me/corrections': Write<T.MyCorrection, T.CorrectionAsk>;
  '/me/corrections/{id}/withdraw': Write<T.MyCorrection>;
  '/employments/{id}/end': Write<T.PersonFile, { reason: string }>;
  '/screenings/{id}/override': Write<T.ScreeningView, T.Override>;
  '/screenings/{id}/clinical-reading': Write<T.ScreeningView, T.ClinicalReading>;
  '/alarms/{id}/acknowledge': Write<T.AlarmFile>;
  '/alarms/{id}/steps': Write<T.AlarmFile, T.AlarmStepNew>;
  '/alarms/{id}/close': Write<T.AlarmFile, T.AlarmClose>;
  '/application-forms': Write<T.FormView, { definition: T.FormDefinition; note: string; from_version: number }>;
  '/application-forms/faults': Write<{ faults: T.FormFault[] }, { definition: T.FormDefinition }>;
  '/area-risks': Write<T.AreaRisk, { area_code: string; level: T.RiskLevel }>;
  '/applications/{id}/moves': Write<T.ApplicationView, T.ReviewMove>;
  '/applications/{id}/opinions': Write<T.ApplicationView, T.OpinionNew>;
  '/applications/decisions/content': Write<T.DecisionImport, Blob, { dry_run: Flag; lang: 'zh' | 'en'; category?: string; batch?: number }>;
  '/applications/approvals': Write<T.Approvals, T.ApprovalsNew>;
  '/whitelist-batches': Write<T.WhitelistBatch, { category: string; note: string }>;
  '/inspections': Write<T.InspectionView, { application_id: string; plan: T.InspectionPlan }>;
  '/inspections/{id}/plan': Write<T.InspectionView, T.InspectionPlan>;
  '/inspections/{id}/report': Write<T.InspectionReported, T.InspectionReport>;
  '/sites/{id}/shift-plan/runs': Write<T.ShiftPlanFile, { from_revision: number }>;
  '/sites/{id}/shift-plan/stops': Write<T.ShiftPlanFile, { from_revision: number }>;
  '/sites/{id}/shift-plan/tries': Write<T.PlanFigures, { starts: T.TeamStart[]; from_revision: number }>;
  '/sites/{id}/shift-plan/enforcements': Write<T.ShiftPlanFile, { from_revision: number }>;
  '/sites/{id}/shift-plan/withdrawals': Write<T.ShiftPlanFile, { from_revision: number }>;
  '/inspections/routes': Write<T.InspectionRoutes, { from: string; a_day: number; apply: boolean }>;
  '/report-duties/reminders': Write<T.UnitsReminded, T.ReportReminder>;
  '/areas/content': ListFile;
  '/enterprises/content': ListFile;
  '/sites/content': ListFile;
  '/premises/content': ListFile;
  '/gates/content': ListFile;
  '/devices/content': ListFile;
  '/assignments/content': ListFile;
  '/officers/content': ListFile;
  '/area-risks/content': ListFile;
  '/visitors/content': ListFile;
  '/census/content': Write<T.CensusReport, Blob, { dry_run: string; lang: string; name?: string }>;
  '/census/acceptances': Write<T.CensusAccepted, T.CensusAccept>;
  '/census/comparisons': Write<{ changed: number }>;
  '/census/findings/{id}/decision': Write<T.CensusDetail, T.CensusDecisionNew>;
  '/census/findings/{id}/undo': Write<T.CensusDetail, { revision: number }>;
  '/electricity/content': Write<T.ElectricityImport, Blob, { dry_run: string; lang: string; source?: string }>;
  '/checklists': Write<T.ChecklistView, { definition: T.Checklist; note: string; from_version: number }>;
  '/rulebooks': Write<T.RulebookView, T.RulebookNew>;
  '/rulebooks/tries': Write<T.RulebookTried, { definition: T.Rulebook }>;
  '/rulebooks/withdrawals': Write<T.RulebookView, { version: number }>;
  '/reviewers': Write<T.Reviewer, { account_id: string; departments: string[] }>;
  '/applications': Write<T.ApplicationView, { site_ids: string[] }>;
  '/applications/{id}/discard': Write<T.ApplicationView>;
  '/applications/{id}/submit': Write<T.ApplicationView, T.ApplicationSigned>;
  '/applications/{id}/attachments': Write<T.AttachmentView, { field: string; file_name: string; byte_count: number }>;
  '/applications/{id}/attachments/{attachment_id}/remove': Write<T.AttachmentView>;
  '/courses': Write<T.CourseView, T.CourseNew>;
  '/courses/{id}/publish': Write<T.CourseView, { version: number }>;
  '/courses/{id}/retire': Write<T.CourseView, { version: number }>;
  '/courses/{id}/copy': Write<T.CourseView>;
  '/courses/{id}/media': Write<T.MediaView, T.MediaNew>;
  '/courses/{id}/questions/import': Write<T.QuestionImport, Blob, QuestionImportQuery>;
  '/courses/{id}/reminders': Write<T.Reminded, { site_id: string | null }>;
  '/people/{id}/certificates': Write<T.CertificateView, { course_id: string; trained_on: string }>;
  '/certificates/{id}/revoke': Write<T.CertificateView, { reason: string }>;
  '/me/courses/{id}/begin': Write<T.LearningView>;
  '/me/courses/{id}/beats': Write<T.LearningView, { position_ms: number }>;
  '/me/courses/{id}/checks': Write<undefined>;
  '/me/courses/{id}/checks/answer': Write<T.LearningView, { code: string }>;
  '/me/courses/{id}/attempts': Write<T.QuizAttempt>;
  '/me/courses/{id}/attempts/{attempt_id}/answers': Write<T.QuizResult, { answers: number[][] }>;
}

export interface PatchRoutes {
  '/report-templates/{id}': Write<T.ReportTemplateView, T.ReportTemplatePatch>;
  '/accounts/{id}': Write<T.AccountView, T.AccountPatch>;
  '/areas/{code}': Write<T.AreaView, { name: string }>;
  '/enterprises/{id}': Write<T.EnterpriseView, T.EnterprisePatch>;
  '/sites/{id}': Write<T.SiteView, T.SitePatch>;
  '/gates/{id}': Write<T.GateView, T.GatePatch>;
  '/devices/{id}': Write<T.DeviceView, T.DevicePatch>;
  '/people/{id}': Write<T.PersonFile, T.PersonPatch>;
  '/employments/{id}': Write<T.PersonFile, T.EmploymentPatch>;
  '/applications/{id}/answers': Write<T.DraftSaved, { changes: Record<string, T.FormAnswer>; cleared: string[]; from_revision: number }>;
  '/courses/{id}': Write<T.CourseView, { version: number; course: T.CourseDraft }>;
}

export interface PutRoutes {
  '/coaches/{id}/passengers/{passenger}': Write<T.Manifest, T.PassengerCheck>;
  '/people/{id}/face/content': Write<T.FaceState, Blob>;
  '/me/face/content': Write<T.FaceState, Blob>;
  '/session/phone': Write<T.OwnPhone, T.OwnPhoneProof>;
  '/premises/{id}': Write<T.PremisesView, T.PremisesNew>;
  '/daily-reports/{unit_id}/{day}': Write<T.ReportFile, T.ReportNew>;
  '/sites/{id}/shift-plan': Write<T.ShiftPlanFile, { plan: T.ShiftPlan; from_revision: number }>;
  '/sites/{id}/shift-plan/starts': Write<T.ShiftPlanFile, { starts: T.TeamStart[]; from_revision: number }>;
  '/sites/{id}/shift-windows': Write<T.ShiftWindow[], T.ShiftWindow[]>;
  '/courses/{id}/questions': Write<T.CourseView, { version: number; questions: T.Question[] }>;
  '/courses/{id}/captions': Write<T.CourseView, Blob, { lang: T.CaptionLang; file_name: string }>;
}

export interface DeleteRoutes {
  '/coaches/{id}/passengers/{passenger}': Write<T.Manifest>;
  '/people/{id}/face': Write<T.FaceState>;
  '/me/face': Write<T.FaceState>;
  '/area-risks/{code}': Write<T.AreaRisk>;
  '/courses/{id}/captions': Write<T.CourseView, undefined, { lang: T.CaptionLang }>;
  '/session': Write<undefined>;
  '/session/phone': Write<T.OwnPhone>;
  '/people/imports/{id}': Write<T.ImportJob>;
  '/me/session': Write<undefined>;
  '/me/sessions': Write<undefined>;
  '/me/sessions/{id}': Write<undefined>;
}

/** Addresses the browser opens itself: downloads. */
export type DownloadPath =
  | '/devices/{id}/journal/{entry}/body'
  | '/people/imports/{id}/failed'
  | '/passes/{id}/paper'
  | '/applications/{id}/pdf'
  | '/inspections/{id}/photos/{photo_id}/content'
  | '/applications/{id}/attachments/{attachment_id}/content'
  | '/courses/{id}/content'
  | '/courses/{id}/captions/{lang}'
  | '/applications/decisions/template'
  | '/area-risks/export'
  | '/areas/template'
  | '/enterprises/template'
  | '/sites/template'
  | '/premises/template'
  | '/gates/template'
  | '/devices/template'
  | '/assignments/template'
  | '/officers/template'
  | '/area-risks/template'
  | '/visitors/template'
  | '/electricity/template'
  | '/coaches/template'
  | '/census/template'
  | '/sites/{id}/attendance/export'
  | '/sites/{id}/real-name'
  | '/statistics/exports/{id}/content'
  | '/report-templates/{id}/versions/{version}/content'
  | '/report-templates/{id}/filled'
  | '/report-templates/{id}/reports/{day}/content'
  | '/courses/question-template'
  | '/courses/{id}/lacking/export'
  | '/certificates/{id}/paper'
  | '/me/courses/{id}/content'
  | '/me/courses/{id}/captions/{lang}'
  | '/me/certificates/{id}/paper'
  | '/trust-lists/keys'
  | '/me/export.json';

type Names<P extends string> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
/** `{ path: { id: string } }` for '/gates/{id}', nothing for '/gates'. */
export type PathArgs<P extends string> = [Names<P>] extends [never] ? { path?: never } : { path: Record<Names<P>, string> };
