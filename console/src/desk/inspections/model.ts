// Visits as they are listed and reported. Pure.
import type { InspectionFile } from '../../api';
import type { InspectionFilter } from '../../api/routes';
import type { Strokes } from '../../shared/forms/signature';

export const TABS = ['planned', 'mine', 'nobody', 'done'] as const;
export type InspectionTab = (typeof TABS)[number];

export function tabOf(text: string | undefined): InspectionTab {
  return TABS.find((it) => it === text) ?? 'planned';
}

/** What a tab asks the server for. */
export function queryOf(tab: InspectionTab, me: string): InspectionFilter {
  switch (tab) {
    case 'planned': return { state: 'planned' };
    case 'mine': return { state: 'planned', officer: me };
    case 'nobody': return { state: 'planned', officer: 'nobody' };
    case 'done': return { state: 'done' };
  }
}

export type FindingKind = 'good' | 'defect' | 'not_applicable';
export interface ItemDraft { finding: FindingKind | null; note: string; due_on: string }
export interface ReportDraft { items: Record<string, ItemDraft>; summary: string; begun_at: string; officer: string; witness: string; officer_strokes: Strokes; witness_strokes: Strokes }
export type ItemFault = 'missing' | 'note' | 'due' | 'photo';

export const EMPTY_ITEM: ItemDraft = { finding: null, note: '', due_on: '' };

export function newDraft(now: string): ReportDraft {
  return { items: {}, summary: '', begun_at: now, officer: '', witness: '', officer_strokes: [], witness_strokes: [] };
}

type Item = InspectionFile['checklist']['sections'][number]['items'][number];

/** Sections with the items that this visit looks at. */
export function sectionsOf(file: InspectionFile): { title: { zh: string; en: string }; items: Item[] }[] {
  const asked = new Set(file.items);
  return file.checklist.sections.map((it) => ({ title: it.title, items: it.items.filter((item) => asked.has(item.key)) })).filter((it) => it.items.length > 0);
}

/** What is missing at an item before it can be sent; null when nothing is. The server says the same. */
export function faultOf(item: Item, draft: ItemDraft, photos: number): ItemFault | null {
  if (draft.finding === null) return 'missing';
  if (draft.finding === 'defect' && draft.note.trim() === '') return 'note';
  if (draft.finding === 'defect' && draft.due_on === '') return 'due';
  const wanted = item.photo === 'always' ? draft.finding !== 'not_applicable' : item.photo === 'defect' && draft.finding === 'defect';
  return wanted && photos === 0 ? 'photo' : null;
}

/** Everything that is missing, by item. */
export function faultsOf(file: InspectionFile, draft: ReportDraft, photos: (item: string) => number): Map<string, ItemFault> {
  const found = new Map<string, ItemFault>();
  for (const item of sectionsOf(file).flatMap((it) => it.items)) {
    const fault = faultOf(item, draft.items[item.key] ?? EMPTY_ITEM, photos(item.key));
    if (fault) found.set(item.key, fault);
  }
  return found;
}

/** Whether the site would be passed as it stands: nothing critical is wanting. */
export function passes(file: InspectionFile, draft: ReportDraft): boolean {
  return !sectionsOf(file).flatMap((it) => it.items).some((it) => it.critical && draft.items[it.key]?.finding === 'defect');
}
