import { useEffect, useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { isApiError, post, type ApiError } from '../../../api';
import { useCommon, useLang } from '../../../i18n/LangProvider';
import { unsentOnPhone } from '../../../shared/visits/store';
import { TextField } from '../../parts/fields';
import { Problem } from '../../parts/states';
import { useCountdown } from '../../parts/useCountdown';
import { useDutySession } from '../session';
import { useDutyWords } from '../words';

/** With the account of the desk: name and password, then a one-time code when the server asks for it. */
export function DutySignIn() {
  const t = useDutyWords().signIn;
  const words = useCommon();
  const { lang, setLang } = useLang();
  const { opened, ended } = useDutySession();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [unsent, setUnsent] = useState(0);
  const [seconds, backOff] = useCountdown();
  useEffect(() => {
    unsentOnPhone().then(setUnsent, () => undefined);
  }, []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || seconds > 0) return;
    setBusy(true);
    setError(null);
    try {
      opened(await post('/session', { body: { login: login.trim(), password, totp } }));
    } catch (failure) {
      if (!isApiError(failure)) throw failure;
      if (failure.code === 'back_off') backOff(Number(failure.params.retry_after_s ?? '30'));
      else if (failure.code === 'totp_required') setTotp('');
      else setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const asks = totp !== null;
  return (
    <main className="m-screen m-door">
      <h1>{asks ? t.codeTitle : t.title}</h1>
      {ended ? <p className="m-note" role="status">{t.ended}</p> : null}
      {unsent > 0 && !asks ? <p className="m-card m-warn">{t.unsent(unsent)}</p> : null}
      <form className="m-form" onSubmit={(event) => void submit(event)} noValidate>
        <p className="m-note">{asks ? t.codeLead(login.trim()) : t.lead}</p>
        {asks
          ? <TextField key="totp" label={t.code} value={totp} onChange={setTotp} inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus required />
          : <><TextField label={t.login} value={login} onChange={setLogin} autoComplete="username" autoCapitalize="none" spellCheck={false} required /><TextField label={t.password} value={password} onChange={setPassword} type="password" autoComplete="current-password" required /></>}
        {seconds > 0 ? <Problem>{t.back(seconds)}</Problem> : error ? <Problem>{error.isOffline ? t.away : words.error(error.code, error.params)}</Problem> : null}
        <button type="submit" className="m-button m-button-go" disabled={busy || seconds > 0}>{asks ? t.submit : t.next}</button>
      </form>
      <div>
        {asks ? <button type="button" className="m-link" onClick={() => { setTotp(null); setPassword(''); setError(null); }}>{t.other}</button> : null}
        <Link className="m-link" to="/?worker">{t.worker}</Link>
        <button type="button" className="m-link" onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>{words.language.other}</button>
      </div>
    </main>
  );
}
