import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { del, get, isApiError, onSessionLost, type Session } from '../../api';
import { dropRound, forgetAccount } from '../../shared/visits/store';
import { forgetLastAccount, isLeaving, lastAccount, rememberAccount, setLeaving, type DutyAccount } from './account';

interface DutySigned {
  /** `away`: signed in as far as is known, but the server cannot be asked. `barred`: an account that visits nobody. */
  state: 'asking' | 'in' | 'out' | 'away' | 'barred';
  account: DutyAccount | null;
  permissions: readonly string[];
  /** Why he is out, when he did not sign out himself. */
  ended: boolean;
  opened: (session: Session) => void;
  /** Signs out; what is unsent stays for the same account, unless `all` is to go. */
  leave: (all: boolean) => Promise<void>;
  again: () => void;
}

const ASK_WAIT_MS = 4000;
const Context = createContext<DutySigned | null>(null);

export function DutySessionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  // Who has no network is not kept waiting for it.
  const [state, setState] = useState<DutySigned['state']>(() => (!navigator.onLine && lastAccount() !== null ? 'away' : 'asking'));
  const [account, setAccount] = useState<DutyAccount | null>(lastAccount);
  const [permissions, setPermissions] = useState<readonly string[]>([]);
  const [ended, setEnded] = useState(false);

  const enter = useCallback((it: Session) => {
    const now = { id: it.account.id, name: it.account.display_name, login: it.account.login };
    const before = lastAccount();
    // Somebody else has signed in: what was taken along for the other goes; what he wrote stays his.
    if (before && before.id !== now.id) void dropRound(before.id).catch(() => null);
    setPermissions(it.permissions);
    setAccount(now);
    if (!it.permissions.includes('visit')) return setState('barred');
    rememberAccount(now);
    setState('in');
  }, []);
  const out = useCallback((wasEnded: boolean) => {
    const before = lastAccount();
    if (before) void dropRound(before.id).catch(() => null);
    client.clear();
    setEnded(wasEnded && before !== null);
    setState('out');
  }, [client]);

  const ask = useCallback(() => {
    get('/session').then(
      async (it) => {
        if (!isLeaving()) return enter(it);
        await del('/session');
        setLeaving(false);
        out(false);
      },
    ).catch((error: unknown) => {
      if (isApiError(error) && error.status === 401) {
        setLeaving(false);
        out(true);
      } else setState(lastAccount() && !isLeaving() ? 'away' : 'out');
    });
  }, [enter, out]);
  useEffect(ask, [ask]);
  useEffect(() => {
    // A half-dead line must not keep him from what lies on his phone; the answer still counts when it comes.
    const timer = setTimeout(() => setState((it) => (it === 'asking' && lastAccount() ? 'away' : it)), ASK_WAIT_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    window.addEventListener('online', ask);
    return () => window.removeEventListener('online', ask);
  }, [ask]);
  useEffect(() => onSessionLost((whose) => { if (whose === 'account') out(true); }), [out]);

  const value = useMemo<DutySigned>(() => ({
    state, account, permissions, ended, again: ask,
    opened: (it) => {
      client.clear();
      setEnded(false);
      setLeaving(false);
      enter(it);
    },
    leave: async (all) => {
      try {
        await del('/session');
      } catch (error) {
        // Already over is what was wanted; a server out of reach is told later.
        if (!isApiError(error)) throw error;
        if (error.status !== 401) setLeaving(true);
      }
      if (account) await forgetAccount(account.id, all).catch(() => null);
      forgetLastAccount();
      setAccount(null);
      out(false);
      // Whoever signs in next begins at the first screen.
      void navigate('/duty', { replace: true });
    },
  }), [state, account, permissions, ended, ask, client, enter, out, navigate]);
  return <Context value={value}>{children}</Context>;
}

export function useDutySession(): DutySigned {
  const value = useContext(Context);
  if (!value) throw new Error('outside DutySessionProvider');
  return value;
}

/** Inside the door there always is one. */
export function useDutyAccount(): DutyAccount {
  const { account } = useDutySession();
  if (!account) throw new Error('nobody is signed in');
  return account;
}
