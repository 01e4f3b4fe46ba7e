// Photographs on their way: kept in the browser until the server has them, each under an id of its own, so that one that is
// sent again is there once.
import { uuid } from '../../shared/uuid';

export interface StoredPhoto { id: string; inspection: string; item: string; taken_at: string; position: PhonePosition | null; bytes: ArrayBuffer; sent: boolean }
export interface PhonePosition { lon_deg: number; lat_deg: number; accuracy_m: number }

const NAME = 'fugong.inspections';
const STORE = 'photos';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: 'id' }).createIndex('inspection', 'inspection');
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('no store'));
  });
}

async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const asked = work(db.transaction(STORE, mode).objectStore(STORE));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error ?? new Error('no store'));
    });
  } finally {
    db.close();
  }
}

export function photosOf(inspection: string): Promise<StoredPhoto[]> {
  return run('readonly', (store) => store.index('inspection').getAll(inspection) as IDBRequest<StoredPhoto[]>);
}

export async function keepPhoto(photo: Omit<StoredPhoto, 'id' | 'sent'>): Promise<StoredPhoto> {
  const kept = { ...photo, id: `ipho_${uuid().replaceAll('-', '')}`, sent: false };
  await run('readwrite', (store) => store.put(kept));
  return kept;
}

export async function markSent(photo: StoredPhoto): Promise<void> {
  await run('readwrite', (store) => store.put({ ...photo, sent: true }));
}

export async function dropPhoto(id: string): Promise<void> {
  await run('readwrite', (store) => store.delete(id));
}

export async function forgetPhotos(inspection: string): Promise<void> {
  for (const it of await photosOf(inspection)) await dropPhoto(it.id);
}
