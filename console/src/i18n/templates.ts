// The words of report templates.
import type { NameFault } from '../api';

export interface TemplatesStrings {
  title: string; lead: string; none: string; noneHint: string; upload: string; howTo: string; howToSteps: string[]; allNames: string; nameColumn: string; chineseColumn: string; more: string; suffix: (suffix: string) => string; tableColumns: (columns: string) => string;
  name: string; area: string; version: (n: number) => string; schedule: string; noSchedule: string; everyDay: (time: string) => string; onDays: (days: string, time: string) => string; next: string; weekdays: string[]; weekdayGap: string;
  file: string; fileHint: string; chosen: (name: string, size: string) => string; look: string; keep: string; another: string; fit: string; unfit: string; kept: (name: string) => string; nameHint: string; tooLarge: string;
  found: string; cell: string; place: string; goes: string; noPlace: string; own: string; meant: (names: string) => string; left: (headings: string) => string; faults: Record<NameFault, (beside: string) => string>; value: string; noNames: string;
  preview: string; day: string; notComputed: string; rows: (shown: number, all: number) => string; fill: string; ask: string; asked: string;
  plan: string; time: string; days: string; kept_: string; keptHint: string; save: string; saved: string; stop: string; stopped: string; noDay: string;
  reports: string; noReports: string; noReportsHint: string; state: string; states: Record<'waiting' | 'done' | 'failed', string>; by: string; itself: string; size: string; gone: string; download: string; downloadOf: (day: string) => string; again: string; againOf: (day: string) => string; made: string;
  reportFaults: Record<'no_figures' | 'table_full' | 'file_form' | 'internal', (detail: string) => string>;
  versions: string; newVersion: string; original: (n: number) => string; sentBy: string; at: string;
  retire: string; retireTitle: (name: string) => string; retireConsequence: string; retired: string;
}
