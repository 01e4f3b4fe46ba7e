// What she said while the server could not be reached. Each thing keeps its key until the server has it, so that it
// arrives exactly once, whichever tab sends it and however often. It lies on her own phone and goes with signing out.
import { useSyncExternalStore } from 'react';
import { ApiError, get, post, type DeclarationNew, type MySession } from '../api';
import { uuid } from '../shared/uuid';

export type Sent =
  | { kind: 'declaration'; body: DeclarationNew }
  | { kind: 'temperature'; body: { at: string; temperature_c: number } };
export type Waiting = Sent & {
  key: string;
  /** Why the server did not take it; it then waits for her. */
  refused: { code: string; field: string | null; params: Record<string, string> } | null;
};

const PREFIX = 'fugong.m.outbox.';
const listeners = new Set<() => void>();
let cached: { text: string | null; items: Waiting[] } = { text: null, items: [] };

const keyOf = (person: string) => `${PREFIX}${person}`;

export function readOutbox(person: string): Waiting[] {
  const text = localStorage.getItem(keyOf(person));
  if (text !== cached.text) cached = { text, items: parse(text) };
  return cached.items;
}

function parse(text: string | null): Waiting[] {
  try {
    const items: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(items) ? (items as Waiting[]) : [];
  } catch {
    return [];
  }
}

function write(person: string, items: Waiting[]): void {
  if (items.length === 0) localStorage.removeItem(keyOf(person));
  else localStorage.setItem(keyOf(person), JSON.stringify(items));
  listeners.forEach((tell) => tell());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

export function useOutbox(person: string): Waiting[] {
  return useSyncExternalStore(subscribe, () => readOutbox(person));
}

/** Puts something in; `key` is that of the draft it came from, so that a second tab puts in the same thing. */
export function putOut(person: string, sent: Sent, key: string = uuid()): void {
  const others = readOutbox(person).filter((it) => it.key !== key);
  write(person, [...others, { ...sent, key, refused: null }]);
}

export function takeBack(person: string, key: string): void {
  write(person, readOutbox(person).filter((it) => it.key !== key));
}

export function emptyOutbox(person: string): void {
  write(person, []);
}

let flushing: Promise<boolean> | null = null;

/** Sends what waits, in order; true when something arrived. A half-way stop loses nothing: the rest waits on. */
export function flush(session: Pick<MySession, 'person_id'>): Promise<boolean> {
  flushing ??= sendAll(session.person_id).finally(() => { flushing = null; });
  return flushing;
}

async function sendAll(person: string): Promise<boolean> {
  let arrived = false;
  // Another may have signed in, or nobody be: what waits is hers and leaves in her session only.
  if (!(await isHers(person))) return false;
  for (const it of readOutbox(person)) {
    if (it.refused) continue;
    try {
      await sendOne(it, person);
      takeBack(person, it.key);
      arrived = true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.isUncertain || error.status === 401 || error.code === 'csrf' || error.code === 'state' || error.status === 429 || error.status >= 500) return arrived;
      const refused = { code: error.code, field: error.field, params: error.params };
      write(person, readOutbox(person).map((other) => (other.key === it.key ? { ...other, refused } : other)));
    }
  }
  return arrived;
}

async function isHers(person: string): Promise<boolean> {
  try {
    return (await get('/me/session')).person_id === person;
  } catch {
    return false;
  }
}

function sendOne(it: Waiting, person: string): Promise<unknown> {
  return it.kind === 'declaration'
    ? post('/me/declarations', { body: { ...it.body, person_id: person }, idempotencyKey: it.key })
    : post('/me/temperatures', { body: { ...it.body, person_id: person }, idempotencyKey: it.key });
}
