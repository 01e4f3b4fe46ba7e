// A pass that is bound to the key of one phone, as credentials/pass reads it: what is inside of `RW1`, the time in four
// bytes, and the phone's signature. Not responsible for what the pass claims.
import { fromBase45 } from '../../shared/base45';
import { BOUND, ES256, P256, SIGNATURE_BYTES, signedBytes, TIME_BYTES } from '../../shared/bound';
import type { Bytes } from '../../shared/bytes';
import { bytesOf, intOf, mapOf } from './cbor';

/** Time to hold it to a camera, to be measured before the entry is sent, and a clock that is slow. */
const OLD_S = 300;
const AHEAD_S = 60;
const COORDINATE_BYTES = 32;
const UNCOMPRESSED = 4;

export interface Proof {
  /** What is inside of `RW1`: zlib. */
  packed: Bytes;
  time: Bytes;
  signature: Bytes;
}

/** A text that begins with `RW2:`, taken apart. */
export function proofOf(text: string): Proof | null {
  const bytes = fromBase45(text.slice(BOUND.length));
  const end = (bytes?.length ?? 0) - SIGNATURE_BYTES;
  if (!bytes || end - TIME_BYTES < 0) return null;
  return { packed: bytes.slice(0, end - TIME_BYTES), time: bytes.slice(end - TIME_BYTES, end), signature: bytes.slice(end) };
}

/** Whether the phone with this key shows it now. */
export async function isProved({ packed, time, signature }: Proof, holderKey: Bytes, nowS: number): Promise<boolean> {
  const shownS = new DataView(time.buffer, time.byteOffset).getUint32(0);
  if (shownS < nowS - OLD_S || nowS + AHEAD_S < shownS) return false;
  const point = new Uint8Array([UNCOMPRESSED, ...holderKey]);
  const key = await crypto.subtle.importKey('raw', point, P256, false, ['verify']);
  return crypto.subtle.verify(ES256, key, signature, await signedBytes(packed, time));
}

/** `cnf` (RFC 8747) with a COSE_Key on P-256: `x` and `y`; null for one that nobody could prove. */
export function holderKeyOf(cnf: unknown): Bytes | null {
  const key = mapOf(mapOf(cnf)?.get(1));
  const [x, y] = [key?.get(-2), key?.get(-3)].map(bytesOf);
  if (intOf(key?.get(1)) !== 2 || intOf(key?.get(-1)) !== 1) return null;
  if (x?.length !== COORDINATE_BYTES || y?.length !== COORDINATE_BYTES) return null;
  return new Uint8Array([...x, ...y]);
}
