// Checks of document numbers as they are typed; the server checks again.
import type { DocumentKind } from '../api/types';

export type DocumentProblem = 'length' | 'form' | 'date' | 'check' | 'permit';

const MAP = '10X98765432';

/** GB 11643: birth date and the ISO 7064 MOD 11-2 check character. The legacy form of 15 digits has no check. */
export function residentIdProblem(number: string): DocumentProblem | null {
  const text = number.toUpperCase();
  if (text.length !== 18 && text.length !== 15) return 'length';
  if (text.length === 15) return /^\d{15}$/.test(text) ? dateProblem(`19${text.slice(6, 12)}`) : 'form';
  if (!/^\d{17}[\dX]$/.test(text)) return 'form';
  if (dateProblem(text.slice(6, 14))) return 'date';
  let sum = 0;
  for (let at = 0; at < 17; at += 1) sum += Number(text[at]) * (2 ** (17 - at) % 11);
  return MAP[sum % 11] === text[17] ? null : 'check';
}

function dateProblem(digits: string): DocumentProblem | null {
  const iso = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) && date.getTime() < Date.now() ? null : 'date';
}

export function documentProblem(kind: DocumentKind, number: string): DocumentProblem | null {
  if (kind === 'resident_id') return residentIdProblem(number);
  return /^[0-9A-Za-z]{5,18}$/.test(number) ? null : 'permit';
}
