import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { get, isApiError, onSessionLost, type MySession } from '../api';
import { dropKey } from './phoneKey';

interface Signed {
  /** `away`: signed in as far as is known, but the server cannot be asked. */
  state: 'asking' | 'in' | 'out' | 'away';
  session: MySession | null;
  /** Why she is out, when she did not sign out herself. */
  ended: boolean;
  opened: (session: MySession) => void;
  closed: () => void;
  again: () => void;
}

const PERSON = 'fugong.m.person';
const ASK_WAIT_MS = 4000;
/** Whose phone this is, for what waits while nobody can be asked; an id and nothing else. */
export function lastPerson(): string {
  return localStorage.getItem(PERSON) ?? '';
}

/** Nothing of hers stays on a phone that she signs out of; what waits of somebody else does. */
function forget(): void {
  const person = lastPerson();
  void dropKey(person).catch(() => null);
  for (const key of Object.keys(localStorage)) if (key === PERSON || (key.startsWith('fugong.m.') && key.endsWith(person))) localStorage.removeItem(key);
}

const Context = createContext<Signed | null>(null);

export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<Signed['state']>('asking');
  const [session, setSession] = useState<MySession | null>(null);
  const [ended, setEnded] = useState(false);

  const ask = useCallback(() => {
    get('/me/session').then(
      (it) => {
        localStorage.setItem(PERSON, it.person_id);
        setSession(it);
        setState('in');
      },
      (error: unknown) => setState(isApiError(error) && error.status === 401 ? 'out' : 'away'),
    );
  }, []);
  useEffect(ask, [ask]);
  useEffect(() => {
    // A half-dead line must not keep her from what lies on her phone; the answer still counts when it comes.
    const timer = setTimeout(() => setState((it) => (it === 'asking' && lastPerson() !== '' ? 'away' : it)), ASK_WAIT_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    window.addEventListener('online', ask);
    return () => window.removeEventListener('online', ask);
  }, [ask]);

  const leave = useCallback((wasEnded: boolean) => {
    client.clear();
    setSession(null);
    setEnded(wasEnded);
    setState('out');
  }, [client]);
  useEffect(() => onSessionLost((whose) => { if (whose === 'worker') leave(true); }), [leave]);

  const value = useMemo<Signed>(() => ({
    state, session, ended, again: ask,
    opened: (it) => {
      localStorage.setItem(PERSON, it.person_id);
      client.clear();
      setSession(it);
      setEnded(false);
      setState('in');
    },
    closed: () => {
      forget();
      leave(false);
    },
  }), [state, session, ended, ask, client, leave]);
  return <Context value={value}>{children}</Context>;
}

export function useMySession(): Signed {
  const value = useContext(Context);
  if (!value) throw new Error('outside SessionProvider');
  return value;
}
