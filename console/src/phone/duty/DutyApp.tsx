import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { makeQueryClient } from '../data';
import { Waiting } from '../parts/states';
import { DutyMe } from './pages/DutyMe';
import { DutySignIn } from './pages/DutySignIn';
import { DutyToday } from './pages/DutyToday';
import { FirmPage } from './pages/FirmPage';
import { FirmsPage } from './pages/FirmsPage';
import { VisitRoutes } from './pages/VisitRoutes';
import { DutySessionProvider, useDutySession } from './session';
import { RoundProvider } from './useRound';
import { useDutyWords } from './words';
import './duty.css';

/** The officer's face: whom he visits, with or without a network. */
export default function DutyApp() {
  const [client] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={client}>
      <DutySessionProvider><Door /></DutySessionProvider>
    </QueryClientProvider>
  );
}

function Door() {
  const { state, account } = useDutySession();
  useEffect(() => {
    // What a browser may throw away when space is short, it is asked not to.
    if (state === 'in') void navigator.storage?.persist?.().catch(() => false);
  }, [state]);
  if (state === 'asking') return <Waiting />;
  if (state === 'barred') return <Barred />;
  if (state === 'out' || !account) return <DutySignIn />;
  return (
    <RoundProvider key={account.id}>
      <Routes>
        <Route index element={<DutyToday />} />
        <Route path="firms" element={<FirmsPage />} />
        <Route path="firms/:id" element={<FirmPage />} />
        <Route path="visits/:id/*" element={<VisitRoutes />} />
        <Route path="me" element={<DutyMe />} />
        <Route path="*" element={<Navigate to="/duty" replace />} />
      </Routes>
    </RoundProvider>
  );
}

function Barred() {
  const t = useDutyWords();
  const { account, leave } = useDutySession();
  return (
    <main className="m-screen m-door">
      <h1>{t.barred.title(account?.name ?? '')}</h1>
      <p className="m-note">{t.barred.hint}</p>
      <a className="m-button m-button-go" href="/">{t.barred.desk}</a>
      <button type="button" className="m-button" onClick={() => void leave(false)}>{t.me.signOut}</button>
    </main>
  );
}
