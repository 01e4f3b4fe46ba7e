// Every word of the desk. A language that misses one does not compile.
import type { AppealState, ApplicationAct, ApplicationState, Duty, RedOrderState } from '../api/types';
import type { ApplicationsStrings } from './applications';
import type { CensusStrings } from './census';
import type { FacesStrings, GateLinkStrings } from './gateLink';
import type { DecisionFileStrings, ListImportStrings } from './listImport';
import type { ChecklistsStrings } from './checklists';
import type { EditingStrings } from './editing';
import type { ShiftPlanStrings } from './shifts';
import type { FormsStrings, RisksStrings } from './forms';
import type { ProjectsStrings } from './projects';
import type { ReportsStrings } from './reports';
import type { RulebookStrings } from './rulebook';
import type { StatisticsStrings } from './statistics';
import type { TemplatesStrings } from './templates';
import type { VisitorsStrings } from './visitors';
import type { CaptionLang, CertificateChannel, CourseState, DuplicateState, EmploymentNew, ImportJob, MediaKind, OfficerKind, PremisesKind, RowFault } from '../api';

export interface OverviewStrings {
  title: string; at: (at: string) => string; alarmsOpen: string; alarmsUnit: string;
  unacknowledged: (n: string) => string; allAcknowledged: string; oldest: (ago: string) => string;
  screenedToday: string; screenedUnit: string; stopped: (n: string, share: string) => string; inside: string;
  insideUnit: string; sitesOpen: (open: string, total: string) => string; devices: string; devicesUnit: string;
  silent: (n: string) => string; noSilent: string; gates: (n: string) => string; outcomesByHour: string;
  admitted: string; notAdmitted: string; peak: (hour: string, n: string) => string; noneYet: string; outcomes: string;
  alarmList: string; noAlarms: string; noAlarmsHint: string; allAlarms: string; busiest: string; site: string;
  screened: string; stoppedCol: string; noBusiest: string; silentDevices: string; noSilentDevices: string;
  allDevices: string; chartLabel: (total: string, hours: number) => string;
  hourLabel: (hour: string, admit: string, other: string) => string;
}

export interface StartStrings {
  adminTitle: string; adminLead: string; auditorTitle: string; auditorLead: string; devicesAttention: string;
  noneAttention: string; accounts: string; manageAccounts: string; neverSignedIn: (n: number) => string;
  accountCount: (n: string) => string; guardTitle: string;
  guardLead: string; recent: string; toAudit: string;
}

export interface ScreeningsStrings {
  title: string; count: (n: string) => string; person: string; unknownPerson: string; gate: string; time: string;
  outcome: string; reasons: string; temperature: string; method: string; live: string; replayed: string;
  liveFilter: string; from: string; to: string; reason: string; none: string; noneHint: string; detail: string;
  openFile: string; deviceAt: string; deviceRaw: string; received: string; occurred: string; basis: string;
  eventNo: string; device: string; manual: string; rule: string; ruleVersion: (n: number) => string; terminal: string;
  granted: string; refused: string; against: string; override: string;
  overrideText: (by: string, supervisor: string) => string; clinical: string;
  clinicalText: (t: string, by: string, fever: boolean) => string;
  enterClinical: string; clinicalLead: (limit: string) => string; clinicalValue: string; clinicalNote: string;
  clinicalRule: string; clinicalSubmit: string; clinicalDone: string; employee: string;
  admitNote: string; personFilter: string; deviceFilter: string;
}

export interface AlarmsStrings {
  title: string; count: (n: string) => string;
  tabs: { open: string; raised: string; acknowledged: string; handling: string; closed: string; };
  kind: string; severity: string; where: string; state: string; raised: string; last: string;
  times: (n: string) => string; acknowledgedBy: string; none: string; noneHint: string; detail: string; steps: string;
  acknowledge: string; acknowledgeHint: string; acknowledged: string; acknowledgeMany: (n: string) => string;
  acknowledgedMany: (n: string) => string; acknowledgeFailed: (n: string) => string; waiting: (ago: string) => string;
  next: { raised: string; acknowledged: string; handling: string; };
  addStep: string; stepKind: string; stepNote: string; stepNoteRule: string; stepTemperature: string;
  stepSubmit: string; stepDone: string; close: string; closeTitle: (kind: string) => string; closeConsequence: string;
  outcome: string; closeNote: string; keys: string; person: string;
  screening: string; device: string; appeals: string;
  advice: { fever_suspected: string; stranger: string; entered_against_verdict: string; device_silent: string; device_untrusted: string; disk_space: string; clock_offset: string; device_quota: string; appeal_late: string };
  ongoing: string;
}

export interface AuditStrings {
  sealed: (n: string, ago: string) => string; sealedNone: string; sealedLead: string; checkpoint: string; key: string;
  proof: string;
  title: string; count: (n: string) => string; at: string; actor: string; act: string; subject: string;
  purpose: string; subjects: (n: string) => string; request: string; none: string; noneHint: string;
  actFilter: string; actorFilter: string; subjectFilter: string; from: string; to: string; panel: string;
  onlySubject: string; content: string;
}

