// Every address of the desk. Components never write one by hand.
type Query = Record<string, string | number | boolean | null | undefined>;

export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

const id = encodeURIComponent;

/** Route patterns, for the router only. */
export const patterns = {
  signIn: '/sign-in',
  invite: '/invite/:token',
  overview: '/',
  areas: '/areas',
  areaImport: '/areas/import',
  responses: '/responses',
  enterprises: '/enterprises',
  sites: '/sites',
  shiftPlan: '/sites/:id/shift-plan',
  gates: '/gates',
  premises: '/premises',
  grid: '/grid',
  officers: '/grid/officers',
  gridMap: '/grid/map',
  gridMapImport: '/grid/map/import',
  devices: '/devices',
  device: '/devices/:id',
  deviceSetup: '/devices/:id/setup',
  gateRules: '/gate-rules',
  trustLists: '/trust-lists',
  people: '/people',
  personNew: '/people/new',
  duplicates: '/people/duplicates',
  statusRules: '/status-rules',
  redOrders: '/people/red-orders',
  appeals: '/people/appeals',
  appeal: '/people/appeals/:id',
  duties: '/people/duties',
  corrections: '/people/corrections',
  correction: '/people/corrections/:id',
  peopleImports: '/people/imports',
  peopleImport: '/people/imports/:id',
  homes: '/homes',
  person: '/people/:id',
  review: '/review',
  inspections: '/inspections',
  inspection: '/inspections/:id',
  projects: '/projects',
  project: '/projects/:id',
  dailyReports: '/daily-reports',
  electricityImport: '/daily-reports/electricity',
  statistics: '/statistics',
  reportTemplates: '/report-templates',
  reportTemplate: '/report-templates/:id',
  dailyReport: '/daily-reports/:unit/:day',
  reviewFile: '/review/:id',
  applications: '/applications',
  application: '/applications/:id',
  forms: '/application-forms',
  formEdit: '/application-forms/edit',
  rulebooks: '/rulebooks',
  rulebookEdit: '/rulebooks/edit',
  reviewers: '/rulebooks/reviewers',
  checklists: '/checklists',
  checklistEdit: '/checklists/edit',
  areaRisks: '/area-risks',
  training: '/training',
  course: '/training/:id',
  screenings: '/screenings',
  alarms: '/alarms',
  audit: '/audit',
  accounts: '/accounts',
  operations: '/operations',
} as const;

export interface ListQuery extends Query { open?: string }
interface VersionQuery extends Query { version?: number; against?: number; tab?: string }
export type CourseTab = 'settings' | 'media' | 'questions' | 'lacking';
export type DeviceTab = 'status' | 'journal' | 'gaps';

export const paths = {
  signIn: (next?: string) => withQuery(patterns.signIn, { next: next === '/' ? undefined : next }),
  invite: (token: string) => `/invite/${id(token)}`,
  overview: () => patterns.overview,
  areas: () => patterns.areas,
  areaImport: () => patterns.areaImport,
  responses: (query?: ListQuery) => withQuery(patterns.responses, query),
  enterprises: (query?: ListQuery) => withQuery(patterns.enterprises, query),
  sites: (query?: ListQuery) => withQuery(patterns.sites, query),
  shiftPlan: (site: string) => `/sites/${id(site)}/shift-plan`,
  premises: (query?: ListQuery) => withQuery(patterns.premises, query),
  grid: (query?: ListQuery) => withQuery(patterns.grid, query),
  officers: (query?: ListQuery) => withQuery(patterns.officers, query),
  gridMap: (query?: { parent?: string; measure?: string }) => withQuery(patterns.gridMap, query),
  gridMapImport: () => patterns.gridMapImport,
  gates: (query?: ListQuery) => withQuery(patterns.gates, query),
  devices: (query?: ListQuery) => withQuery(patterns.devices, query),
  device: (device: string, tab?: DeviceTab) => withQuery(`/devices/${id(device)}`, { tab: tab === 'status' ? undefined : tab }),
  deviceSetup: (device: string) => `/devices/${id(device)}/setup`,
  gateRules: (query?: { site_id?: string }) => withQuery(patterns.gateRules, query),
  trustLists: () => patterns.trustLists,
  people: (query?: ListQuery) => withQuery(patterns.people, query),
  personNew: (query?: { site_id?: string }) => withQuery(patterns.personNew, query),
  duplicates: () => patterns.duplicates,
  statusRules: () => patterns.statusRules,
  redOrders: (query?: ListQuery) => withQuery(patterns.redOrders, query),
  appeals: (query?: ListQuery) => withQuery(patterns.appeals, query),
  appeal: (appeal: string) => `/people/appeals/${id(appeal)}`,
  duties: (query?: ListQuery) => withQuery(patterns.duties, query),
  homes: (query?: ListQuery) => withQuery(patterns.homes, query),
  corrections: (query?: ListQuery) => withQuery(patterns.corrections, query),
  correction: (correction: string) => `/people/corrections/${id(correction)}`,
  peopleImports: (query?: { site_id?: string }) => withQuery(patterns.peopleImports, query),
  peopleImport: (job: string) => `/people/imports/${id(job)}`,
  person: (person: string, query?: { purpose?: string }) => withQuery(`/people/${id(person)}`, query),
  inspections: (query?: ListQuery) => withQuery(patterns.inspections, query),
  inspection: (inspection: string) => `/inspections/${id(inspection)}`,
  projects: () => patterns.projects,
  project: (site: string) => `/projects/${id(site)}`,
  reportTemplates: () => patterns.reportTemplates,
  reportTemplate: (template: string) => `/report-templates/${id(template)}`,
  statistics: (query?: ListQuery) => withQuery(patterns.statistics, query),
  dailyReports: (query?: { tab?: string; day?: string; area?: string }) => withQuery(patterns.dailyReports, query),
  electricityImport: () => patterns.electricityImport,
  dailyReport: (unit: string, day: string) => `/daily-reports/${id(unit)}/${id(day)}`,
  review: (query?: ListQuery) => withQuery(patterns.review, query),
  reviewFile: (application: string) => `/review/${id(application)}`,
  applications: (query?: ListQuery) => withQuery(patterns.applications, query),
  application: (application: string, query?: { section?: string; step?: string }) => withQuery(`/applications/${id(application)}`, query),
  forms: (query?: VersionQuery) => withQuery(patterns.forms, query),
  formEdit: () => patterns.formEdit,
  rulebooks: (query?: VersionQuery) => withQuery(patterns.rulebooks, query),
  rulebookEdit: () => patterns.rulebookEdit,
  reviewers: () => patterns.reviewers,
  checklists: (query?: VersionQuery) => withQuery(patterns.checklists, query),
  checklistEdit: () => patterns.checklistEdit,
  areaRisks: () => patterns.areaRisks,
  training: (query?: ListQuery) => withQuery(patterns.training, query),
  course: (course: string, tab?: CourseTab) => withQuery(`/training/${id(course)}`, { tab: tab === 'settings' ? undefined : tab }),
  screenings: (query?: ListQuery) => withQuery(patterns.screenings, query),
  alarms: (query?: ListQuery) => withQuery(patterns.alarms, query),
  audit: (query?: ListQuery) => withQuery(patterns.audit, query),
  accounts: (query?: ListQuery) => withQuery(patterns.accounts, query),
  operations: () => patterns.operations,
  /** The other face: a page of its own, so a plain link. */
  gateFace: () => '/gate',
};

/** A `next` from the address bar may only lead back into this console. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith(patterns.signIn) ? next : patterns.overview;
}
