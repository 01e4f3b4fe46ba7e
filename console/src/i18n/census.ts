import type { AsideReason, CensusConflict, CensusFault, CensusField, CensusKind, CensusOutcome, CensusState, MatchSign } from '../api';

export type CensusColumn = 'name' | 'credit_code' | 'area' | 'address' | 'industry' | 'size_class' | 'headcount' | 'contact_name' | 'contact_phone' | 'found_on' | 'found_by' | 'premises' | 'note' | 'kind';

export interface CensusStrings {
  title: string; tabs: Record<'findings' | 'areas' | 'missed', string>; count: (n: string) => string; lead: string;
  kinds: Record<CensusKind | 'premises', string>; kindFilter: string; anyKind: string;
  outcomes: Record<CensusOutcome, string>; conflicts: Record<CensusConflict, string>; signs: Record<MatchSign, string>; states: Record<CensusState, string>; reasons: Record<AsideReason, string>;
  columns: Record<CensusColumn, string>; fields: Record<CensusField, string>; faults: Record<CensusFault, string>;
  all: string; stateFilter: string; anyState: string; decided: string; file: string; search: string; outcome: string; alike: string; noneAlike: string; score: (n: number) => string;
  none: string; noneHint: string; noneOpen: string; noneOpenHint: string;
  import: string; importTitle: string; importLead: string; template: string; pick: string; fileHint: string; check: string; land: (n: string) => string; again: string; tried: string; landed: string; toReview: string;
  rows: string; landing: string; known: string; refused: string; refusedTitle: string; download: string; line: string; column: string; text: string; problem: string;
  accept: string; acceptTitle: (n: string) => string; acceptNone: string; acceptText: (n: string) => string; acceptDo: (n: string) => string; accepted: (n: string) => string;
  compare: string; compared: (n: string) => string;
  finding: string; found: string; register: string; candidatesLabel: string; noCandidate: string; outOfReach: (n: number) => string; other: string; otherPick: string; otherPremises: string; otherPremisesPick: string; premisesLabel: string; take: string; takeField: (field: string) => string; differs: string; equal: string;
  contact: string; foundBy: string; atLine: (line: number) => string; keys: string;
  same: string; sameWith: (n: number) => string; asNew: string; aside: string; undo: string; next: string; toEnterprise: string; toPremises: string;
  asideTitle: string; asideReason: string; note: string; noteHint: string; newTitle: string; newLead: string; newPremisesTitle: string; newPremisesLead: string; register_: string;
  decidedSame: (name: string) => string; decidedNew: (name: string) => string; decidedAside: string; undone: string; decidedBy: (who: string, at: string) => string; taken: (fields: string) => string; meanwhile: string; reload: string; allDone: string;
  areasLead: string; area: string; sums: Record<'found' | 'matched' | 'registered' | 'aside' | 'open' | 'missed' | 'missed_premises', string>; total: string; inside: (name: string) => string; insideShort: string; up: string; areasNone: string;
  missedTitle: string; missedCount: (n: string) => string; missedLead: string; missedNone: string; missedNoneHint: string; missedOf: string; missedPremisesTitle: string; missedPremisesCount: (n: string) => string; missedPremisesLead: string; missedPremisesNone: string; missedPremisesNoneHint: string; employees: string;
}
