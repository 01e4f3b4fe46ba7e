import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { isApiError, type ApiError } from '../../api';
import { sendVisits } from '../../shared/visits/sending';
import { onVisits, photosWaiting, putRound, readRound, reportsOf, tidyVisits, type KeptReport } from '../../shared/visits/store';
import { fetchRound, type KeptRound } from './round';
import { useDutyAccount, useDutySession } from './session';

interface RoundRead {
  /** False until the phone has said what lies on it. */
  ready: boolean;
  round: KeptRound | null;
  reports: KeptReport[];
  /** Signed reports and photographs that the server does not have yet. */
  waiting: { reports: number; photos: number };
  refreshing: boolean;
  error: ApiError | null;
  /** This browser keeps nothing: what is loaded is gone with the page. */
  broken: boolean;
  refresh: () => void;
}

const AGAIN_MS = 20_000;
const STALE_MS = 60_000;
const Context = createContext<RoundRead | null>(null);

export function RoundProvider({ children }: { children: ReactNode }) {
  const account = useDutyAccount().id;
  const { state, permissions } = useDutySession();
  const [round, setRound] = useState<KeptRound | null>(null);
  const [kept, setKept] = useState<{ reports: KeptReport[]; photos: number } | null>(null);
  const [refreshing, setRefreshing] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [broken, setBroken] = useState(false);
  const asked = useRef(0);

  const reload = useCallback(async () => {
    try {
      const [reports, photos] = [await reportsOf(account), await photosWaiting(account)];
      setKept({ reports, photos });
    } catch {
      setBroken(true);
      setKept({ reports: [], photos: 0 });
    }
  }, [account]);
  useEffect(() => {
    void tidyVisits().catch(() => null).then(() => readRound<KeptRound>(account)).then((it) => setRound((now) => now ?? it ?? null)).catch(() => setBroken(true)).then(reload);
    return onVisits(() => void reload());
  }, [account, reload]);

  const refresh = useCallback(async () => {
    asked.current = Date.now();
    setRefreshing(true);
    try {
      const fresh = await fetchRound(account, permissions);
      setRound(fresh);
      setError(null);
      await putRound(fresh).catch(() => setBroken(true));
    } catch (failure) {
      if (!isApiError(failure)) throw failure;
      setError(failure);
    } finally {
      setRefreshing(false);
    }
  }, [account, permissions]);
  useEffect(() => {
    if (state === 'in') void refresh();
  }, [state, refresh]);
  useEffect(() => {
    const seen = () => { if (!document.hidden && state === 'in' && Date.now() - asked.current > STALE_MS) void refresh(); };
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, [state, refresh]);

  const signed = (kept?.reports ?? []).filter((it) => it.waiting).length;
  const photos = kept?.photos ?? 0;
  const arrived = useCallback(() => void refresh(), [refresh]);
  useSending(account, signed > 0 || photos > 0, arrived);

  const value = useMemo<RoundRead>(() => ({
    ready: kept !== null, round, reports: kept?.reports ?? [], waiting: { reports: signed, photos }, refreshing, error, broken, refresh: () => void refresh(),
  }), [kept, round, signed, photos, refreshing, error, broken, refresh]);
  return <Context value={value}>{children}</Context>;
}

/** Sends what waits: now, when the network comes back, and every so often. */
function useSending(account: string, owes: boolean, arrived: () => void): void {
  useEffect(() => {
    if (!owes) return undefined;
    const go = () => void sendVisits(account).then((it) => { if (it) arrived(); }).catch(() => null);
    const timer = setInterval(go, AGAIN_MS);
    window.addEventListener('online', go);
    go();
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', go);
    };
  }, [account, owes, arrived]);
}

export function useRound(): RoundRead {
  const value = useContext(Context);
  if (!value) throw new Error('outside RoundProvider');
  return value;
}
