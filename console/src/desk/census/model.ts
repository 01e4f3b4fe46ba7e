// What a finding and a candidate say of the same thing, field by field.
import type { CandidateView, CensusDetail, CensusField, CensusKind, CensusOutcome, CensusState } from '../../api';
import type { CensusColumn } from '../../i18n/census';
import type { Tone } from '../parts/cells';

export const OUTCOMES: CensusOutcome[] = ['matched', 'likely', 'new', 'conflict'];
export const OUTCOME_TONE: Record<CensusOutcome, Tone> = { matched: 'admit', likely: 'recheck', new: 'accent', conflict: 'deny' };
export const STATE_TONE: Record<CensusState, Tone> = { open: 'recheck', same: 'admit', new: 'accent', aside: 'plain' };

export interface Line {
  column: CensusColumn;
  found: string;
  registered: string | null;
  /** Whether both say something, and not the same. */
  differs: boolean;
  /** The field that the register may take over. */
  field: CensusField | null;
}

export interface Shown { kind: (code: CensusKind) => string; size: (code: string) => string; people: (n: number) => string }

/** How a text is compared: half width, lower case, no white space. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
}

/** The finding and one candidate side by side; without one, the finding alone. */
export function linesOf(detail: CensusDetail, candidate: CandidateView | null, shown: Shown): Line[] {
  const it = detail.finding;
  const line = (column: CensusColumn, found: string, registered: string | undefined, field: CensusField | null, takeable = true): Line => {
    const differs = registered !== undefined && found !== '' && folded(found) !== folded(registered);
    return { column, found, registered: registered ?? null, differs, field: differs && takeable ? field : null };
  };
  const size = (code: string | null | undefined) => (code ? shown.size(code) : '');
  const kind = (code: CensusKind | undefined) => (code ? shown.kind(code) : undefined);
  const area = (name: string, code: string) => `${name} ${code}`;
  if (it.kind !== 'enterprise') {
    return [
      line('name', it.name, candidate?.name, 'name'),
      line('kind', shown.kind(it.kind), kind(candidate?.kind), 'kind'),
      line('address', it.address, candidate?.address, 'address'),
      line('area', area(it.area_name, it.area_code), candidate ? area(candidate.area_name, candidate.area_code) : undefined, 'area_code'),
    ];
  }
  return [
    line('name', it.name, candidate?.name, 'name'),
    line('credit_code', it.credit_code, candidate?.credit_code, null),
    line('address', it.address, candidate?.address, 'address'),
    line('area', area(it.area_name, it.area_code), candidate ? area(candidate.area_name, candidate.area_code) : undefined, 'area_code'),
    line('industry', it.industry, candidate?.industry, 'industry', detail.industry_is_code),
    line('size_class', size(it.size_class), candidate ? size(candidate.size_class) : undefined, 'size_class'),
    line('headcount', it.headcount === null ? '' : shown.people(it.headcount), candidate ? shown.people(candidate.employees) : undefined, null),
  ];
}
