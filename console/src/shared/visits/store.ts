// What an officer takes along and writes, kept in the browser until the server has it. Everything belongs to the account that
// kept it: who signs in on the same phone afterwards does not see it.
import type { InspectionReport } from '../../api';
import { uuid } from '../uuid';
import { newDraft, slim, type ReportDraft, type VisitFile } from './model';

export interface PhonePosition { lon_deg: number; lat_deg: number; accuracy_m: number }
export interface StoredPhoto {
  id: string; account: string; inspection: string; item: string; checklist_version: number; taken_at: string; position: PhonePosition | null; bytes: ArrayBuffer;
  sent: boolean;
  /** Why the server did not take it; it then lies here until its owner removes it. */
  refused: string | null;
}
export interface Refusal { code: string; status: number; params: Record<string, string> }
/** What became of a report that arrived. */
export interface Done { state: 'passed' | 'failed' | null; moved_to: string | null; already: boolean; digest: string | null; at: string }
export interface KeptReport {
  account: string; inspection: string;
  /** As it was when the visit began: it can be finished whatever happens to it meanwhile. */
  file: VisitFile;
  draft: ReportDraft;
  /** The same until the server has said something to it, so that it is there once. */
  key: string;
  /** What was signed, exactly as it will be sent, however often. */
  waiting: InspectionReport | null;
  refused: Refusal | null;
  done: Done | null;
  touched_at: string;
}

const NAME = 'fugong.visits';
type StoreName = 'photos' | 'reports' | 'rounds';

let opened: Promise<IDBDatabase> | null = null;

/** Opened once: what is typed is then on its way in the same moment, also when the page is killed in the next. */
function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      const photos = asked.result.createObjectStore('photos', { keyPath: 'id' });
      photos.createIndex('visit', ['account', 'inspection']);
      photos.createIndex('account', 'account');
      asked.result.createObjectStore('reports', { keyPath: ['account', 'inspection'] }).createIndex('account', 'account');
      asked.result.createObjectStore('rounds', { keyPath: 'account' });
    };
    asked.onsuccess = () => {
      // Another tab with a newer page may need it, or the browser may have closed it: the next call opens it again.
      asked.result.onversionchange = closeVisits;
      asked.result.onclose = closeVisits;
      resolve(asked.result);
    };
    asked.onerror = () => {
      opened = null;
      reject(asked.error ?? new Error('this browser keeps nothing'));
    };
  });
  return opened;
}

export function closeVisits(): void {
  void opened?.then((db) => db.close()).catch(() => undefined);
  opened = null;
}

/** One request in a transaction of its own; there when the transaction is. */
async function run<T>(name: StoreName, mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  return new Promise<T>((resolve, reject) => {
    const tx = db.transaction(name, mode);
    const asked = work(tx.objectStore(name));
    tx.oncomplete = () => resolve(asked.result);
    tx.onabort = () => reject(asked.error ?? tx.error ?? new Error('this browser keeps nothing'));
    // Not only once the page has heard of it.
    if (mode === 'readwrite') tx.commit();
  });
}

const listeners = new Set<() => void>();
const elsewhere = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME);
elsewhere?.addEventListener('message', () => listeners.forEach((tell) => tell()));
// A test runner is not kept waiting by it; a browser has no such method.
(elsewhere as unknown as { unref?: () => void } | null)?.unref?.();

