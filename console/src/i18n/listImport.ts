import type { DecisionFault, ListFault } from '../api';

export type ListName = 'areas' | 'enterprises' | 'sites' | 'premises' | 'gates' | 'devices' | 'assignments' | 'officers' | 'area-risks' | 'visitors';
export type ListColumn = 'code' | 'valid_from' | 'name' | 'credit_code' | 'enterprise_code' | 'area_code' | 'area' | 'industry' | 'size_class' | 'address' | 'kind' | 'officer' | 'target' | 'lon_deg' | 'lat_deg' | 'site' | 'gate' | 'direction' | 'lanes' | 'closed' | 'serial' | 'vendor' | 'model' | 'mac' | 'lane' | 'login' | 'display_name' | 'role' | 'level' | 'followers' | 'visitor' | 'phone' | 'document_number' | 'company' | 'purpose' | 'plate' | 'from' | 'until' | 'start' | 'end';

export interface ListImportStrings {
  import: string; exportAssignments: string; of: Record<ListName, string>; title: Record<ListName, string>; lead: Record<ListName, string>;
  template: string; pick: string; fileHint: (rows: string) => string; check: string; land: (n: string) => string; sure: string; notYet: string; consequence: (created: string, changed: string, refused: string) => string; toList: string; again: string;
  tried: string; landed: string; rows: string; created: string; changed: string; unchanged: string; refused: string;
  refusedTitle: string; download: string; line: string; column: string; text: string; problem: string;
  willTitle: string; didTitle: string; name: string; what: string; isNew: string; from: (column: string, from: string, to: string) => string; more: (n: string) => string; yes: string; no: string;
  told: Record<'officers' | 'visitors', { title: string; hint: string; download: string }>; follow: (n: string) => string;
  columns: Record<ListColumn, string>; faults: Record<ListFault, string>;
}

/** A file of decisions on applications. */
export interface DecisionFileStrings {
  open: string; title: string; lead: string; template: string; pick: string; fileHint: string; check: string; decide: (n: string) => string; toList: string; again: string;
  tried: string; done: string; will: string; did: string; rows: string; decided: string; refused: string; refusedTitle: string; download: string; line: string; column: string; text: string; problem: string;
  columns: Record<'number' | 'credit_code' | 'decision' | 'note', string>; faults: Record<DecisionFault, string>;
}
