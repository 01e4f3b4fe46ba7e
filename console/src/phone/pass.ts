// The last pass she was given, so that it opens at a gate without a network. It lies on her own phone and goes with
// signing out.
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { post, type ApiError, type MyPass } from '../api';
import { lastPerson, useMySession } from './session';

export type Pass = NonNullable<MyPass['pass']>;

const PREFIX = 'fugong.m.pass.';

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

/** Asked like a question, since asking again gives the one at hand: on opening, on coming back to the page or the network. */
export function useAskedPass(person: string): UseQueryResult<MyPass, ApiError> {
  const { state } = useMySession();
  return useQuery<MyPass, ApiError>({
    queryKey: ['/me/pass'],
    queryFn: async ({ signal }) => {
      const answer = await post('/me/pass', { signal });
      keepPass(person, answer.pass);
      return answer;
    },
    enabled: state === 'in',
    refetchOnReconnect: true,
  });
}

function isPass(it: unknown): it is Pass {
  return typeof it === 'object' && it !== null && 'text' in it && typeof it.text === 'string' && 'expires_at' in it && 'sites' in it && Array.isArray(it.sites);
}
