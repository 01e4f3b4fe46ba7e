// @vitest-environment node
// The cases of credentials/pass/tests/own.rs, as this gate reads them.
import { deflateSync } from 'node:zlib';
import { Tagged } from 'cborg';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { GatePasses } from '../wire';
import type { Bytes } from '../../shared/bytes';
import { fromCbor } from './cbor';
import { cbor, claims, gatePasses, newIssuer, newPhone, NOW, NOW_S, passText, signedList, textOf } from './testing';
import type { Issuer } from './testing';
import { verify } from './verify';
import type { Verified } from './verify';

let own: Issuer;
let stranger: Issuer;
let passes: GatePasses;
beforeAll(async () => {
  own = await newIssuer();
  stranger = await newIssuer();
  passes = await gatePasses(own);
});

const kindOf = async (text: string, part: Partial<GatePasses> = {}, now = NOW): Promise<Verified['kind']> => (await verify(text, { ...passes, ...part }, now)).kind;
const withList = async (state: number, ...changed: [number, unknown][]) => ({ lists: [{ uri: 'list-1', signed: await signedList(own, state, ...changed) }] });
const id = (byte: number) => new Uint8Array(16).fill(byte);

type Change = [number, unknown];
const CLAIMS: [string, Change[], Verified['kind']][] = [
  ['as it is', [], 'good'],
  ['the last second', [[4, NOW_S + 1]], 'good'],
  ['over', [[4, NOW_S]], 'expired'],
  ['to come', [[6, NOW_S + 1]], 'unverifiable'],
  ['over and to come', [[6, NOW_S + 1], [4, NOW_S]], 'unverifiable'],
  ['elsewhere', [[-70001, [id(4)]]], 'elsewhere'],
  ['here and elsewhere', [[-70001, [id(4), id(3)]]], 'good'],
  ['the street', [[-70001, '350104']], 'good'],
  ['another district', [[-70001, '350105']], 'elsewhere'],
  ['nowhere', [[-70001, []]], 'unverifiable'],
  ['everywhere', [[-70001, '']], 'unverifiable'],
  ['a site id that is none', [[-70001, [id(3), new Uint8Array(15)]]], 'unverifiable'],
  ['not in the list', [[65535, { idx: 100, uri: 'list-1' }]], 'unverifiable'],
  ['in a list we have not', [[65535, { idx: 9, uri: 'list-2' }]], 'unverifiable'],
  ['a negative place in the list', [[65535, { idx: -1, uri: 'list-1' }]], 'unverifiable'],
  ['seven days', [[6, NOW_S - 1], [4, NOW_S - 1 + 604_800]], 'good'],
  ['over seven days', [[6, NOW_S - 1], [4, NOW_S + 604_800]], 'unverifiable'],
  ['another issuer than the key’s', [[1, 'another']], 'unverifiable'],
  ['an id of fifteen bytes', [[7, new Uint8Array(15)]], 'unverifiable'],
  ['a time that is no whole number', [[4, NOW_S + 0.5]], 'unverifiable'],
  ['a time as text', [[4, String(NOW_S + 60)]], 'unverifiable'],
  ['a claim that we do not know', [[99, 'new']], 'good'],
];

describe('a pass is good where and while it says so', () => {
  it.each(CLAIMS)('%s', async (_, changed, kind) => expect(await kindOf(await passText(own, ...changed))).toBe(kind));

  it('says whose it is by a digest alone', async () => {
    expect(await verify(await passText(own), passes, NOW)).toEqual({ kind: 'good', digest: passes.holders[0]?.digest });
  });
  it('tells nothing where the place or the hour is not known', async () => {
    const text = await passText(own);
    expect(await kindOf(text, { site_id: 'site_1' })).toBe('unverifiable');
    expect(await kindOf(text, {}, new Date(Number.NaN))).toBe('unverifiable');
  });
});