export interface AccountsStrings {
  title: string; count: (n: string) => string; add: string; edit: string; login: string; loginHint: string;
  loginRule: string; displayName: string; role: string; grants: string; grantsHint: string; grantsRule: string;
  noGrants: string; addGrant: string; grantKind: string; grantValue: string; grantRemove: string; grantRule: string;
  state: string; enabled: string; disabled: string; lastSignIn: string; never: string; none: string; noneHint: string;
  detail: string; invited: string; inviteLead: (name: string) => string; inviteLink: string;
  inviteUntil: (at: string) => string; reinvite: string; reinviteTitle: (name: string) => string;
  reinviteConsequence: string; reinviteConfirm: string; disable: string; disableTitle: (name: string) => string;
  disableConsequence: (name: string) => string; enable: string; enableTitle: (name: string) => string;
  enableConsequence: (name: string) => string; saved: string; search: string; roleChanged: string; noteGuard: string; noteOfficer: string;
}

export interface OperationsStrings {
  title: string; version: string; started: string; journal: string;
  unparseable: string; outbox: string; jobsFailed: string; disk: string;
  diskOf: (free: string, total: string) => string; clock: string; key: string;
  keyText: (epoch: number, ago: string) => string; jobKind: string; attempts: string;
  attemptsUnit: (n: number) => string; lastError: string; nextRun: string; noJobs: string;
  refreshed: string; diskLow: string; keyOld: string;
}


export interface PeopleStrings {
  title: string; count: (n: string) => string; add: string; import: string; search: string; name: string;
  employeeNo: string; site: string; allowed: string; status: string; employed: string; employedYes: string;
  employedNo: string; lastScreened: string; never: string; none: string; noneHint: string;
  tail: (tail: string) => string; card: (no: string) => string; noTeam: string;
}

export interface SearchStrings {
  title: string; lead: string; by: string;
  fields: { name: string; document_number: string; phone: string; employee_no: string; card_no: string; };
  site: string; submit: string; none: string; noneHint: string; found: (n: number) => string; recorded: string;
}

export interface PersonNewStrings {
  title: string; identity: string; name: string; nameHint: string; documentKind: string; documentNumber: string;
  phone: string; employment: string; noEmployment: string; site: string; employeeNo: string; employeeNoHint: string;
  cardNo: string; team: string; post: string; shift: string; noShift: string; startsOn: string; health: string;
  attestedAt: string; attestedHint: string; leftArea: string; leftAreaHint: string; submit: string;
  done: (name: string) => string;
  documentProblem: { length: string; form: string; date: string; check: string; permit: string; };
  documentOk: string; phoneRule: string; exists: string;
}

type ImportState = ImportJob['state'];

export interface CrewStrings {
  employerKind: Record<NonNullable<EmploymentNew['employer_kind']>, string>;
  role: Record<NonNullable<EmploymentNew['crew_role']>, string>;
}

export interface ImportsStrings {
  headings: string;
  title: string; lead: string; site: string; file: string; check: string; template: string; history: string;
  columns: string; startedAt: string; state: string; result: string; siteCol: string; none: string;
  states: Record<ImportState, string>;
  upload: string; fileHint: string; sending: string; reading: string; mapTitle: string; mapLead: string; sheet: string;
  sheetRows: (name: string, rows: string) => string; headingRow: string; headingRowIs: (line: number, text: string) => string;
  /** Between the names of a list. */
  and: string; column: string; inFile: string; samples: string; notThere: string; needed: string; unnamed: (n: number) => string;
  others: (n: number) => string; lacking: (columns: string) => string; twice: (column: string) => string; unread: (columns: string) => string;
  columnNames: Record<string, string>; changeMapping: string; resume: string; stoppedAt: (done: string, rows: string) => string;
  left: string; nothingToDo: string; failedAsCsv: string;
  rows: string; created: string; updated: string; unchanged: string;
  failed: string; progress: (done: string, rows: string) => string; leave: string;
  runNow: string; willDo: (created: string, updated: string, left: string) => string; cancel: string;
  cancelTitle: string; cancelConsequence: string; failedFile: (n: string) => string; failedHint: string;
  doneText: (created: string, updated: string, left: string) => string; cancelledText: string; stopped: string; newImport: string;
  toPeople: string; noSite: string;
}

export interface DuplicatesStrings {
  title: string; link: (n: string) => string; lead: string; state: string; states: Record<DuplicateState, string>;
  none: Record<DuplicateState, string>; noneHint: string; alike: string; alikeUnknown: string; found: (at: string) => string;
  decided: (by: string, at: string) => string; keep: string; kept: string; gone: string; distinct: string; undo: string; others: string;
  acts: Record<'merge' | 'distinct' | 'undo', { title: (name: string) => string; consequence: string; confirm: string; done: string }>;
}

