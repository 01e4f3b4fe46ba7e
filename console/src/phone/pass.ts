// The last pass she was given, so that it opens at a gate without a network. It lies on her own phone and goes with
// signing out.
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { post, type ApiError, type MyPass } from '../api';
import { phoneKey, publicText } from './phoneKey';
import { lastPerson, useMySession } from './session';

export type Pass = NonNullable<MyPass['pass']>;

const PREFIX = 'fugong.m.pass.';
const BOUND = 'fugong.m.bound.';
export const PASS_KEY = ['/me/pass'] as const;

export function loadPass(person: string): Pass | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(`${PREFIX}${person}`) ?? 'null');
    return isPass(stored) ? stored : null;
  } catch {
    return null;
  }
}

/** Keeps what the server said: a pass, or that there is none. An answer that comes after she signed out is not kept. */
export function keepPass(person: string, pass: Pass | null): void {
  if (person !== lastPerson()) return;
  if (pass) localStorage.setItem(`${PREFIX}${person}`, JSON.stringify(pass));
  else localStorage.removeItem(`${PREFIX}${person}`);
}

export function isOver(pass: Pass, now: number): boolean {
  // A time that cannot be read is no time that is still to come.
  return !(now < Date.parse(pass.expires_at));
}

/** Whether she wants it bound to this phone. It goes with signing out, as the key does. */
export function wantsBound(person: string): boolean {
  return localStorage.getItem(`${BOUND}${person}`) !== null;
}

/** Binds it to this phone, sets it free, or takes it over from the phone that it is bound to. */
export async function askPass(person: string, bound: boolean, take: boolean, signal?: AbortSignal): Promise<MyPass> {
  const key = bound ? { key: await publicText(await phoneKey(person)) } : {};
  const answer = await post('/me/pass', { query: { ...key, ...(take ? { take: 'true' as const } : {}) }, signal });
  keepPass(person, answer.pass);
  // Another phone has it: this one does not ask for it again by itself.
  if (answer.why === 'bound_elsewhere' || !bound) localStorage.removeItem(`${BOUND}${person}`);
  else if (answer.pass?.bound) localStorage.setItem(`${BOUND}${person}`, '1');
  return answer;
}

/** Asked like a question, since asking again gives the one at hand: on opening, on coming back to the page or the network. */
export function useAskedPass(person: string): UseQueryResult<MyPass, ApiError> {
  const { state } = useMySession();
  return useQuery<MyPass, ApiError>({
    queryKey: PASS_KEY,
    queryFn: ({ signal }) => askPass(person, wantsBound(person), false, signal),
    enabled: state === 'in',
    refetchOnReconnect: true,
  });
}

function isPass(it: unknown): it is Pass {
  return typeof it === 'object' && it !== null && 'text' in it && typeof it.text === 'string' && 'expires_at' in it && 'sites' in it && Array.isArray(it.sites);
}
