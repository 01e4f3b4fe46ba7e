import type { Purpose, RevealAsk, Revealed } from '../../api';

export type RevealField = RevealAsk['fields'][number];
/** A value in the clear, until it is masked again. */
export interface Shown { value: string; until: number }

export const REVEAL_PURPOSES: Purpose[] = ['trace', 'correct', 'own_request', 'roster', 'other'];
export const LONGEST_MS = 5 * 60_000;

/** Five minutes at most, whatever this device's clock says of the server's time. */
export function shownFrom(revealed: Revealed, field: RevealField, now: number): Shown | null {
  const value = revealed[field];
  if (!value) return null;
  const until = Date.parse(revealed.expires_at);
  return { value, until: Number.isNaN(until) || until <= now ? now + LONGEST_MS : Math.min(until, now + LONGEST_MS) };
}
