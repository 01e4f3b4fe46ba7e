import type { TrustImport, TrustListView } from '../../api';

/** The largest file the server takes. */
export const MOST_BYTES = 16 * 1024 * 1024;
/** A version names at most so many of the entries that were left out. */
export const NAMED_MOST = 200;
const NAME_CHARS = 120;

export type Kind = 'keys' | 'revocations';
export type Counted = 'dcc' | 'shc' | 'revoked';
export interface Comparison { what: Counted; before: number; after: number }

/** What an import changes, as it was tried; both kinds are compared whole, since each keeps the other's counts. */
export function comparison({ before, ...tried }: TrustImport): Comparison[] {
  return [
    { what: 'dcc', before: before?.dcc_count ?? 0, after: tried.dcc_count },
    { what: 'shc', before: before?.shc_count ?? 0, after: tried.shc_count },
    { what: 'revoked', before: before?.revoked_count ?? 0, after: tried.revoked_count },
  ];
}

/** A file that was cut off, or a part of a list, shows so. */
export function loses(rows: Comparison[]): boolean {
  return rows.some((it) => it.after < it.before);
}

/** +3, −12; nothing where nothing changes. */
export function difference({ before, after }: Comparison): string | null {
  if (after === before) return null;
  return after < before ? `−${before - after}` : `+${after - before}`;
}

/** The server keeps a name of one line. Its end tells files apart: dates and endings stand there. */
export function fileName(name: string): string {
  const plain = [...name.replace(/\p{Cc}/gu, ' ')];
  return plain.slice(-NAME_CHARS).join('').trim();
}

/** Whether a version's list of what was left out may be longer than what it names. */
export function namesAll({ skipped }: Pick<TrustListView, 'skipped'>): boolean {
  return skipped.length < NAMED_MOST;
}
