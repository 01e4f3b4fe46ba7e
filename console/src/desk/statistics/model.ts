// Statistics as the page shows them. Pure.
import type { ApplicationStages, DayFigures, StatisticDay, StatisticRow } from '../../api';

export const DIMENSIONS = ['area', 'industry', 'size', 'day'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** The dimensions that an address names, in the page's order; by area when it names none. */
export function dimensionsOf(text: string | undefined): Dimension[] {
  const named = (text ?? '').split(',');
  const known = DIMENSIONS.filter((it) => named.includes(it));
  return known.length > 0 ? known : ['area'];
}

/** With one more or one less; the last one stays. */
export function toggled(by: Dimension[], dimension: Dimension): Dimension[] {
  const next = by.includes(dimension) ? by.filter((it) => it !== dimension) : [...by, dimension];
  return next.length > 0 ? DIMENSIONS.filter((it) => next.includes(it)) : by;
}

export type RateKey = 'open_rate' | 'headcount_rate' | 'electricity_index' | 'completeness';
export const RATES: readonly RateKey[] = ['open_rate', 'headcount_rate', 'electricity_index', 'completeness'];

/** "66.7"; nothing where there is nothing to divide by. */
export function percent(share: number | null | undefined): string | null {
  if (share === null || share === undefined) return null;
  const text = (share * 100).toFixed(1);
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}

/** Points of a line in a frame, days without a value left out. */
export function line(days: readonly StatisticDay[], key: RateKey, width: number, height: number): string {
  const values = days.map((it) => it.figures[key]);
  const known = values.filter((it): it is number => it !== null);
  if (known.length === 0) return '';
  const most = Math.max(...known, 0.0001);
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const point = (value: number, at: number) => `${(at * step).toFixed(1)},${(height - (value / most) * height).toFixed(1)}`;
  return values.map((value, at) => (value === null ? null : point(value, at))).filter((it) => it !== null).join(' ');
}

/** The level above an area; none for a province. */
export function parentOf(code: string): string | undefined {
  const above = [12, 9, 6, 4, 2].find((length) => length < code.length);
  return above ? code.slice(0, above) : undefined;
}

export type Stage = keyof ApplicationStages;
export const STAGES: readonly Stage[] = ['begun', 'submitted', 'returned', 'inspected', 'approved', 'filed', 'rejected'];
/** What the list behind a stage is narrowed by; drafts have no day of sending. */
export const THROUGH: Partial<Record<Stage, string>> = { returned: 'returned', inspected: 'inspected', approved: 'approved', filed: 'filed', rejected: 'rejected' };

/** The stages that narrow, one inside the other: submitted, replied, let through. */
export function narrowing(stages: ApplicationStages, replied: number): { key: 'submitted' | 'reply_time' | 'approved'; value: number }[] {
  return [
    { key: 'submitted', value: stages.submitted },
    { key: 'reply_time', value: Math.min(stages.submitted, replied + stages.filed) },
    { key: 'approved', value: stages.approved + stages.filed },
  ];
}

/** The list of enterprises behind a row. */
export function behind(row: Pick<StatisticRow, 'area_code' | 'industry' | 'size_class'>, filters: { area?: string; industry?: string; size_class?: string }, working?: boolean) {
  return {
    area: row.area_code ?? filters.area, industry: row.industry ?? filters.industry, size_class: row.size_class ?? filters.size_class,
    working: working === undefined ? undefined : String(working),
  };
}

/** A row's own name among the others. */
export function rowKey(row: StatisticRow): string {
  return [row.area_code, row.industry, row.size_class, row.day].join('|');
}

/** What stands below a rate: its two counts. */
export function counts(figures: DayFigures, key: RateKey): [number, number] {
  switch (key) {
    case 'open_rate': return [figures.enterprises_open, figures.enterprises];
    case 'headcount_rate': return [figures.headcount_open, figures.headcount];
    case 'electricity_index': return [figures.electricity_kwh, figures.electricity_baseline_kwh];
    case 'completeness': return [figures.reports_filed, figures.reports_due];
  }
}