export interface CorrectionsStrings {
  title: string; link: (n: string) => string; count: (n: string) => string; name: string; field: string; askedAt: string; decided: string; none: string; noneHint: string;
  now: string; wanted: string; note: string; answer: string; answerHint: string; accept: string; refuse: string; accepted: string; refused: string;
  acceptTitle: (field: string) => string; acceptConsequence: string; acceptByHand: string; refuseTitle: (field: string) => string; refuseConsequence: string; toFile: string;
}
export interface StatusRulesStrings {
  title: string; lead: string; left: (n: string) => string; edit: string; editLead: string; history: string; saved: string; publish: string; try: string; off: string; areas: string; areaName: string; areaHint: string; areaUntil: string; addArea: string;
  fields: Record<'observation_days' | 'contact_days' | 'symptoms_hours' | 'family_hours' | 'statement_hours', string>; found: string; kept: (n: string) => string; people: (n: string) => string; examples: string;
}
export interface RedOrdersStrings {
  title: string; lead: string; link: (n: string) => string; button: string; states: Record<RedOrderState, string>; none: string; noneHint: string; ordered: (by: string, at: string) => string; decided: (by: string, at: string) => string; lifted: (by: string, at: string) => string; waits: string;
  order: (name: string) => string; orderLead: string; evidence: string; send: string; asked: string; acts: Record<'confirm' | 'reject' | 'lift', { title: (name: string) => string; consequence: string; confirm: string; done: string }>;
}
export interface AppealsStrings {
  title: string; link: (n: string) => string; count: (n: string) => string; states: Record<AppealState, string>; late: string; onlyLate: string; against: string; due: string; none: string; noneHint: string; words: string; now: string; decide: string; notYou: string;
  decideTitle: (name: string) => string; grants: string; refuses: string; grant: string; refuse: string; answerHint: string; wrong: string; decided: string;
}
export interface DutiesStrings {
  title: string; count: (n: string) => string; which: string; name: Record<Duty, string>; occupation: string; declared: string; reminded: string; never: string; none: Record<Duty, string>; noneHint: string;
  remind: string; remindTitle: (what: string) => string; remindConsequence: string; sent: (sent: string, before: string, left: number) => string;
}
export interface DeclareStrings {
  symptoms: string; contact: string; family: string; yes: string; no: string; temperature: string; places: string; place: string; from: string; until: string; affected: string; addPlace: string; remove: string;
  legs: string; kind: string; number: string; on: string; legFrom: string; legTo: string; carriage: string; seat: string; addLeg: string; needed: string;
}
export interface PassesStrings {
  button: string; title: (name: string) => string; lead: string; days: string; issue: string; issued: string; none: string; noneHint: string; expired: string; between: (from: string, until: string) => string; print: string; hold: string; release: string; revoke: string;
  holdConsequence: string; revokeConsequence: string; why: Record<'response_inactive' | 'not_allowed' | 'not_employed', string>;
}

export interface ConsentsStrings {
  button: string; title: (name: string) => string; lead: string; none: string; noneHint: string; undecided: string; receipts: string; record: string; recordTitle: (what: string) => string; recordLead: string; recorded: string; withdraw: string; withdrawTitle: (what: string) => string; withdrawConsequence: string;
  answer: string; given: string; refused: string; signed: string; signedNeeded: string; ofAge: string; guardian: string; guardianHint: string; relation: string; guardianPhone: string;
}

export interface HomesStrings {
  title: string; count: (n: string) => string; none: string; noneHint: string; name: string; address: string; kind: string; size: string; since: string; compound: string; compoundFirst: string;
  block: string; blockNone: string; add: string; addTitle: (name: string) => string; addLead: string; area: string; areaHint: string; compoundHint: string; building: string; unit: string; room: string; roomHidden: string; optional: string; saved: string;
  from: (day: string) => string; until: (from: string, until: string) => string; leave: string; leaveTitle: (name: string) => string; leaveConsequence: string; left: string;
  household: (n: string) => string; householdTitle: string; others: (n: string) => string; herself: string; lead: string;
}

export interface ActivationStrings { make: string; title: (name: string) => string; lead: string; code: string; until: (at: string) => string; done: string }

export interface FileStrings {
  title: string; purposeNote: string; purpose: string; askPurpose: string; askPurposeHint: string;
  age: (n: number) => string; sex: { female: string; male: string; }; document: string; phone: string; name: string;
  created: string; documentKind: string; show: string; showOf: (what: string) => string; hide: string;
  hideOf: (what: string) => string; why: (what: string) => string; reason: string; reasonHint: string; tell: string;
  reveal: string; left: (clock: string) => string; edit: string; editLead: string; editName: string;
  editPhone: string; editNothing: string; saved: string; employments: string; noEmployment: string;
  addEmployment: string; editEmployment: string; from: (day: string) => string;
  until: (from: string, until: string) => string; endEmployment: string;
  endTitle: (name: string, site: string) => string; endConsequence: (name: string, site: string) => string;
  endConfirm: string; attest: string; attestTitle: string; attestLead: string; well: string; wellYes: string;
  wellNo: string; symptoms: string;
  symptom: { fever: string; cough: string; fatigue: string; sore_throat: string; breath: string; diarrhoea: string; other: string; };
  symptomsRule: string; leftArea: string; attestSubmit: string; attestDone: string; clear: string;
  clearTitle: (name: string) => string; clearConsequence: string; clearReason: string; clearConfirm: string;
  cleared: string; erase: string; eraseTitle: (name: string) => string; eraseConsequence: (name: string) => string;
  eraseWord: string; eraseConfirm: string; erasedTitle: string; erased: (keys: number, rows: number) => string;
  status: { until: (day: string) => string; rule: (n: number) => string; computed: (at: string) => string; onlyAllowed: string; noReasons: string; since: (day: string) => string; reasonUntil: (day: string) => string; };
  lanes: { label: string; status: string; attest: string; temperature: string; today: string; summary: (days: number, max: string) => string; well: string; ill: string; none: string; short: { green: string; amber: string; red: string; unknown: string; }; };
  facts: string; all: string; noFacts: string; noFactsHint: string;
  recorded: (at: string) => string; live: string; replayed: (at: string) => string; today: string; verdictOut: string;
  statusFromTo: (from: string, to: string) => string; attestedWell: string; attestedIll: (what: string) => string;
  accesses: string; accessCount: (n: string) => string; noAccesses: string; fields: (what: string) => string;
  others: string; gateSees: string; authoritySees: string; selfSees: string; full: string;
  screenings: string; fieldName: Record<string, string>; moreAccesses: string;
}

