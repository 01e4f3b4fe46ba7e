// What a report's form holds, and how it becomes what is sent.
import type { ReportFile, ReportNew, SupplyItem } from '../../api';
import { dayKey } from '../../shared/format';

export const ITEMS: SupplyItem[] = ['mask', 'disinfectant', 'thermometer', 'gloves', 'protective_suit', 'hand_sanitiser'];
export const FIGURES = ['planned', 'on_duty', 'from_affected', 'abnormal', 'isolated'] as const;
export type FigureKey = (typeof FIGURES)[number];
export type Count = number | null;
export interface SupplyDraft { stock: Count; received: Count }
export interface ReportDraft { figures: Record<FigureKey, Count>; electricity_kwh: Count; supplies: Record<SupplyItem, SupplyDraft>; note: string }

function empty(): ReportDraft {
  const none = (): SupplyDraft => ({ stock: null, received: null });
  return {
    figures: { planned: null, on_duty: null, from_affected: null, abnormal: null, isolated: null },
    electricity_kwh: null, note: '',
    supplies: { mask: none(), disinfectant: none(), thermometer: none(), gloves: none(), protective_suit: none(), hand_sanitiser: none() },
  };
}

/** What was filed; before that nothing, so that nobody sends yesterday's figures without having said so. */
export function draftOf(file: ReportFile): ReportDraft {
  const draft = empty();
  const { report } = file;
  if (!report) return draft;
  for (const key of FIGURES) draft.figures[key] = report.figures[key];
  draft.electricity_kwh = report.figures.electricity_kwh ?? null;
  draft.note = report.note;
  for (const { item, stock, received } of file.supplies) draft.supplies[item] = { stock, received };
  return draft;
}

/** The headcounts of the last report, on one tap. Supplies and the meter are counted anew every day. */
export function sameAsBefore(draft: ReportDraft, file: ReportFile): ReportDraft {
  const { before } = file;
  if (!before) return draft;
  const figures = { ...draft.figures };
  for (const key of FIGURES) figures[key] = before.figures[key];
  return { ...draft, figures };
}

/** Items that the unit counted the last time come first; the others can be added. */
export function countedItems(file: ReportFile): SupplyItem[] {
  const lines = file.report ? file.supplies : (file.before?.supplies ?? []);
  const known = new Set(lines.map((it) => it.item));
  return known.size === 0 ? ['mask', 'disinfectant'] : ITEMS.filter((it) => known.has(it));
}

export type Fault = 'required' | 'above_on_duty';

/** What is wrong before anything is sent, by field. */
export function faultsOf(draft: ReportDraft): Partial<Record<FigureKey | SupplyItem, Fault>> {
  const faults: Partial<Record<FigureKey | SupplyItem, Fault>> = {};
  for (const key of FIGURES) if (draft.figures[key] === null) faults[key] = 'required';
  const { on_duty: onDuty, from_affected: affected } = draft.figures;
  if (onDuty !== null && affected !== null && onDuty < affected) faults.from_affected = 'above_on_duty';
  // Something came in, and nobody says how much there is now.
  for (const item of ITEMS) if (draft.supplies[item].stock === null && (draft.supplies[item].received ?? 0) > 0) faults[item] = 'required';
  return faults;
}

export function bodyOf(draft: ReportDraft, revision: number | null): ReportNew {
  const { planned, on_duty, from_affected, abnormal, isolated } = draft.figures;
  const supplies = ITEMS.flatMap((item) => {
    const { stock, received } = draft.supplies[item];
    return stock === null ? [] : [{ item, stock, received: received ?? 0 }];
  });
  return {
    figures: { planned: planned ?? 0, on_duty: on_duty ?? 0, from_affected: from_affected ?? 0, abnormal: abnormal ?? 0, isolated: isolated ?? 0, electricity_kwh: draft.electricity_kwh },
    supplies, note: draft.note.trim(), revision,
  };
}

export const TABS = ['filed', 'missing', 'supplies'] as const;
export type ReportTab = (typeof TABS)[number];
export const tabOf = (text: string | undefined): ReportTab => TABS.find((it) => it === text) ?? 'filed';

/** A day in China, where the district is: what "today" means to whoever reports. */
export const localDay = (now: number, back = 0): string => dayKey(now - back * 86_400_000);
