// What our own pass claims: a CWT (RFC 8392) that names no one. It does not know the signature.
import { holderKeyOf } from './bound';
import { hex } from '../../shared/bytes';
import type { Bytes } from '../../shared/bytes';
import { bytesOf, fromCbor, intOf, mapOf, textOf } from './cbor';

export interface Claims {
  issuer: string;
  issued_at_s: number;
  /** Exclusive. */
  expires_at_s: number;
  pass_id: Bytes;
  status: { index: number; uri: string };
  scope: Scope;
  /** The phone it is bound to, if it is bound to one: `x` and `y`. */
  holder_key: Bytes | null;
}
/** Site ids in hexadecimal, or the beginning of an area code. */
export type Scope = { kind: 'sites'; sites: string[] } | { kind: 'area'; prefix: string };

const ISS = 1;
const EXP = 4;
const IAT = 6;
const CTI = 7;
const CNF = 8;
const STATUS = 65535;
const SCOPE = -70001;
/** A copied code is worth no more than that. */
const MAX_LIFE_S = 7 * 24 * 3600;
const ID_BYTES = 16;
const MAX_INDEX = 0xffff_ffff;

/** Claims that we do not know are left alone. */
export function claimsOf(payload: Bytes): Claims | null {
  const claims = mapOf(fromCbor(payload));
  const issuer = textOf(claims?.get(ISS));
  const issued_at_s = intOf(claims?.get(IAT));
  const expires_at_s = intOf(claims?.get(EXP));
  const pass_id = idOf(claims?.get(CTI));
  const status = statusOf(claims?.get(STATUS));
  const scope = scopeOf(claims?.get(SCOPE));
  if (issuer === null || issued_at_s === null || expires_at_s === null || !pass_id || !status || !scope) return null;
  if (MAX_LIFE_S < expires_at_s - issued_at_s) return null;
  const holder_key = holderKeyOf(claims?.get(CNF));
  if (claims?.has(CNF) && !holder_key) return null;
  return { issuer, issued_at_s, expires_at_s, pass_id, status, scope, holder_key };
}

function idOf(value: unknown): Bytes | null {
  const bytes = bytesOf(value);
  return bytes?.length === ID_BYTES ? bytes : null;
}

function statusOf(value: unknown): Claims['status'] | null {
  const status = mapOf(value);
  const index = intOf(status?.get('idx'));
  const uri = textOf(status?.get('uri'));
  if (index === null || uri === null || index < 0 || MAX_INDEX < index) return null;
  return { index, uri };
}

function scopeOf(value: unknown): Scope | null {
  if (typeof value === 'string' && value !== '') return { kind: 'area', prefix: value };
  if (!Array.isArray(value) || value.length === 0) return null;
  const sites = value.map(idOf).filter((it) => it !== null);
  return sites.length === value.length ? { kind: 'sites', sites: sites.map(hex) } : null;
}