export interface CommonStrings {
  name: string; area: string; enterprise: string; site: string; gate: string; created: string; kind: string;
  state: string; direction: string; lanes: string; lane: string; none: string;
}

export interface AreasStrings {
  title: string; count: (n: string) => string; tree: string; add: string;
  addUnder: (name: string) => string; rename: string; code: string; codeHint: string; codeRule: string; name: string;
  import: string; search: string; validFrom: string; validUntil: string; current: string;
  saved: (name: string) => string; none: string; noneHint: string; detail: string; parent: string;
  enterprisesHere: string; sitesHere: string; pick: string; found: (n: number) => string;
}

export interface AreaImportStrings {
  check: string; run: string; created: string; updated: string; unchanged: string; failed: string; dryRun: string; done: string; again: string;
}

export interface ResponsesStrings {
  title: string; count: (n: string) => string; start: string; name: string; basis: string; basisHint: string;
  purposes: string; purposesHint: string; starts: string; ends: string; endsHint: string; active: string;
  ended: string; planned: string; end: string; endTitle: (name: string) => string;
  endConsequence: (area: string) => string; endConfirm: string; none: string; noneHint: string; detail: string;
  since: (n: number) => string; startSubmit: string; startLead: string; retention: string; retentionHint: string; purge: string; purged: (at: string) => string; purgeAfter: (days: number) => string; endBeforeStart: string;
}

export interface EnterprisesStrings {
  title: string; count: (n: string) => string; add: string; edit: string; creditCode: string; creditCodeHint: string;
  creditCodeRule: string; industry: string; industryHint: string; industryRule: string; working: string; workingStates: Record<'true' | 'false', string>; sizeClass: string;
  sites: string; employees: string; none: string; noneHint: string; detail: string; people: string;
  saved: (name: string) => string; industryName: string; codeName: string; sitesOf: string; noSites: string;
  numbers: (sites: string, people: string) => string; seeAllSites: string;
}

export interface SitesStrings {
  title: string; count: (n: string) => string; add: string; edit: string; none: string; noneHint: string;
  detail: string; gates: string; openState: string; since: (at: string) => string; reason: string;
  changeState: string; changeTitle: (name: string) => string; newState: string;
  consequence: { open: (name: string, gates: number) => string; suspended: (name: string, gates: number) => string; not_open: (name: string, gates: number) => string; };
  confirm: string; enterpriseHint: string; saved: (name: string) => string;
  people: string; screenings: string; rules: string; gatesOf: string; noGates: string;
}

export interface ShiftsStrings {
  title: string; lead: string; none: string; edit: string; add: string; name: string; days: string; start: string;
  end: string; nextDay: string; remove: string; save: string; saved: string; day: string[]; everyDay: string;
  workdays: string; week: (days: string) => string; nameRule: string; daysRule: string; timeRule: string;
  sameTime: string;
}

export interface GatesStrings {
  title: string; count: (n: string) => string; add: string; edit: string; none: string; noneHint: string;
  detail: string; devices: string; closed: string; opened: string; close: string; reopen: string;
  closeTitle: (name: string) => string; closeConsequence: (name: string) => string;
  reopenTitle: (name: string) => string; reopenConsequence: (name: string) => string; enrol: string;
  tablets: string; noTablets: string; tabletSince: (at: string) => string; withdraw: string; withdrawTitle: string;
  withdrawConsequence: (gate: string) => string; enrolTitle: string; enrolLead: (name: string) => string; enrolCode: string; enrolUntil: (at: string) => string;
  enrolOpen: string; saved: (name: string) => string; lanesRule: string; devicesOf: string;
  noDevices: string;
}

export interface DevicesStrings {
  title: string; count: (n: string) => string; add: string; none: string; noneHint: string; vendor: string;
  model: string; serial: string; mac: string; macHint: string; macRule: string; lastSeen: string; offset: string;
  samples: (n: number) => string; lastEvent: string; today: string; quota: (used: string, of: string) => string;
  unparseable: string; unparseableUnit: (n: number) => string; never: string;
  tabs: { status: string; journal: string; gaps: string; }; edit: string; saved: string; rotate: string;
  rotateTitle: string; rotateConsequence: (serial: string) => string; rotateConfirm: string; disable: string;
  disableTitle: (serial: string) => string; disableConsequence: string; enable: string;
  enableTitle: (serial: string) => string; enableConsequence: string; trust: string;
  trustTitle: (serial: string) => string; trustConsequence: string; clockBad: string;
  where: string; codeName: string; laneOf: (n: number) => string;
}

export interface JournalStrings {
  lead: string; showAll: string; onlyBad: string; received: string; type: string; state: string;
  head: string; download: string; none: string; noneHint: string; noBad: string; noBadHint: string;
  states: { pending: string; decoded: string; unparseable: string; erased: string; };
  show: string;
}

export interface GapsStrings {
  lead: string; found: string; expected: string; got: string; missing: string; none: string; noneHint: string;
  unit: (n: string) => string;
}

