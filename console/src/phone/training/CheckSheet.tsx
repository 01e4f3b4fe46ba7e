import { useState } from 'react';
import { post, type LearningView } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useMine, useMyWrite } from '../data';
import { DemoMessage } from '../parts/DemoMessage';
import { TextField } from '../parts/fields';
import { Sheet } from '../parts/Sheet';
import { Problem } from '../parts/states';
import { useCountdown } from '../parts/useCountdown';
import { useWords } from '../words';

const RESEND_S = 60;

/** Shows who she is, by a code that goes to her phone. */
export function CheckSheet({ course, onDone, onClose }: { course: string; onDone: (view: LearningView) => void; onClose: () => void }) {
  const t = useWords();
  const words = useCommon();
  const phone = useMine('/me/file').data?.phone;
  const [sent, setSent] = useState(false);
  const [code, setCode] = useState('');
  const [seconds, countDown] = useCountdown();
  const send = useMyWrite<void, undefined>(() => post('/me/courses/{id}/checks', { path: { id: course } }), [], () => {
    setSent(true);
    setCode('');
    countDown(RESEND_S);
  });
  const show = useMyWrite<string, LearningView>((it) => post('/me/courses/{id}/checks/answer', { path: { id: course }, body: { code: it } }), [], onDone);
  const said = (error: typeof send.error) => (error ? (error.isOffline ? t.offline.title : words.error(error.code, error.params)) : null);
  const atField = show.error?.code === 'credentials_wrong' ? t.training.check.wrong : show.error?.field === 'code' ? said(show.error) : null;
  return (
    <Sheet title={t.training.check.title} onClose={onClose}>
      <form className="m-form" noValidate onSubmit={(event) => { event.preventDefault(); if (sent) show.mutate(code); else send.mutate(); }}>
        <p className="m-note" role="status">{sent ? t.training.check.sent : t.training.check.lead}</p>
        {sent ? <TextField label={t.training.check.code} value={code} onChange={setCode} inputMode="numeric" autoComplete="one-time-code" maxLength={6} problem={atField} autoFocus required /> : null}
        <Problem>{said(send.error) ?? (atField ? null : said(show.error))}</Problem>
        <button type="submit" className="m-button m-button-go" disabled={send.isPending || show.isPending || (sent && code.length < 6)}>{sent ? t.training.check.submit : t.training.check.send}</button>
        {sent ? <button type="button" className="m-button" disabled={seconds > 0 || send.isPending} onClick={() => send.mutate()}>{t.training.check.resend(seconds)}</button> : null}
        <button type="button" className="m-button" onClick={onClose}>{t.training.check.later}</button>
        {sent && phone ? <DemoMessage key={String(send.submittedAt)} phone={phone} /> : null}
      </form>
    </Sheet>
  );
}
