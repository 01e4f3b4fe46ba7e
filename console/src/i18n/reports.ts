// The words of daily reports, supplies and electricity.
import type { Doubt, SupplyItem } from '../api';

type FigureKey = 'planned' | 'on_duty' | 'from_affected' | 'abnormal' | 'isolated';
type MeterColumn = 'credit_code' | 'day' | 'kwh' | 'baseline';
type MeterFault = 'required' | 'credit_code_form' | 'credit_code_check' | 'enterprise_unknown' | 'date_form' | 'date_future' | 'number_form' | 'repeated';

export interface ReportsStrings {
  title: string; count: (n: string) => string; missingCount: (n: string) => string; suppliesCount: (n: string) => string; tabs: Record<'filed' | 'missing' | 'supplies', string>;
  unit: string; day: string; search: string; area: string; figures: Record<FigureKey, string>; short: Record<'from_affected' | 'abnormal' | 'isolated', string>; seen: string; kwhShort: string; doubtsTitle: string; onlyDoubtful: string; doubts: Record<Doubt, string>;
  filedAt: string; late: string; none: string; noneHint: string; allFiled: string; allFiledHint: string; lastDay: string; never: string; remindedAt: string; remind: string; remindAll: string; remindText: (n: string, day: string) => string; reminded: (n: number, before: number, left: number) => string; file: string;
  item: string; items: Record<SupplyItem, string>; stock: string; burn: string; daysLeft: string; days: (n: number) => string; noBurn: string; gapTitle: string; onlyShort: string; shortUnits: string; unitsOf: (n: string, of: string) => string; sums: string; noSupplies: string; noSuppliesHint: string; received: string; used: string;
  due: string; dueLate: string; allDue: string; wereReminded: (at: string) => string;
  notYet: string; neverFiled: string; filedBy: (by: string, at: string) => string; correct: string; people: string; supplies: string; suppliesHint: string; other: string; kwh: string; note: string; same: (day: string) => string; sameHint: string; lastTime: (n: string) => string; gatesSaw: (n: string) => string; addItem: (item: string) => string;
  faults: Record<'required' | 'above_on_duty', string>; notWhole: (n: number) => string; send: string; sendCorrected: string; done: string;
  electricity: {
    open: string; title: string; lead: string; template: string; file: string; fileHint: string; chosen: (name: string, size: string) => string; check: string; land: (n: string) => string; again: string; rows: string; days: string; baselines: string; refused: string; tried: string; landed: string;
    refusedTitle: string; download: string; line: string; column: string; text: string; problem: string; columns: Record<MeterColumn, string>; faults: Record<MeterFault, string>;
  };
  meters: {
    title: string; lead: string; none: string; add: string; name: string; nameHint: string; area: string; by: string; madeAt: string; lastSent: string; never: string; revoked: (at: string) => string;
    revoke: string; revokeTitle: (name: string) => string; revokeText: string; doneRevoked: string; made: string; token: string; tokenLead: string; example: string;
  };
}
