import { useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { ApiError, isApiError, post } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { DemoMessage } from '../parts/DemoMessage';
import { TextField } from '../parts/fields';
import { Problem } from '../parts/states';
import { useCountdown } from '../parts/useCountdown';
import { useMySession } from '../session';
import { useWords } from '../words';

type Way = 'phone' | 'code' | 'slip';
const RESEND_S = 60;

export function SignInPage() {
  const t = useWords();
  const words = useCommon();
  const { lang, setLang } = useLang();
  const { opened, ended } = useMySession();
  const [way, setWay] = useState<Way>('phone');
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [tail, setTail] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [seconds, startCountdown] = useCountdown();
  const at = (field: string) => (error?.field === field ? words.error(error.code, error.params) : null);

  async function attempt(work: () => Promise<void>): Promise<void> {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (cause) {
      if (!isApiError(cause)) throw cause;
      setError(cause);
    } finally {
      setBusy(false);
    }
  }
  const send = () => attempt(async () => {
    await post('/me/codes', { body: { phone } });
    setCode('');
    setWay('code');
    startCountdown(RESEND_S);
  });
  const submit = () => attempt(async () => {
    const body = way === 'slip' ? { activation_code: code, document_tail: tail } : { phone, code, document_tail: tail };
    opened(await post('/me/session', { body }));
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    void (way === 'phone' ? send() : submit());
  }
  const change = (next: Way) => () => {
    setWay(next);
    setCode('');
    setError(null);
  };

  return (
    <main className="m-screen m-door">
      <h1>{t.signIn.title}</h1>
      {ended ? <p className="m-note" role="status">{t.signIn.ended}</p> : null}
      <form className="m-form" onSubmit={onSubmit} noValidate>
        {way === 'phone' ? <p className="m-note">{t.signIn.lead}</p> : null}
        {way === 'slip' ? <p className="m-note">{t.signIn.slipLead}</p> : null}
        {way === 'code' ? <p className="m-note" role="status">{t.signIn.sent(phone)}</p> : null}
        {way === 'phone' ? <TextField key="phone" label={t.signIn.phone} hint={t.signIn.phoneHint} problem={at('phone')} value={phone} onChange={setPhone} type="tel" autoComplete="tel" inputMode="tel" required /> : null}
        {way === 'code' ? <TextField key="code" label={t.signIn.code} value={code} onChange={setCode} inputMode="numeric" autoComplete="one-time-code" maxLength={6} problem={at('code')} autoFocus required /> : null}
        {way === 'slip' ? <TextField key="slip" label={t.signIn.slipCode} value={code} onChange={setCode} autoCapitalize="characters" autoComplete="off" spellCheck={false} maxLength={20} problem={at('activation_code')} required /> : null}
        {way !== 'phone' ? <TextField label={t.signIn.tail} hint={t.signIn.tailHint} problem={at('document_tail')} value={tail} onChange={setTail} autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={4} required /> : null}
        {error && !error.field ? <Problem>{error.code === 'credentials_wrong' ? t.signIn.wrong : error.isOffline ? t.offline.title : words.error(error.code, error.params)}</Problem> : null}
        <button type="submit" className="m-button m-button-go" disabled={busy}>{way === 'phone' ? t.signIn.send : t.signIn.submit}</button>
        {way === 'code' ? <DemoMessage phone={phone} /> : null}
      </form>
      <div>
        {way === 'code' ? <button type="button" className="m-link" disabled={busy || seconds > 0} onClick={() => void send()}>{t.signIn.resend(seconds)}</button> : null}
        {way === 'code' ? <button type="button" className="m-link" onClick={change('phone')}>{t.signIn.another}</button> : null}
        {way === 'phone' ? <button type="button" className="m-link" onClick={change('slip')}>{t.signIn.slip}</button> : null}
        {way === 'slip' ? <button type="button" className="m-link" onClick={change('phone')}>{t.signIn.byPhone}</button> : null}
        {way === 'code' ? null : <Link className="m-link" to="/duty">{t.signIn.officer}</Link>}
        <button type="button" className="m-link" onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>{words.language.other}</button>
      </div>
      <p className="m-note">{t.signIn.privacy}</p>
    </main>
  );
}