describe('only a fresh list of the pass’s own says that it stands', () => {
  it.each([[0, 'good'], [1, 'revoked'], [2, 'revoked'], [3, 'unverifiable']] as const)('%i is %s', async (state, kind) => {
    expect(await kindOf(await passText(own), await withList(state))).toBe(kind);
  });

  // Even one that says "revoked": a list that is not to be relied on denies nobody.
  it.each<[string, Change[]]>([
    ['stale', [[4, NOW_S]]],
    ['from the future', [[6, NOW_S + 1]]],
    ['of another name', [[2, 'list-2']]],
    ['of another issuer', [[1, 'another']]],
    ['for more than a day', [[4, NOW_S + 86_400]]],
    ['of three bits', [[65533, { bits: 3, lst: deflateSync(new Uint8Array(25)) }]]],
    ['not zlib', [[65533, { bits: 2, lst: new Uint8Array(25) }]]],
    ['a bomb', [[65533, { bits: 2, lst: deflateSync(new Uint8Array(4 * 1024 * 1024 + 1)) }]]],
  ])('%s', async (_, changed) => {
    const text = await passText(own);
    for (const state of [0, 1]) expect(await kindOf(text, await withList(state, ...changed))).toBe('unverifiable');
  });

  it('signed by a trusted key, as a list', async () => {
    const text = await passText(own);
    const lists = (signed: string) => ({ lists: [{ uri: 'list-1', signed }] });
    expect(await kindOf(text, { lists: [] })).toBe('unverifiable');
    expect(await kindOf(text, lists(await signedList(stranger, 1)))).toBe('unverifiable');
    expect(await kindOf(text, lists('not base64url!'))).toBe('unverifiable');
    const good = Buffer.from(await signedList(own, 1), 'base64url');
    good.writeUInt8(good.readUInt8(good.length - 1) ^ 1, good.length - 1);
    expect(await kindOf(text, lists(good.toString('base64url')))).toBe('unverifiable');
    const untyped = await own.sign(claims());
    expect(await kindOf(text, lists(Buffer.from(untyped).toString('base64url')))).toBe('unverifiable');
  });

  it('each width holds its entries with the lowest bits first', async () => {
    const packed: [number, number[], number, Verified['kind']][] = [
      [1, [0, 0b10], 9, 'revoked'], [1, [0, 0b01], 9, 'good'], [4, [0, 0, 0, 0, 0x20], 9, 'revoked'], [8, [0, 1], 1, 'revoked'], [8, [0, 1], 0, 'good'],
    ];
    for (const [bits, bytes, idx, kind] of packed) {
      const list = await withList(0, [65533, { bits, lst: deflateSync(new Uint8Array(bytes)) }]);
      expect(await kindOf(await passText(own, [65535, { idx, uri: 'list-1' }]), list), `${bits} bits`).toBe(kind);
    }
  });
});

