// What the box at the door says of itself to its own screen. Only a gate answers here: the server has no such addresses.
import type { Mask, Reason, VerdictOutcome } from './types';

export interface Told {
  no: number;
  at: string;
  outcome: VerdictOutcome;
  reasons: Reason[];
  direction: 'in' | 'out';
  method: 'face' | 'card' | 'qr' | 'unknown';
  masked_name: string | null;
  employee_no: string | null;
  team: string | null;
  temperature_c: number | null;
  mask: Mask;
  opened: boolean;
  after_ms: number | null;
}
export interface DoorState {
  gate_name: string | null;
  site_name: string | null;
  linked: boolean;
  revoked: boolean;
  whole_at: string | null;
  now: string;
  people: number;
  faces: number;
  waiting: number;
  cameras_live: number;
  cameras: number;
  disk_free_mib: number;
  door_fault: boolean;
  /** Whether clinical readings are taken here, for the site's offset. */
  pairing: boolean;
  latest: Told[];
}

/** Null where this page was not served by a gate. */
export async function doorState(): Promise<DoorState | null> {
  try {
    const answer = await fetch('/local/state', { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(4000) });
    const isJson = answer.headers.get('content-type')?.includes('application/json') ?? false;
    return answer.ok && isJson ? ((await answer.json()) as DoorState) : null;
  } catch {
    return null;
  }
}

/** What a reader that types like a keyboard has typed. */
export async function shownAtDoor(text: string): Promise<boolean> {
  try {
    const body = JSON.stringify({ text });
    return (await fetch('/local/shown', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).ok;
  } catch {
    return false;
  }
}

/** Passages as they happen; `again` asks for the whole state, since some may have been missed. */
export function listenAtDoor(passage: (told: Told) => void, again: () => void): () => void {
  const source = new EventSource('/local/live');
  source.addEventListener('passage', (event) => passage(JSON.parse((event as MessageEvent<string>).data) as Told));
  source.addEventListener('again', again);
  source.addEventListener('open', again);
  return () => source.close();
}

/** Spoken by the box, for a browser that has no voice. */
export const speechAtDoor = async (lang: 'zh-CN' | 'en', text: string): Promise<Blob> => {
  const answer = await fetch('/local/speech', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ lang, text }) });
  if (!answer.ok) throw new Error('this gate has no voice');
  return answer.blob();
};

export interface SiteOffset { by: number; u: number; n: number; slope: { value: number; se: number } | null; scale: number }
export type LearnRefusal = { code: 'too_few'; n: number } | { code: 'scattered'; sd_k: number } | { code: 'too_far_off'; by_k: number } | { code: 'slope_low' | 'slope_high'; slope: { value: number; se: number } };
export interface PairingState {
  is_on: boolean;
  pairs: number;
  pairs_least: number;
  /** From here on a reading is a fever. */
  fever_from_c: number;
  learnt: SiteOffset | null;
  refused: LearnRefusal | null;
  in_use: { offset: SiteOffset; since: string } | null;
  waiting: { no: number; at: string; masked_name: string | null; employee_no: string | null; estimate_c: number; is_paired: boolean }[];
  last_no: number | null;
}
export const PAIR_FAULTS = ['off', 'passage_unknown', 'out_of_range', 'axillary', 'nothing_learnt', 'store'] as const;
export type PairFault = (typeof PAIR_FAULTS)[number];
export type Paired = { ok: true; state: PairingState } | { ok: false; fault: PairFault | 'away' };

/** Pairs of an estimate and a clinical reading: how they stand, or after one of these. */
export async function pairsAtDoor(act: '' | '/undo' | '/adoption' | '/forgetting' = '', reading?: { no: number; clinical_c: number; site: 'oral' | 'tympanic' }): Promise<Paired> {
  const writes = act !== '' || reading !== undefined;
  try {
    const answer = await fetch(`/local/pairs${act}`, { method: writes ? 'POST' : 'GET', ...(reading ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(reading) } : {}) });
    const said: unknown = await answer.json();
    if (answer.ok) return { ok: true, state: said as PairingState };
    return { ok: false, fault: PAIR_FAULTS.find((it) => it === said) ?? 'away' };
  } catch {
    return { ok: false, fault: 'away' };
  }
}
