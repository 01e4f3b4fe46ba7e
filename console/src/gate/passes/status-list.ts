// Token Status List (IETF draft): which passes are revoked or suspended. An array of 1, 2, 4 or 8 bits an entry, the lowest
// bits of a byte first, under zlib, signed as a CWT. One that is stale denies nobody and admits nobody.
import type { GatePasses } from '../wire';
import { fromBase64Url } from '../../shared/bytes';
import type { Bytes } from '../../shared/bytes';
import { bytesOf, fromCbor, intOf, mapOf, textOf } from './cbor';
import { openSigned } from './cose';
import { inflate } from './inflate';

export interface StatusList {
  issuer: string;
  uri: string;
  issued_at_s: number;
  /** Exclusive. */
  expires_at_s: number;
  bits: number;
  entries: Bytes;
}

const TYP = 'application/statuslist+cwt';
const ISS = 1;
const SUB = 2;
const EXP = 4;
const IAT = 6;
const STATUS_LIST = 65533;
export const MAX_LIFE_S = 24 * 3600;
const MAX_BYTES = 4 * 1024 * 1024;

/** The list if a trusted key signed it. Whether it is in force is asked with each pass. */
export async function openList(signed: string, trust: GatePasses['trust']): Promise<StatusList | null> {
  const bytes = fromBase64Url(signed);
  const message = bytes && (await openSigned(bytes, trust));
  if (message?.typ !== TYP) return null;
  const claims = mapOf(fromCbor(message.payload));
  const issuer = textOf(claims?.get(ISS));
  const uri = textOf(claims?.get(SUB));
  const issued_at_s = intOf(claims?.get(IAT));
  const expires_at_s = intOf(claims?.get(EXP));
  const packed = packedOf(claims?.get(STATUS_LIST));
  if (issuer !== message.issuer || uri === null || issued_at_s === null || expires_at_s === null || !packed) return null;
  if (MAX_LIFE_S < expires_at_s - issued_at_s) return null;
  const entries = await inflate(packed.lst, MAX_BYTES);
  return entries && { issuer, uri, issued_at_s, expires_at_s, bits: packed.bits, entries };
}

function packedOf(value: unknown): { bits: number; lst: Bytes } | null {
  const map = mapOf(value);
  const bits = intOf(map?.get('bits'));
  const lst = bytesOf(map?.get('lst'));
  return bits !== null && [1, 2, 4, 8].includes(bits) && lst ? { bits, lst } : null;
}

/** What the list says of an entry; null for one that it does not have. */
export function entryOf({ bits, entries }: StatusList, index: number): number | null {
  const each = 8 / bits;
  const byte = entries[Math.floor(index / each)];
  return byte === undefined ? null : (byte >> ((index % each) * bits)) & (0xff >> (8 - bits));
}
