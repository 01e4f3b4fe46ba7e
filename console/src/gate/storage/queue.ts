// Manual entries on their way to the server: kept until the server has answered each, sent in order, one at a time.
// An entry's client_key is its Idempotency-Key, so that sending one again after a lost answer stores it once.
import { run } from './db';
import type { ManualEntry, RosterEntry, ScreeningView } from '../wire';

export interface QueueItem {
  seq: number;
  client_key: string;
  gate_id: string;
  entry: ManualEntry;
  /** A first try ended without an answer: the server may already hold this key with the live form of the entry. */
  answer_lost: boolean;
  state: 'waiting' | 'parked';
  refused_with: string | null;
  /** Masked, to name the row in the list of parked entries. */
  masked_name: RosterEntry['masked_name'] | null;
}
export type NewQueueItem = Omit<QueueItem, 'seq' | 'state' | 'refused_with' | 'client_key'>;

export type SendResult =
  | { kind: 'stored'; view: ScreeningView | null }
  | { kind: 'refused'; code: string }
  | { kind: 'not_now'; retryAfterS: number | null }
  | { kind: 'signed_out' };
export type Send = (item: QueueItem) => Promise<SendResult>;

export interface FlushReport {
  stopped: 'empty' | 'not_now' | 'signed_out';
  retryAfterS: number | null;
}
export interface QueueEvents {
  onStored: (item: QueueItem, view: ScreeningView | null) => void;
  onParked: (item: QueueItem) => void;
}

export async function listQueue(): Promise<QueueItem[]> {
  return run('queue', 'readonly', (store) => store.getAll() as IDBRequest<QueueItem[]>);
}

export async function enqueue(item: NewQueueItem): Promise<void> {
  const row: Omit<QueueItem, 'seq'> = { ...item, client_key: item.entry.client_key, state: 'waiting', refused_with: null };
  try {
    await run('queue', 'readwrite', (store) => store.add(row));
  } catch (error) {
    // The unique index says it is already here; a second tap changes nothing.
    if (!isConstraintError(error)) throw error;
  }
}

function isConstraintError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'ConstraintError';
}

export async function forget(seq: number): Promise<void> {
  await run('queue', 'readwrite', (store) => store.delete(seq));
}

/** Puts a parked entry back in line, after its cause was removed (say, the guard's rights). */
export async function retryParked(item: QueueItem): Promise<void> {
  await run('queue', 'readwrite', (store) => store.put({ ...item, state: 'waiting', refused_with: null }));
}

let running: Promise<FlushReport> | null = null;

/** Sends what waits, oldest first. A second call while one runs joins it. */
export function flushQueue(send: Send, events: QueueEvents): Promise<FlushReport> {
  running ??= exclusively(() => drain(send, events)).finally(() => {
    running = null;
  });
  return running;
}

async function drain(send: Send, events: QueueEvents): Promise<FlushReport> {
  for (;;) {
    const item = (await listQueue()).find((it) => it.state === 'waiting');
    if (!item) return { stopped: 'empty', retryAfterS: null };
    const result = await send(item);
    switch (result.kind) {
      case 'stored':
        await forget(item.seq);
        events.onStored(item, result.view);
        break;
      case 'refused': {
        const alreadyThere = result.code === 'idempotency_key_reused' && item.answer_lost;
        if (alreadyThere) {
          await forget(item.seq);
          events.onStored(item, null);
          break;
        }
        const parked: QueueItem = { ...item, state: 'parked', refused_with: result.code };
        await run('queue', 'readwrite', (store) => store.put(parked));
        events.onParked(parked);
        break;
      }
      case 'not_now':
        return { stopped: 'not_now', retryAfterS: result.retryAfterS };
      case 'signed_out':
        return { stopped: 'signed_out', retryAfterS: null };
    }
  }
}

/** Two tabs of one tablet share the queue; the browser's lock keeps their order one. */
async function exclusively(work: () => Promise<FlushReport>): Promise<FlushReport> {
  const locks: LockManager | undefined = typeof navigator === 'undefined' ? undefined : navigator.locks;
  return locks ? locks.request('fugong-gate-queue', work) : work();
}