describe('what cannot be read, or not trusted, is never green and never red', () => {
  const parts = (cose: Bytes) => (fromCbor(cose) as Tagged).value as [Bytes, Map<number, unknown>, Bytes, Bytes];
  const refused = async (cose: Bytes) => expect(await kindOf(textOf(cose))).toBe('unverifiable');

  it('takes a message with the tag and without', async () => {
    expect(await kindOf(textOf(cbor(parts(await own.sign(claims())))))).toBe('good');
    const [head, rest, payload, signature] = parts(await own.sign(claims()));
    await refused(cbor([head, rest, payload]));
    await refused(cbor(new Tagged(18, new Tagged(18, [head, rest, payload, signature]))));
  });
  it('a stranger’s signature, also under our key’s name', async () => {
    await refused(await stranger.sign(claims()));
    await refused(await stranger.sign(claims(), [[4, own.kid]]));
  });
  it('a changed claim or signature', async () => {
    const [head, rest, , signature] = parts(await own.sign(claims()));
    await refused(cbor([head, rest, claims([4, NOW_S + 9999]), signature]));
    await refused(cbor([head, rest, claims(), signature.map((it, i) => (i === 0 ? it ^ 1 : it))]));
    await refused(cbor([head, rest, claims(), signature.subarray(1)]));
  });
  it.each<[string, Change[]]>([
    ['a key id of another key', [[4, new Uint8Array(8)]]],
    ['a key id that is cut', [[4, new Uint8Array(7)]]],
    ['ES256', [[1, -7]]],
    ['no algorithm that is a number', [[1, 'EdDSA']]],
    ['a critical header', [[2, [99]], [99, 1]]],
  ])('%s', async (_, headers) => refused(await own.sign(claims(), headers)));

  it('a key twice in the claims', async () => {
    const once = claims();
    const twice = new Uint8Array([...once, 1, 0x61, 0x78]);
    twice[0] = (once[0] ?? 0) + 1;
    await refused(await own.sign(twice));
  });
  it('an indefinite length, a longer form than needed, text that is not UTF-8, bytes after the end', async () => {
    const once = [...claims()];
    await refused(await own.sign(new Uint8Array([0xbf, ...once.slice(1), 0xff])));
    await refused(await own.sign(new Uint8Array([0xb8, 6, ...once.slice(1)])));
    const text = Buffer.from(claims([99, 'x'])).toString('latin1').replace('ax', 'a\xff');
    await refused(await own.sign(new Uint8Array(Buffer.from(text, 'latin1'))));
    await refused(await own.sign(new Uint8Array([...once, 0])));
    await refused(new Uint8Array([...(await own.sign(claims())), 0]));
  });
  it('a bomb, and arrays without end', async () => {
    await refused(new Uint8Array(64 * 1024 + 1));
    await refused(new Uint8Array(10_000_000));
    await refused(new Uint8Array(64 * 1024).fill(0x81));
  });
  it('a stream that is cut, goes on after its end, or has a wrong sum', async () => {
    const cose = await own.sign(claims());
    const text = textOf(cose);
    expect(await kindOf(text)).toBe('good');
    expect(await kindOf(text.slice(0, -3))).toBe('unverifiable');
    expect(await kindOf(textOf(cose, new Uint8Array([0])))).toBe('unverifiable');
    expect(await kindOf(textOf(cose, deflateSync(cose)))).toBe('unverifiable');
  });
  it.each(['', 'RW1:', 'rw1:BB8', 'HC1:BB8', 'RW1:NCF7', 'RW1:GGW', 'RW1:a', 'RW1:中', `RW1:${'0'.repeat(8190)}`])('%j', async (text) => expect(await kindOf(text)).toBe('unverifiable'));

  it('a browser that cannot verify', async () => {
    const text = await passText(own, [4, NOW_S]);
    const lacking = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('no Ed25519', 'NotSupportedError'));
    expect(await kindOf(text)).toBe('unverifiable');
    lacking.mockRestore();
    expect(await kindOf(text)).toBe('expired');
  });
});

describe('a bound pass is good in the hand of its phone and for a moment', () => {
  it.each([
    ['now', 0, 'good'], ['five minutes ago', -300, 'good'], ['a photograph', -301, 'unverifiable'],
    ['a clock that is fast', 60, 'good'], ['a clock that is wrong', 61, 'unverifiable'],
  ] as const)('%s', async (_, seconds, kind) => {
    const phone = await newPhone();
    expect(await kindOf(await phone.shows(await passText(own, phone.cnf), NOW_S + seconds))).toBe(kind);
  });

  it('takes it from no other phone, not without its proof, and no proof for one that is free', async () => {
    const [phone, other] = [await newPhone(), await newPhone()];
    const pass = await passText(own, phone.cnf);
    expect(await kindOf(await other.shows(pass, NOW_S))).toBe('unverifiable');
    expect(await kindOf(pass)).toBe('unverifiable');
    expect(await kindOf(await phone.shows(await passText(own), NOW_S))).toBe('unverifiable');
    expect(await kindOf(await passText(own, [8, 'me']))).toBe('unverifiable');
    expect(await kindOf('RW2:')).toBe('unverifiable');
  });

  it('is revoked like any other', async () => {
    const phone = await newPhone();
    const text = await phone.shows(await passText(own, phone.cnf), NOW_S);
    expect(await kindOf(text, await withList(1))).toBe('revoked');
  });
});
