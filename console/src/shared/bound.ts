// What stands in a pass that is bound to a phone (`RW2`), beside the pass: the phone's time and its signature. The phone
// writes it, the gate reads it; credentials/pass says the same in Rust.
import { sha256, type Bytes } from './bytes';

export const BOUND = 'RW2:';
export const TIME_BYTES = 4;
export const SIGNATURE_BYTES = 64;
export const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
export const ES256 = { name: 'ECDSA', hash: 'SHA-256' };

/** Seconds since 1970, the highest byte first. */
export function timeBytes(seconds: number): Bytes {
  const bytes = new Uint8Array(TIME_BYTES);
  new DataView(bytes.buffer).setUint32(0, seconds);
  return bytes;
}

/** What the phone signs: of what is inside of `RW1`, packed, and of the time. */
export async function signedBytes(packed: Bytes, time: Bytes): Promise<Bytes> {
  return new Uint8Array([...new TextEncoder().encode('RW2'), ...(await sha256(packed)), ...time]);
}
