// The words of statistics: what is shown, and what each figure counts.
import type { Figure } from '../api';

type Dimension = 'area' | 'industry' | 'size' | 'day';
type Source = 'sites' | 'employments' | 'reports' | 'electricity' | 'applications' | 'supplies';

export interface StatisticsStrings {
  title: string; asOf: (at: string) => string; notYet: string; notYetHint: string; period: (from: string, until: string) => string;
  area: string; industry: string; size: string; from: string; until: string; day: string; by: string; dimensions: Record<Dimension, string>;
  sections: Record<string, string>; wider: string;
  figure: Record<Figure, string>; explained: Record<Figure, string>; source: Record<Source, string>; explain: (figure: string) => string; from_: (source: string) => string; percent: (share: string) => string;
  ofEnterprises: (open: string, all: string) => string; ofPeople: (open: string, all: string) => string; ofReports: (filed: string, due: string) => string; ofMeters: (kwh: string, baseline: string) => string;
  trend: (figure: string, from: string, until: string) => string; trendTitle: string;
  table: string; enterprises: string; people: string; reports: string; ofDay: (day: string) => string; more: (n: string) => string; noRows: string;
  funnel: string; funnelLead: string; funnelChart: (from: string, to: string) => string; stage: string; number: string; share: string; times: string; served: string; inTime: string; median: string; p90: string; hours: (n: number) => string; replyLimit: string; decisionLimit: string;
  supplies: string; item: string; noSupplies: string; named: string;
  export: string; exportLead: string; format: string; formats: Record<'csv' | 'xlsx' | 'parquet', string>; start: string; rows: (done: string, total: string) => string; states: Record<'waiting' | 'running' | 'done' | 'failed', string>; size_: (size: string) => string; checksum: string; again: string; rowsChanged: string;
}