/** Called when something was sent, refused, taken or removed, here or in another tab. */
export function onVisits(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Tells those who list visits. */
export function changed(): void {
  listeners.forEach((tell) => tell());
  elsewhere?.postMessage('changed');
}

export function photosOf(account: string, inspection: string): Promise<StoredPhoto[]> {
  return run('photos', 'readonly', (store) => store.index('visit').getAll([account, inspection]) as IDBRequest<StoredPhoto[]>).then((all) => all.toSorted((a, b) => a.taken_at.localeCompare(b.taken_at)));
}

export async function keepPhoto(photo: Omit<StoredPhoto, 'id' | 'sent' | 'refused'>): Promise<StoredPhoto> {
  const kept = { ...photo, id: `ipho_${uuid().replaceAll('-', '')}`, sent: false, refused: null };
  await run('photos', 'readwrite', (store) => store.put(kept));
  changed();
  return kept;
}

export async function putPhoto(photo: StoredPhoto): Promise<void> {
  await run('photos', 'readwrite', (store) => store.put(photo));
  changed();
}

export async function dropPhoto(id: string): Promise<void> {
  await run('photos', 'readwrite', (store) => store.delete(id));
  changed();
}

export function newReport(account: string, file: VisitFile): KeptReport {
  const now = new Date().toISOString();
  return { account, inspection: file.inspection.id, file: slim(file), draft: newDraft(now), key: uuid(), waiting: null, refused: null, done: null, touched_at: now };
}

export function reportOf(account: string, inspection: string): Promise<KeptReport | undefined> {
  return run('reports', 'readonly', (store) => store.get([account, inspection]) as IDBRequest<KeptReport | undefined>);
}

/** Oldest first. */
export function reportsOf(account: string): Promise<KeptReport[]> {
  return run('reports', 'readonly', (store) => store.index('account').getAll(account) as IDBRequest<KeptReport[]>).then((all) => all.toSorted((a, b) => a.touched_at.localeCompare(b.touched_at)));
}

/** As it is typed; who lists visits is not told of every word. */
export async function typeReport(report: KeptReport): Promise<void> {
  await run('reports', 'readwrite', (store) => store.put(report));
}

export async function putReport(report: KeptReport): Promise<void> {
  await typeReport(report);
  changed();
}

/** Nothing of a visit stays on the phone. */
export async function forgetVisit(account: string, inspection: string): Promise<void> {
  for (const it of await photosOf(account, inspection)) await run('photos', 'readwrite', (store) => store.delete(it.id));
  await run('reports', 'readwrite', (store) => store.delete([account, inspection]));
  changed();
}

export function readRound<T extends { account: string }>(account: string): Promise<T | undefined> {
  return run('rounds', 'readonly', (store) => store.get(account) as IDBRequest<T | undefined>);
}

export async function putRound<T extends { account: string; at: string }>(round: T): Promise<void> {
  await run('rounds', 'readwrite', (store) => store.put(round));
}

export async function dropRound(account: string): Promise<void> {
  await run('rounds', 'readwrite', (store) => store.delete(account));
}

const ROUND_DAYS = 7;
const DONE_DAYS = 1;
const UNSENT_DAYS = 30;

/** What nobody will come back for goes: whosever it is. */
export async function tidyVisits(now: number = Date.now()): Promise<void> {
  const before = (days: number) => new Date(now - days * 86_400_000).toISOString();
  const rounds = await run('rounds', 'readonly', (store) => store.getAll() as IDBRequest<{ account: string; at: string }[]>);
  for (const it of rounds) if (it.at < before(ROUND_DAYS)) await dropRound(it.account);
  const reports = await run('reports', 'readonly', (store) => store.getAll() as IDBRequest<KeptReport[]>);
  for (const it of reports) {
    const over = it.done !== null && it.done.at < before(DONE_DAYS) && (await photosOf(it.account, it.inspection)).every((photo) => photo.sent);
    if (over || it.touched_at < before(UNSENT_DAYS)) await forgetVisit(it.account, it.inspection);
  }
}

/** How many photographs of an account are on their way. */
export async function photosWaiting(account: string): Promise<number> {
  const photos = await run('photos', 'readonly', (store) => store.index('account').getAll(account) as IDBRequest<StoredPhoto[]>);
  return photos.filter((it) => !it.sent && it.refused === null).length;
}

/** How many visits lie here that the server does not have yet, whosever they are. */
export async function unsentOnPhone(): Promise<number> {
  const reports = await run('reports', 'readonly', (store) => store.getAll() as IDBRequest<KeptReport[]>);
  return reports.filter((it) => it.done === null).length;
}

/** Signing out: what the server has, or can tell again, goes; with `all`, what was never sent as well. */
export async function forgetAccount(account: string, all: boolean): Promise<void> {
  await dropRound(account);
  for (const it of await reportsOf(account)) if (all || it.done !== null) await forgetVisit(account, it.inspection);
}
