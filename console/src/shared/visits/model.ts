// A visit while it is made: what is looked at, what was found, what is missing. Pure; the server says the same.
import type { InspectionFile } from '../../api';
import type { Strokes } from '../forms/signature';

/** What of a visit is wanted to report it, at the desk and on the phone. */
export type VisitFile = Pick<InspectionFile, 'inspection' | 'checklist' | 'checklist_version' | 'items'>;

export type FindingKind = 'good' | 'defect' | 'not_applicable';
export interface ItemDraft { finding: FindingKind | null; note: string; due_on: string }
export interface ReportDraft { items: Record<string, ItemDraft>; summary: string; begun_at: string; officer: string; witness: string; officer_strokes: Strokes; witness_strokes: Strokes }
export type ItemFault = 'missing' | 'note' | 'due' | 'photo';

export const EMPTY_ITEM: ItemDraft = { finding: null, note: '', due_on: '' };

export function newDraft(now: string): ReportDraft {
  return { items: {}, summary: '', begun_at: now, officer: '', witness: '', officer_strokes: [], witness_strokes: [] };
}

export type Item = InspectionFile['checklist']['sections'][number]['items'][number];

/** The items that this visit looks at, one after the other. */
export function itemsOf(file: VisitFile): Item[] {
  return sectionsOf(file).flatMap((it) => it.items);
}

/** Sections with the items that this visit looks at. */
export function sectionsOf(file: VisitFile): { title: { zh: string; en: string }; items: Item[] }[] {
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
export function faultsOf(file: VisitFile, draft: ReportDraft, photos: (item: string) => number): Map<string, ItemFault> {
  const found = new Map<string, ItemFault>();
  for (const item of itemsOf(file)) {
    const fault = faultOf(item, draft.items[item.key] ?? EMPTY_ITEM, photos(item.key));
    if (fault) found.set(item.key, fault);
  }
  return found;
}

/** Whether the site would be passed as it stands: nothing critical is wanting. */
export function passes(file: VisitFile, draft: ReportDraft): boolean {
  return !itemsOf(file).some((it) => it.critical && draft.items[it.key]?.finding === 'defect');
}

/** Only what a report needs, for keeping. */
export function slim({ inspection, checklist, checklist_version, items }: VisitFile): VisitFile {
  return { inspection, checklist, checklist_version, items };
}
