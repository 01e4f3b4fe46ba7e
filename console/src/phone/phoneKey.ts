// The key of this phone, to which a pass can be bound. It cannot be taken out of the browser; it goes with signing out.
import { fromBase45, toBase45 } from '../shared/base45';
import { BOUND, ES256, P256, signedBytes, timeBytes } from '../shared/bound';

const DB = 'fugong.m.key';
const STORE = 'keys';

/** Without TLS a page has no keys; in a private window no place to keep one. */
export function canBind(): boolean {
  return typeof indexedDB !== 'undefined' && typeof crypto !== 'undefined' && 'subtle' in crypto;
}

/** Her key on this phone; made when it is asked for the first time. */
export async function phoneKey(person: string): Promise<CryptoKeyPair> {
  return (await storedKey(person)) ?? made(person);
}

/** `x` and `y`, base64url. */
export async function publicText({ publicKey }: CryptoKeyPair): Promise<string> {
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)).subarray(1);
  return btoa(String.fromCharCode(...point)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** What is shown of a bound pass at this moment: the pass, the time, and this phone's signature over both. */
export async function shownNow(pass: string, { privateKey }: CryptoKeyPair, now: number): Promise<string> {
  const packed = fromBase45(pass.slice('RW1:'.length));
  if (!packed) throw new Error('not a pass');
  const time = timeBytes(Math.floor(now / 1000));
  const signature = new Uint8Array(await crypto.subtle.sign(ES256, privateKey, await signedBytes(packed, time)));
  return `${BOUND}${toBase45(new Uint8Array([...packed, ...time, ...signature]))}`;
}

/** Forgets her key on this phone; another's stays. */
export async function dropKey(person: string): Promise<void> {
  if (!canBind()) return;
  const db = await open();
  try {
    await done(db.transaction(STORE, 'readwrite').objectStore(STORE).delete(person));
  } finally {
    db.close();
  }
}

async function made(person: string): Promise<CryptoKeyPair> {
  const pair = await crypto.subtle.generateKey(P256, false, ['sign', 'verify']);
  const db = await open();
  try {
    await done(db.transaction(STORE, 'readwrite').objectStore(STORE).put(pair, person));
  } finally {
    db.close();
  }
  return pair;
}

/** Her key on this phone, if there is one: the browser may have thrown it away. */
export async function storedKey(person: string): Promise<CryptoKeyPair | undefined> {
  const db = await open();
  try {
    return (await done(db.transaction(STORE).objectStore(STORE).get(person))) as CryptoKeyPair | undefined;
  } finally {
    db.close();
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DB, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE));
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser keeps nothing')));
  });
}
