// Makes passes and status lists for the tests, with a throw-away key, as credentials/pass makes them.
import { deflateSync } from 'node:zlib';
import { encode, Tagged } from 'cborg';
import type { GatePasses } from '../wire';
import { fromBase45, toBase45 } from '../../shared/base45';
import { signedBytes, timeBytes } from '../../shared/bound';
import { hex, sha256 } from '../../shared/bytes';
import type { Bytes } from '../../shared/bytes';

export const NOW = new Date('2020-02-24T07:52:00Z');
export const NOW_S = NOW.getTime() / 1000;
export const SITE = '03'.repeat(16);

export interface Issuer {
  iss: string;
  x: string;
  kid: Bytes;
  sign: (payload: Bytes, headers?: [number, unknown][]) => Promise<Bytes>;
}
type Part = [number, unknown][];

export async function newIssuer(iss = 'district'): Promise<Issuer> {
  const { publicKey, privateKey } = (await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify'])) as CryptoKeyPair;
  const x = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  const kid = (await sha256(x)).subarray(0, 8);
  const sign: Issuer['sign'] = async (payload, headers = []) => {
    const head = cbor(new Map<number, unknown>([[1, -8], [4, kid], ...headers]));
    const signed = cbor(['Signature1', head, new Uint8Array(), payload]);
    const signature = new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, privateKey, signed));
    return cbor(new Tagged(18, [head, new Map(), payload, signature]));
  };
  return { iss, x: Buffer.from(x).toString('base64url'), kid, sign };
}

export function cbor(value: unknown): Bytes {
  return new Uint8Array(encode(value));
}

export function claims(...changed: Part): Bytes {
  return cbor(new Map<number, unknown>([
    [1, 'district'], [4, NOW_S + 3600], [6, NOW_S - 60], [7, new Uint8Array(16).fill(1)],
    [65535, { idx: 9, uri: 'list-1' }], [-70001, [new Uint8Array(16).fill(3)]], ...changed,
  ]));
}

/** The text of what is inside: the last steps of issuing. */
export function textOf(cose: Uint8Array, after: Uint8Array = new Uint8Array()): string {
  return `RW1:${toBase45(new Uint8Array(Buffer.concat([deflateSync(cose), after])))}`;
}

export async function passText(by: Issuer, ...changed: Part): Promise<string> {
  return textOf(await by.sign(claims(...changed)));
}

/** The key of a phone, and what the phone shows of a pass at a moment. */
export interface Phone {
  cnf: [number, unknown];
  shows: (pass: string, atS: number) => Promise<string>;
}

export async function newPhone(): Promise<Phone> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  const key = new Map<number, unknown>([[1, 2], [-1, 1], [-2, point.slice(1, 33)], [-3, point.slice(33)]]);
  const shows: Phone['shows'] = async (pass, atS) => {
    const packed = fromBase45(pass.slice('RW1:'.length));
    if (!packed) throw new Error('not a pass');
    const time = timeBytes(atS);
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, await signedBytes(packed, time));
    return `RW2:${toBase45(new Uint8Array([...packed, ...time, ...new Uint8Array(signature)]))}`;
  };
  return { cnf: [8, new Map([[1, key]])], shows };
}

/** A hundred entries of two bits; the ninth is the pass's. */
export async function signedList(by: Issuer, state: number, ...changed: Part): Promise<string> {
  const entries = new Uint8Array(25);
  entries[2] = state << 2;
  const payload = new Map<number, unknown>([
    [1, 'district'], [2, 'list-1'], [4, NOW_S + 600], [6, NOW_S - 600], [65533, { bits: 2, lst: deflateSync(entries) }], ...changed,
  ]);
  return Buffer.from(await by.sign(cbor(payload), [[16, 'application/statuslist+cwt']])).toString('base64url');
}

export async function gatePasses(by: Issuer, part: Partial<GatePasses> = {}): Promise<GatePasses> {
  return {
    next: 'n1', site_id: `site_${SITE}`, area_code: '350104001', trust: [{ iss: by.iss, x: by.x }],
    lists: [{ uri: 'list-1', signed: await signedList(by, 0) }], holders: [await holder()], ...part,
  };
}

export async function holder(part: Partial<GatePasses['holders'][number]> = {}): Promise<GatePasses['holders'][number]> {
  const digest = hex((await sha256(new Uint8Array(16).fill(1))).subarray(0, 16));
  return { digest, employee_no: 'E1001', expires_at: '2020-02-24T08:52:00Z', ...part };
}
