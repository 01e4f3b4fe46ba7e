import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { BrowserRouter, Navigate, Route, Routes, useSearchParams } from 'react-router';
import { LangProvider } from '../i18n/LangProvider';
import { makeQueryClient } from './data';
import { lastAccount } from './duty/account';
import { DutyFace } from './DutyFace';
import { AccessesPage } from './pages/AccessesPage';
import { AppealsPage } from './pages/AppealsPage';
import { CertificatePage, CertificatesPage } from './pages/CertificatesPage';
import { ConsentsPage } from './pages/ConsentsPage';
import { CorrectionsPage } from './pages/CorrectionsPage';
import { CoursePage } from './pages/CoursePage';
import { DeclarationsPage } from './pages/DeclarationsPage';
import { DeclarePage } from './pages/DeclarePage';
import { FilePage } from './pages/FilePage';
import { HomesPage } from './pages/HomesPage';
import { MinePage } from './pages/MinePage';
import { PassPage } from './pages/PassPage';
import { PhonesPage } from './pages/PhonesPage';
import { QuizPage } from './pages/QuizPage';
import { ReopeningPage } from './pages/ReopeningPage';
import { ReopeningsPage } from './pages/ReopeningsPage';
import { RulesPage } from './pages/RulesPage';
import { SignInPage } from './pages/SignInPage';
import { TimelinePage } from './pages/TimelinePage';
import { TodayPage } from './pages/TodayPage';
import { TrainingPage } from './pages/TrainingPage';
import { VerifyPage } from './pages/VerifyPage';
import { VisitPage } from './pages/VisitPage';
import { VisitorsPage } from './pages/VisitorsPage';
import { Waiting } from './parts/states';
import { lastPerson, SessionProvider, useMySession } from './session';

export function PhoneApp() {
  const [client] = useState(makeQueryClient);
  return (
    <LangProvider>
      <QueryClientProvider client={client}>
        <BrowserRouter basename="/m">
          <Routes>
            <Route path="certificate/:id" element={<VerifyPage />} />
            <Route path="visit" element={<VisitPage />} />
            <Route path="reopenings" element={<ReopeningsPage />} />
            <Route path="reopening/:id" element={<ReopeningPage />} />
            <Route path="duty/*" element={<DutyFace />} />
            <Route path="*" element={<SessionProvider><Door /></SessionProvider>} />
          </Routes>
        </BrowserRouter>
      </QueryClientProvider>
    </LangProvider>
  );
}

function Door() {
  const { state } = useMySession();
  const [params] = useSearchParams();
  if (state === 'asking') return <Waiting />;
  // Without a server and without knowing whose phone this is there is nothing to show and nobody to fill in for.
  if (state === 'out' || (state === 'away' && lastPerson() === '')) {
    // An officer who opens the installed page is on his own face; who asks for the worker's gets it.
    return lastAccount() !== null && !params.has('worker') ? <Navigate to="/duty" replace /> : <SignInPage />;
  }
  return (
    <Routes>
      <Route index element={<TodayPage />} />
      <Route path="pass" element={<PassPage />} />
      <Route path="mine" element={<MinePage />} />
      <Route path="appeals" element={<AppealsPage />} />
      <Route path="rules" element={<RulesPage />} />
      <Route path="declare" element={<DeclarePage />} />
      <Route path="declarations" element={<DeclarationsPage />} />
      <Route path="file" element={<FilePage />} />
      <Route path="timeline" element={<TimelinePage />} />
      <Route path="accesses" element={<AccessesPage />} />
      <Route path="corrections" element={<CorrectionsPage />} />
      <Route path="consents" element={<ConsentsPage />} />
      <Route path="homes" element={<HomesPage />} />
      <Route path="training" element={<TrainingPage />} />
      <Route path="training/:id" element={<CoursePage />} />
      <Route path="training/:id/quiz" element={<QuizPage />} />
      <Route path="certificates" element={<CertificatesPage />} />
      <Route path="certificates/:id" element={<CertificatePage />} />
      <Route path="visitors" element={<VisitorsPage />} />
      <Route path="phones" element={<PhonesPage />} />
      <Route path="*" element={<Navigate to="/" replace />} />
    </Routes>
  );
}