export interface SetupStrings {
  title: string; lead: string; once: string; address: string; port: string; path: string; protocol: string;
  format: string; heartbeat: string; seconds: (n: number) => string; print: string; done: string; gone: string;
  goneHint: string; toDevice: string; device: string; installed: string; date: string; place: string; steps: string;
  step: string[];
}

export interface RulesStrings {
  title: string; lead: string; district: string; site: string; version: (n: number) => string;
  inForce: string; since: (at: string) => string; by: (who: string) => string; byDefault: string;
  reason: string; outcome: string; next: string; thresholds: string; feverSuspected: string; feverPossible: string;
  temperatureRequired: string; maskRequired: string; declarationRequired: string; passRequired: string; trainingRequired: string; rosterAge: string; clockOffset: string; yes: string; no: string;
  hours: (n: number) => string; seconds: (n: number) => string; edit: string; editTitle: string;
  editConsequence: (scope: string) => string; editNote: string; noteRule: string; save: string; history: string;
  saved: (n: number) => string; feverOrder: string; changed: (n: number) => string; noChange: string; celsius: string;
  inherits: string; current: string; rosterUnit: string; clockUnit: string; celsiusRule: string;
}

export interface TrustStrings {
  title: string; lead: string; versions: string; version: string; versionOf: (n: number) => string; inForce: string;
  dcc: string; shc: string; revoked: string; who: string; file: string; skipped: string; skippedShow: (n: string) => string; skippedOf: (n: number) => string; atLeast: (n: number) => string; none: string; noneHint: string; acts: string;
  download: string; downloadOf: (n: number) => string; restore: string; restoreOf: (n: number) => string; restoreTitle: (n: number) => string; restoreConsequence: (n: number, what: string) => string; counts: (dcc: string, shc: string, revoked: string) => string; note: string; restored: (n: number) => string;
  importKeys: string; importRevocations: string; keysFirst: string; kinds: Record<'keys' | 'revocations', { title: string; lead: string; file: string; hint: string }>;
  checking: string; tooLarge: (most: string) => string; compare: string; now: string; after: string; change: string; same: string; loses: string; leftOut: (n: number) => string; leftOutMore: (n: number) => string; nothingLeftOut: string; noteHint: string; noteRule: string; run: string; imported: (n: number) => string;
  wholeDistrict: string; revocationsForm: string;
}

interface NoticeStrings {
  title: string;
  lead: string;
  cannotSend: string;
  goesTo: (phone: string) => string;
  change: string;
  remove: string;
  removed: string;
  phone: string;
  ask: string;
  askAgain: string;
  sent: string;
  code: (phone: string) => string;
  codeShort: string;
  keep: string;
  kept: string;
}

export interface FrameStrings {
  product: string; skip: string; home: string; openMenu: string; mainMenu: string; quickMenu: string; more: string;
  responseDay: (n: number) => string; basis: string; noResponse: string; search: string; searchHint: string;
  searchNone: string; bell: (n: number) => string; bellTitle: (n: number) => string; bellEmpty: string;
  allAlarms: string; alarmOpen: string; accountMenu: (name: string) => string;
  switchLanguage: (other: string) => string; signOut: string; feedLive: string; feedConnecting: string;
  feedDown: (since: string, minutes: number) => string;
}

export interface MenuStrings {
  visitors: string; review: string; inspections: string; dailyReports: string; statistics: string; reportTemplates: string; projects: string; overview: string; alarms: string; screenings: string; people: string; homes: string; applications: string; forms: string; rulebook: string; checklists: string; training: string; enterprises: string; premises: string; census: string; grid: string; sites: string;
  gates: string; devices: string; gateRules: string; trustLists: string; statusRules: string; areas: string; areaRisks: string; responses: string; accounts: string;
  audit: string; operations: string;
}

export interface MenuGroupStrings {
  main: string; places: string; watch: string; system: string;
}

export interface ActionsStrings {
  save: string; cancel: string; close: string; retry: string; reload: string;
  copy: string; copied: string; copyOf: (what: string) => string;
}

export interface StatesStrings {
  loading: string; failed: string; notFound: string; noPage: string; noPageHint: string; noPermission: string;
  noPermissionHint: string; noMatch: string; noMatchHint: string; offline: (at: string) => string;
  offlineHint: string; pageBroken: string; pageBrokenHint: string;
}

export interface ListStrings {
  filters: string; all: string; clear: string; pick: string; more: string; shown: (n: string, of: string) => string;
  allShown: (n: string) => string; export: (n: string) => string; exportNone: string; exportAs: Record<'xlsx' | 'csv', string>; previous: string; next: string;
  selection: string; chosen: (n: string) => string; chosenMax: (n: string) => string; exportChosen: string;
  unchoose: string; choose: string; chooseAll: string; columns: string; allColumns: string; views: string;
  noViews: string; viewName: string; viewHint: string; saveView: string; deleteView: (name: string) => string;
}

export interface FormStrings {
  reason: string; reasonRule: string; tooLong: (n: number) => string; typeToConfirm: (word: string) => string;
  typeDiffers: string; required: (label: string) => string; pickRequired: (label: string) => string;
  draftRestored: string; draftDiscard: string;
}

export interface CsvStrings {
  chosen: (name: string, size: string) => string; hint: string; line: string; column: string;
  problem: string; value: string; failedDownload: (n: number) => string;
}

