// What the tablet keeps to work without the server: roster, rules, and who is on duty. No secret is kept,
// and nothing outlives its use: sign-out wipes it, and so does its age.
import { run } from './db';
import type { KeptPasses } from '../passes/book';
import type { Row } from '../rows';
import type { GateBrief, GateRules, HeadCount, Roster } from '../wire';

export interface Kept {
  gate: GateBrief;
  /** Whoever was signed in when the network went; shown, never used as proof. */
  guard: string;
  roster: Roster;
  /** Kept and let go with the roster: a pass leads to a number on it. */
  passes: KeptPasses | null;
  rules: GateRules;
  head_count: HeadCount | null;
  /** The last lines and who waits aside, masked as they were shown. */
  rows: Row[];
  waiting: Row[];
  /** Server time minus tablet time, so that ages are counted on the server's clock. */
  clock_offset_ms: number;
  /** Tablet time in ms of the last answer from the server. */
  online_at: number;
}

export async function saveKept(kept: Kept): Promise<void> {
  await run('kept', 'readwrite', (store) => store.put(kept, 'gate'));
}

/** What is kept and still usable; what is too old is deleted on the way. */
export async function loadKept(now: Date): Promise<Kept | null> {
  const kept = await run('kept', 'readonly', (store) => store.get('gate') as IDBRequest<Kept | undefined>);
  if (!kept) return null;
  if (isPastKeeping(kept, now)) {
    await wipeKept();
    return null;
  }
  return kept;
}

export async function wipeKept(): Promise<void> {
  await run('kept', 'readwrite', (store) => store.delete('gate'));
}

export function isPastKeeping(kept: Pick<Kept, 'roster' | 'clock_offset_ms'>, now: Date): boolean {
  const age = (now.getTime() + kept.clock_offset_ms - Date.parse(kept.roster.made_at)) / 1000;
  return !(age <= kept.roster.max_age_s);
}

const ENROLLED = 'fugong.gate.enrolled';

/** The gate this tablet was enrolled for: only its name, so that the first screen knows what to ask. */
export function enrolledGate(): GateBrief | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(ENROLLED) ?? 'null');
    return isGateBrief(stored) ? stored : null;
  } catch {
    return null;
  }
}

export function rememberEnrolled(gate: GateBrief | null): void {
  if (gate) localStorage.setItem(ENROLLED, JSON.stringify(gate));
  else localStorage.removeItem(ENROLLED);
}

function isGateBrief(it: unknown): it is GateBrief {
  return typeof it === 'object' && it !== null && 'id' in it && 'name' in it && 'site_name' in it && typeof it.id === 'string';
}
