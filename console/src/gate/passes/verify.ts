// Verifies our own pass at a gate, off line, as credentials/pass does on the server: the same stages in the same order.
// "Cannot tell" is never green and never red: whatever goes wrong here is `unverifiable`.
import type { GatePasses } from '../wire';
import { fromBase45 } from '../../shared/base45';
import { BOUND } from '../../shared/bound';
import { isProved, proofOf } from './bound';
import type { Proof } from './bound';
import { hex, sha256 } from '../../shared/bytes';
import { claimsOf } from './claims';
import type { Claims } from './claims';
import { openSigned } from './cose';
import { inflate } from './inflate';
import { entryOf, openList } from './status-list';

/** `digest` leads to the holder; a pass that is not this gate's business leads nowhere. */
export type Verified = { kind: 'good' | 'revoked'; digest: string } | { kind: 'expired' | 'elsewhere' | 'unverifiable' };
export type Against = Pick<GatePasses, 'trust' | 'lists' | 'site_id' | 'area_code'>;

const PREFIX = 'RW1:';
const MAX_TEXT_CHARS = 8 * 1024;
const MAX_INFLATED_BYTES = 64 * 1024;
const DIGEST_BYTES = 16;
const REVOKED = [1, 2];

export async function verify(text: string, against: Against, now: Date): Promise<Verified> {
  try {
    return await verified(text, against, Math.floor(now.getTime() / 1000));
  } catch {
    return { kind: 'unverifiable' };
  }
}

async function verified(text: string, against: Against, nowS: number): Promise<Verified> {
  const proof = text.startsWith(BOUND) ? proofOf(text) : null;
  const claims = await open(text, proof, against);
  // Also when the clock cannot be read.
  if (!claims || !(claims.issued_at_s <= nowS)) return { kind: 'unverifiable' };
  if (claims.expires_at_s <= nowS) return { kind: 'expired' };
  const isHere = holds(claims, against);
  if (isHere === null) return { kind: 'unverifiable' };
  if (!isHere) return { kind: 'elsewhere' };
  if (!(await isShownBy(claims, proof, nowS))) return { kind: 'unverifiable' };
  const state = await stateOf(claims, against, nowS);
  if (state !== 0 && !REVOKED.includes(state ?? -1)) return { kind: 'unverifiable' };
  const digest = hex((await sha256(claims.pass_id)).subarray(0, DIGEST_BYTES));
  return { kind: state === 0 ? 'good' : 'revoked', digest };
}

/** What it claims, if it is signed by whom it names; neither its time nor its state is looked at. */
async function open(text: string, proof: Proof | null, { trust }: Against): Promise<Claims | null> {
  if (MAX_TEXT_CHARS < text.length || !(proof ?? text.startsWith(PREFIX))) return null;
  const packed = proof?.packed ?? fromBase45(text.slice(PREFIX.length));
  const cose = packed && (await inflate(packed, MAX_INFLATED_BYTES));
  const message = cose && (await openSigned(cose, trust));
  const claims = message && claimsOf(message.payload);
  return claims?.issuer === message?.issuer ? claims : null;
}

/** One that is bound to a phone is good only as that phone shows it now; one that is not comes without a proof. */
async function isShownBy({ holder_key }: Claims, proof: Proof | null, nowS: number): Promise<boolean> {
  return holder_key && proof ? isProved(proof, holder_key, nowS) : !holder_key && !proof;
}

function holds({ scope }: Claims, { site_id, area_code }: Against): boolean | null {
  if (scope.kind === 'area') return area_code.startsWith(scope.prefix);
  const [, site] = /_([0-9a-f]{32})$/.exec(site_id) ?? [];
  return site === undefined ? null : scope.sites.includes(site);
}

async function stateOf({ issuer, status }: Claims, { lists, trust }: Against, nowS: number): Promise<number | null> {
  const named = lists.find((it) => it.uri === status.uri);
  const list = named ? await openList(named.signed, trust) : null;
  if (!list || list.issuer !== issuer || list.uri !== status.uri) return null;
  if (nowS < list.issued_at_s || list.expires_at_s <= nowS) return null;
  return entryOf(list, status.index);
}