export interface SignInStrings {
  title: string; lead: string; login: string; password: string; next: string; submit: string; code: string;
  codeTitle: string; codeLead: (login: string) => string; codeRule: string; loginRule: string; passwordRule: string;
  otherAccount: string; expired: string; backOff: (s: number) => string; guardHint: string; guardLink: string;
  footer: string;
}

export interface InviteStrings {
  title: (name: string) => string; lead: (login: string, role: string) => string; password: string;
  passwordAgain: string; passwordHint: string; pin: string; pinAgain: string; pinHint: string; pinRule: string;
  passwordProblem: { short: string; long: string; same: string; login: string; };
  pinProblem: { digits: string; simple: string; }; againRule: string; againDiffers: string; codeTitle: string;
  codeLead: string; secretLabel: string; submit: string; doneTitle: string;
  done: (login: string) => string; doneGuard: string; toSignIn: string; goneTitle: string; gone: string;
}

export interface TrainingStrings {
  title: string; count: (n: string) => string; add: string; none: string; noneHint: string; search: string; state: string; states: Record<CourseState, string>; course: string; owner: string; areaOwner: string; kind: string; kinds: Record<MediaKind, string>; noMedia: string; required: string; optional: string; requiredCol: string; minutes: (n: number) => string; seconds: (n: number) => string; questions: string; published: string; length: string; madeBy: string;
  tabs: Record<'settings' | 'media' | 'questions' | 'lacking', string>;
  newTitle: string; newLead: string; newSubmit: string; ofWhom: string; ofArea: string; ofEnterprise: string; created: string;
  name: string; description: string; descriptionHint: string; checks: string; checksHint: string; asked: string; askedHint: string; pass: string; passHint: string; valid: string; validHint: string; dueDays: string; dueHint: string; mustDo: string; mustDoHint: string; occupations: string; everybody: string; occupationsHint: string; times: (n: number) => string; percent: (n: number) => string; days: (n: number) => string;
  range: (least: number, most: number) => string; saved: string; unsaved: string; stale: string; staleHint: string; staleTake: string; staleMine: string; fixed: string; notYours: string;
  lacks: string; lacksMedia: string; lacksQuestions: (n: number) => string; ready: string;
  publish: string; publishTitle: (title: string) => string; publishConsequence: string; publishRequired: string; publishDone: string; retire: string; retireTitle: (title: string) => string; retireConsequence: string; retireDone: string; copy: string; copied: string;
  file: string; fileHint: string; chosen: (name: string, size: string) => string; notMedia: string; tooLarge: string; counting: string; pages: (n: number) => string; unreadable: string; perPage: string; perPageHint: string; upload: string; goOn: string; sending: (percent: number) => string; brokeOff: string; brokeOffHint: string; interrupted: (name: string, percent: number) => string; sameFile: string; stop: string; stopped: string; done: string; refused: string; preview: string; replaces: string; captions: string; progress: string; page: (n: number, of: number) => string; pageText: string; previous: string; next: string; shown: string; nothing: string; nothingHint: string;
  bank: string; bankLead: string; bankNone: string; bankNoneHint: string; question: (n: number) => string; text: string; option: (n: number) => string; right: string; rightOf: (n: number) => string; addOption: string; removeOption: (n: number) => string; addQuestion: string; remove: (n: number) => string; up: (n: number) => string; down: (n: number) => string; saveBank: string; bankSaved: string; several: string;
  bankCount: (n: number) => string;
  importing: { open: string; title: string; lead: string; template: string; file: string; fileHint: string; dirty: string; check: string; land: (n: number) => string; again: string; willDo: (n: number) => string; nothing: string; done: (n: number) => string; rows: string; added: string; refused: string; inBank: string; refusedTitle: string; refusedHint: string; download: (n: number) => string; more: (n: number) => string; line: string; column: string; question: string; problem: string; faults: Record<RowFault, string> };
  captioning: { title: string; lead: string; none: string; langs: Record<CaptionLang, string>; by: (name: string, at: string) => string; add: (lang: string) => string; replace: (lang: string) => string; remove: (lang: string) => string; removeTitle: (lang: string) => string; removeConsequence: string; saved: string; removed: string; tooLarge: string };
  faults: Record<'text' | 'option' | 'few' | 'right', string>;
  lackingCount: (n: string) => string; lackingNone: string; lackingNoneHint: string; due: string; late: string; reminded: string; never: string; remind: string; remindTitle: (title: string) => string; remindConsequence: string; sent: (sent: string, before: string, left: number) => string;
  person: { button: string; title: (name: string) => string; lead: string; none: string; noneHint: string; holds: string; expired: string; revoked: string; channel: Record<CertificateChannel, string>; between: (from: string, until: string) => string; score: (right: number, of: number) => string; record: string; recordTitle: string; recordLead: string; recorded: string; course: string; on: string; revoke: string; revokeTitle: (title: string) => string; revokeConsequence: string; print: string; noCourses: string };
}

