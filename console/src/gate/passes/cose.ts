// COSE_Sign1 (RFC 9052) with Ed25519, signed by somebody the gate trusts. It does not know what was signed.
import { encode, Tagged } from 'cborg';
import type { GatePasses } from '../wire';
import { fromBase64Url, hex, sha256 } from '../../shared/bytes';
import type { Bytes } from '../../shared/bytes';
import { bytesOf, fromCbor, mapOf, textOf } from './cbor';

export interface Signed {
  /** Whose key it was. */
  issuer: string;
  typ: string | null;
  payload: Bytes;
}
interface Message {
  protected: Bytes;
  kid: string;
  typ: string | null;
  payload: Bytes;
  signature: Bytes;
}

const ALG = 1;
const CRIT = 2;
const KID = 4;
const TYP = 16;
const EDDSA = -8;
const KEY_ID_BYTES = 8;
const KEY_BYTES = 32;
const ED25519 = { name: 'Ed25519' };

/** The message if a trusted key signed it; null for every other, and where the browser has no Ed25519 an error. */
export async function openSigned(bytes: Bytes, trust: GatePasses['trust']): Promise<Signed | null> {
  const message = parse(bytes);
  const signer = message && (await signerOf(message.kid, trust));
  if (!message || !signer) return null;
  const key = await publicKey(signer.x);
  const signed = new Uint8Array(encode(['Signature1', message.protected, new Uint8Array(), message.payload]));
  const isTrue = await crypto.subtle.verify(ED25519, key, message.signature, signed);
  return isTrue ? { issuer: signer.iss, typ: message.typ, payload: message.payload } : null;
}

/** Whether this browser can verify at all. Without TLS there is no `crypto.subtle`, in an older one no Ed25519. */
export async function canVerify(): Promise<boolean> {
  // The base point of the curve: a key that every implementation takes.
  const point = new Uint8Array(KEY_BYTES).fill(0x66);
  point[0] = 0x58;
  return publicKey(point).then(() => true, () => false);
}

async function publicKey(x: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', x, ED25519, false, ['verify']);
}

/** Our issuer writes all it says into the protected header, and nothing critical. */
function parse(bytes: Bytes): Message | null {
  const value = fromCbor(bytes);
  const parts = value instanceof Tagged ? (value.value as unknown) : value;
  if (!Array.isArray(parts) || parts.length !== 4) return null;
  const [head, payload, signature] = [parts[0], parts[2], parts[3]].map(bytesOf);
  const unprotected = mapOf(parts[1]);
  const headers = head ? mapOf(fromCbor(head)) : null;
  if (!head || !payload || !signature || !headers || !unprotected) return null;
  if (headers.get(ALG) !== EDDSA || headers.has(CRIT) || unprotected.has(CRIT)) return null;
  const kid = bytesOf(headers.get(KID));
  if (kid?.length !== KEY_ID_BYTES) return null;
  return { protected: head, kid: hex(kid), typ: textOf(headers.get(TYP)), payload, signature };
}

async function signerOf(kid: string, trust: GatePasses['trust']): Promise<{ iss: string; x: Bytes } | null> {
  for (const { iss, x } of trust) {
    const key = fromBase64Url(x);
    if (key?.length === KEY_BYTES && hex((await sha256(key)).subarray(0, KEY_ID_BYTES)) === kid) return { iss, x: key };
  }
  return null;
}
