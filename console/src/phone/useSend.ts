// Says something to the server now, or when it can be reached again.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { flush, putOut, useOutbox, type Sent, type Waiting } from './outbox';
import { lastPerson, useMySession } from './session';

const AGAIN_MS = 20_000;
const TOUCHED = ['/me/today', '/me/file', '/me/facts', '/me/accesses', '/me/declarations'];

export interface Send { person: string; waiting: Waiting[]; sending: boolean; send: (sent: Sent, key?: string) => void }

export function useSend(): Send {
  const client = useQueryClient();
  const { session } = useMySession();
  const person = session?.person_id ?? lastPerson();
  const waiting = useOutbox(person);
  const [sending, setSending] = useState(false);

  const go = useCallback(async () => {
    if (person === '') return;
    setSending(true);
    try {
      if (await flush({ person_id: person })) await Promise.all(TOUCHED.map((path) => client.invalidateQueries({ queryKey: [path] })));
    } finally {
      setSending(false);
    }
  }, [client, person]);

  const send = useCallback((sent: Sent, key?: string) => {
    putOut(person, sent, key);
    void go();
  }, [go, person]);

  const owes = waiting.some((it) => it.refused === null);
  useEffect(() => {
    if (!owes) return undefined;
    const again = () => void go();
    const timer = setInterval(again, AGAIN_MS);
    window.addEventListener('online', again);
    again();
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [owes, go]);
  return { person, waiting, sending, send };
}
