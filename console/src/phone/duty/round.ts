// What an officer takes along: his visits with all that they need, his enterprises by name, and who has not reported today.
import { ApiError, get, type Page, type ReportDuty, type Round } from '../../api';
import { dayKey } from '../../shared/format';
import type { VisitFile } from '../../shared/visits/model';
import type { KeptReport } from '../../shared/visits/store';

export type KeptVisit = VisitFile & Pick<Round['visits'][number], 'photographed' | 'defects' | 'sites' | 'contact'>;
export type Defect = KeptVisit['defects'][number];
export interface Firm { id: string; name: string; area_name: string }
export interface Unreported { count: number; items: Pick<ReportDuty, 'id' | 'unit_name' | 'enterprise_id' | 'area_name' | 'last_day'>[] }
export interface KeptRound { account: string; at: string; visits: KeptVisit[]; left: number; firms: Firm[]; firmsLeft: boolean; unreported: Unreported | null }

const FIRMS = 200;
const UNREPORTED = 20;
const DAY_MS = 86_400_000;
/** A defect is shown from so many days before its day. */
const NEAR_DAYS = 3;

/** All of it, as it stands now. */
export async function fetchRound(account: string, permissions: readonly string[]): Promise<KeptRound> {
  const [round, firms, unreported] = await Promise.all([get('/inspections/round'), get('/enterprises', { query: { limit: FIRMS } }), permissions.includes('read_reports') ? fetchUnreported() : null]);
  return {
    account, at: round.as_of, visits: visitsOf(round), left: round.left, unreported,
    firms: firms.items.map(({ id, name, area_name }) => ({ id, name, area_name })), firmsLeft: firms.next !== null,
  };
}

async function fetchUnreported(): Promise<Unreported | null> {
  try {
    const [{ count }, { items }] = await Promise.all([get('/report-duties/count'), get('/report-duties', { query: { limit: UNREPORTED } }) as Promise<Page<ReportDuty>>]);
    return { count, items: items.map(({ id, unit_name, enterprise_id, area_name, last_day }) => ({ id, unit_name, enterprise_id, area_name, last_day })) };
  } catch (error) {
    // A day on which nobody is to report has no duties.
    if (error instanceof ApiError && error.status === 422) return null;
    throw error;
  }
}

/** Each visit with its checklist. */
export function visitsOf({ visits, checklists }: Pick<Round, 'visits' | 'checklists'>): KeptVisit[] {
  return visits.flatMap(({ inspection, checklist_version, items, photographed, defects, sites, contact }) => {
    const checklist = checklists.find((it) => it.version === checklist_version)?.checklist;
    return checklist ? [{ inspection, checklist, checklist_version, items, photographed, defects, sites, contact }] : [];
  });
}

export interface Parts { late: KeptVisit[]; today: KeptVisit[]; coming: KeptVisit[]; moved: KeptReport[]; done: KeptReport[] }

/** Who waits: what is overdue, today's route in its order, what comes, and what was begun here and is no longer his. */
export function parted(round: KeptRound | null, reports: KeptReport[], now: number): Parts {
  const day = dayKey(now);
  const done = reports.filter((it) => it.done !== null);
  const gone = new Set(done.map((it) => it.inspection));
  const parts: Parts = { late: [], today: [], coming: [], moved: [], done };
  for (const visit of round?.visits ?? []) {
    const { id, planned_on } = visit.inspection;
    if (gone.has(id)) continue;
    if (planned_on === day) parts.today.push(visit);
    else if ((planned_on ?? day) < day || isLate(visit, now)) parts.late.push(visit);
    else parts.coming.push(visit);
  }
  const known = new Set(round?.visits.map((it) => it.inspection.id));
  parts.moved = reports.filter((it) => it.done === null && !known.has(it.inspection));
  return parts;
}

export function isLate({ inspection }: VisitFile, now: number): boolean {
  return Date.parse(inspection.due_at) < now || (inspection.planned_on ?? '9') < dayKey(now);
}

/** Defects whose day is near or past, first things first. */
export function defectsNear(round: KeptRound | null, now: number): { visit: KeptVisit; defect: Defect; late: boolean }[] {
  const until = dayKey(now + NEAR_DAYS * DAY_MS);
  const near = (round?.visits ?? []).flatMap((visit) => visit.defects.filter((it) => it.due_on <= until).map((defect) => ({ visit, defect, late: defect.due_on < dayKey(now) })));
  return near.toSorted((a, b) => a.defect.due_on.localeCompare(b.defect.due_on));
}

/** Enterprises that were taken along, by part of their name; those of visits and of duties to report are among them. */
export function firmsOf(round: KeptRound | null, search: string): Firm[] {
  const found = new Map<string, Firm>();
  const put = (id: string, name: string, area_name: string) => { if (!found.has(id)) found.set(id, { id, name, area_name }); };
  for (const it of round?.firms ?? []) put(it.id, it.name, it.area_name);
  for (const { inspection: it } of round?.visits ?? []) put(it.enterprise_id, it.enterprise_name, it.area_name);
  const wanted = search.trim().toLowerCase();
  return [...found.values()].filter((it) => it.name.toLowerCase().includes(wanted));
}

export type Stage = 'new' | 'begun' | 'waits' | 'refused' | 'done';

export function stageOf(report: KeptReport | undefined): Stage {
  if (!report) return 'new';
  if (report.done) return 'done';
  if (report.waiting) return 'waits';
  return report.refused ? 'refused' : 'begun';
}

/** Until when a defect may be put right: tomorrow at the earliest is wanted of nobody, ninety days at most are the server's. */
export const DUE_MOST_DAYS = 90;
export function dayAfter(now: number, days: number): string {
  return dayKey(now + days * DAY_MS);
}
