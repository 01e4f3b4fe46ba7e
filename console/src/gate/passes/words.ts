// What becomes of a pass that is shown off line, before anybody asks for the verdict.
import type { GateStrings } from '../strings';
import type { PassList } from './book';
import { MAX_LIFE_S } from './status-list';

export function passListWords(t: GateStrings, list: PassList, serverNowMs: number): string {
  if (list.kind !== 'held') return t.entry.passOffline[list.kind];
  const ageMs = Math.max(0, serverNowMs - Date.parse(list.heard_at));
  return MAX_LIFE_S * 1000 <= ageMs ? t.entry.passOffline.too_old : t.entry.passListAge(Math.floor(ageMs / 60_000));
}