export type ReviewAsk = 'order_visit' | 'release' | 'comment' | 'send_back' | 'approve' | 'reject' | 'suspend' | 'reinstate' | 'revoke';
type RiskLevel = 'low' | 'medium' | 'high';
export interface ReviewStrings {
  fromFile: DecisionFileStrings;
  title: string; count: (n: string) => string; tabs: Record<'waiting' | 'mine' | 'returned' | 'decided' | 'all', string>; search: string; area: string;
  number: string; enterprise: string; sites: string; moreSites: (name: string, n: number) => string; industry: string; size: string; planned: string; people: (n: string) => string;
  submitted: string; due: string; reviewer: string; nobody: string; me: string; state: string; risk: string;
  states: Record<ApplicationState, string>; acts: Record<ApplicationAct, string>; risks: Record<RiskLevel, string>;
  replyBy: (at: string) => string; decideBy: (at: string) => string; late: (by: string) => string; hours: (n: number) => string; days: (n: number) => string;
  none: Record<'waiting' | 'mine' | 'returned' | 'decided' | 'all', string>; noneHint: string; keys: string;
  claimMany: (n: string) => string; claimProgress: (done: string, of: string) => string; claimedMany: (n: string) => string;
  resultTitle: (done: string, of: string) => string; resultFailed: string; taken: (by: string) => string; takenBySomebody: string;
  answers: string; yes: string; no: string; unanswered: string; look: string; lookCount: (n: number) => string; mark: (label: string) => string; marked: string; markedNone: string; markHint: string; download: (name: string) => string; noFiles: string; gone: string;
  applicant: string; decisionDue: string; decidedAt: string; pdf: string; toActs: string;
  pledge: string; noPledge: string; signature: (name: string) => string; digest: string; record: string; about: string;
  decide: string; othersHave: (by: string) => string; nothingToDo: string; waitsForApplicant: string; fileKeys: string; next: string; noNext: string; done: Record<ApplicationAct, string>;
  conflict: (by: string) => string; conflictUnknown: string;
  ask: Record<ReviewAsk, { title: (number: string) => string; confirm: string; consequence: string }>;
  hindered: Record<'visit_missing' | 'opinion_missing' | 'opinion_objects', string>; passOver: string; regimes: Record<'approval' | 'filing' | 'closed', string>; regime: string; department: string; anyDepartment: string; mineOnly: string;
  opinions: string; opinion: Record<'agree' | 'object', string>; opinionDue: (at: string) => string; opinionSilent: string; opinionEarlier: string; agree: string; object: string; agreeTitle: (department: string) => string; objectTitle: (department: string) => string;
  agreeText: string; objectText: string; opinionDone: string; whitelist: string; batch: (category: string, n: string) => string; noWhitelist: string; newBatch: string; newBatchTitle: string; batchNote: string; batchMade: (name: string) => string; category: string; visitWanted: string;
  approveMany: (n: string) => string; approveManyTitle: (n: string) => string; approveManyText: string; approvedMany: (n: string) => string; approvedSome: (done: string, of: string) => string; refusedOnes: string; unknownOnes: (n: string) => string;
  noteTo: string; allOpen: string; comment: string; starts: { lead: string; mine: string; waiting: string; all: string; open: string };
}

type GridGap = 'all' | 'no_grid' | 'no_officer' | 'many_officers';
type OfficerLoad = 'all' | 'none' | 'many' | 'locked';
export interface GridStrings {
  title: string; tabs: Record<'grid' | 'officers' | 'map', string>; count: (n: string) => string; lead: string;
  gap: Record<GridGap, string>; search: string; inGrid: string; notInGrid: string; officers: string; nobody: string; employees: string; none: string; noneHint: string; gapNone: string; gapNoneHint: string; detail: string;
  kind: Record<OfficerKind, string>; premisesKind: Record<PremisesKind, string>;
  officer: string; officersTitle: string; officersCount: (n: string) => string; officersNone: string; officersNoneHint: string; officerSearch: string; officerDetail: string; load: Record<OfficerLoad, string>; loadLabel: string;
  enterprises: string; premises: string; belongsTo: string; locked: string; atWork: string; away: (name: string, until: string) => string; standsIn: (n: number) => string; lastSignIn: string; never: string; loadOf: (enterprises: string, premises: string) => string;
  answersFor: string; answersForNone: string; target: string; as: string; from: string; until: string; since: (from: string) => string; between: (from: string, until: string) => string; noEnd: string; setBy: (by: string) => string; planned: string;
  assign: string; assignTitle: string; assignLead: string; targetKind: string; targetEnterprise: string; targetPremises: string; fromHint: string; untilHint: string; assigned: string; end: string; endTitle: (target: string) => string; endConsequence: (officer: string, target: string) => string; ended: string;
  assignMany: (n: string) => string; assignManyTitle: string; assignManyLead: string; relieve: string; relieveHint: string; preview: string; previewLead: (change: string, same: string) => string; becomes: string; stays: string; relieves: (names: string) => string; doAssign: (n: string) => string; assignedMany: (n: string) => string; nothing: string;
  handOver: string; handOverTitle: (name: string) => string; handOverLead: string; to: string; which: string; everything: (n: number) => string; chosen: string; chosenRule: string; note: string; noteHint: string; handedOver: (n: number) => string; handovers: string; handedTo: (name: string, n: number) => string; handedFrom: (name: string, n: number) => string;
  substitutes: string; substituteAdd: string; substituteTitle: (name: string) => string; substituteLead: string; substitute: string; substituted: string; substituteEnd: string; substituteEndTitle: (name: string) => string; substituteEndConsequence: (substitute: string) => string; standsInFor: (by: string, whom: string) => string; reason: string;
  premisesTitle: string; premisesCount: (n: string) => string; premisesNone: string; premisesNoneHint: string; premisesDetail: string; premisesAdd: string; premisesEdit: string; premisesSaved: (name: string) => string; address: string; lon: string; lat: string; position: string; positionHint: string; degreesRule: string; sitesIn: string; sitesOf: string; noSites: string; inPremises: string; inPremisesHint: string;
  start: { title: string; lead: string; none: string; noneHint: string; phone: string; phoneHint: string; phoneOpen: string };
  map: { title: string; label: string; measure: string; measures: Record<'per_officer' | 'without_officer_share', string>; up: string; inside: string; insideOf: (name: string) => string; legend: string; from: (value: string) => string; between: (from: string, until: string) => string; nothing: string; tableLabel: string; none: string; noneHint: string; broken: string; import: string };
  shapes: { title: string; lead: string; file: string; hint: string; property: string; propertyHint: string; features: string; feature: string; failed: string };
}

