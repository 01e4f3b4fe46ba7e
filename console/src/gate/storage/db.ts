// A promise around the few IndexedDB calls the gate needs. It knows stores, not what is in them.
const NAME = 'fugong-gate';
const VERSION = 1;

export type StoreName = 'kept' | 'queue' | 'speech';

let opened: Promise<IDBDatabase> | null = null;

export function openGateDb(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('kept');
      request.result.createObjectStore('queue', { keyPath: 'seq', autoIncrement: true }).createIndex('client_key', 'client_key', { unique: true });
      request.result.createObjectStore('speech');
    };
    request.onsuccess = () => {
      // Another tab with a newer page may need the database; the next call opens it again.
      request.result.onversionchange = () => closeGateDb();
      resolve(request.result);
    };
    request.onerror = () => {
      opened = null;
      reject(request.error ?? new Error('IndexedDB did not open'));
    };
  });
  return opened;
}

export function closeGateDb(): void {
  void opened?.then((db) => db.close()).catch(() => undefined);
  opened = null;
}

/** Runs one request in its own transaction; resolves when the transaction is committed, not before. */
export async function run<T>(store: StoreName, mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await openGateDb();
  return new Promise((resolve, reject) => {
    const tx = db.transaction(store, mode);
    const request = ask(tx.objectStore(store));
    tx.oncomplete = () => resolve(request.result);
    // A failed request aborts its transaction; the request knows why.
    tx.onabort = () => reject(request.error ?? tx.error ?? new Error('transaction aborted'));
  });
}