type InspectionTabs = 'planned' | 'mine' | 'nobody' | 'done';
export interface InspectionsStrings {
  title: string; count: (n: string) => string; search: string; enterprise: string; number: string; kind: string; mode: string; state: string; area: string; officer: string; day: string; due: string; nobody: string; none: Record<InspectionTabs, string>; noneHint: string;
  tabs: Record<InspectionTabs, string>; kinds: Record<'acceptance' | 'recheck' | 'spot_check', string>; modes: Record<'on_site' | 'video', string>; states: Record<'planned' | 'passed' | 'failed' | 'cancelled', string>; stop: (day: string, stop: number | null) => string;
  routes: string; routesTitle: string; routesText: string; from: string; aDay: string; show: string; apply: string; applied: (n: number) => string; without: (n: number) => string; noRoutes: string; routeOf: (officer: string, day: string) => string;
  plan: string; planTitle: (enterprise: string) => string; startsAt: string; planned: string; planHint: string; about: string; reportedAt: string; checklist: string; version: (n: number) => string; report: string; cancelled: string; waits: (officer: string) => string; movedTo: (officer: string) => string; keptTitle: (officer: string) => string;
  passed: string; failed: string; findings: Record<'good' | 'defect' | 'not_applicable', string>; critical: string; defects: string; fixed: (at: string) => string; dueOn: (day: string) => string; lateSince: (day: string) => string; witness: string; digest: string; position: (lat: string, lon: string, m: number) => string;
  photo: (item: string, n: number, at: string) => string; takePhoto: string; noPicture: string; wanting: string; fixBy: string; sent: string; drop: string; faults: Record<'missing' | 'note' | 'due' | 'photo', string>; filled: (n: number, of: number) => string; keeps: string; summary: string; signHint: string;
  send: string; sendTitle: string; willPass: string; willFail: string; notWhole: (n: number) => string; notKept: string; waitsForNetwork: string; sendNow: string; unsent: (n: number) => string; spotCheck: string; spotCheckOf: (enterprise: string) => string; spotCheckText: string; ordered: string;
}

export interface DeskStrings {
  grid: GridStrings;
  census: CensusStrings;
  listImport: ListImportStrings;
  gateLink: GateLinkStrings;
  faces: FacesStrings;
  inspections: InspectionsStrings;
  projects: ProjectsStrings;
  visitors: VisitorsStrings;
  reports: ReportsStrings;
  statistics: StatisticsStrings;
  templates: TemplatesStrings;
  review: ReviewStrings;
  training: TrainingStrings;
  applications: ApplicationsStrings;
  editing: EditingStrings;
  forms: FormsStrings;
  rulebook: RulebookStrings;
  checklists: ChecklistsStrings;
  risks: RisksStrings;
  shiftPlan: ShiftPlanStrings;
  overview: OverviewStrings;
  start: StartStrings;
  screenings: ScreeningsStrings;
  alarms: AlarmsStrings;
  audit: AuditStrings;
  accounts: AccountsStrings;
  operations: OperationsStrings;
  /** Acts of the audit log, by code. */
  auditActs: Record<string, string>;
  people: PeopleStrings;
  search: SearchStrings;
  personNew: PersonNewStrings;
  imports: ImportsStrings;
  duplicates: DuplicatesStrings;
  corrections: CorrectionsStrings;
  passes: PassesStrings;
  consents: ConsentsStrings;
  activation: ActivationStrings;
  duties: DutiesStrings;
  homes: HomesStrings;
  statusRules: StatusRulesStrings;
  redOrders: RedOrdersStrings;
  appeals: AppealsStrings;
  declare: DeclareStrings;
  crew: CrewStrings;
  file: FileStrings;
  common: CommonStrings;
  areas: AreasStrings;
  areaImport: AreaImportStrings;
  responses: ResponsesStrings;
  enterprises: EnterprisesStrings;
  sites: SitesStrings;
  shifts: ShiftsStrings;
  gates: GatesStrings;
  devices: DevicesStrings;
  journal: JournalStrings;
  gaps: GapsStrings;
  setup: SetupStrings;
  rules: RulesStrings;
  trust: TrustStrings;
  /** Between two short facts on one line. */
  gap: string;
  frame: FrameStrings;
  notices: NoticeStrings;
  menu: MenuStrings;
  menuGroup: MenuGroupStrings;
  actions: ActionsStrings;
  states: StatesStrings;
  list: ListStrings;
  form: FormStrings;
  csv: CsvStrings;
  signIn: SignInStrings;
  invite: InviteStrings;
}
