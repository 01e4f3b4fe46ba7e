import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { post } from '../../api';
import { codeOf, isUnreachable, statusOf } from '../backend';
import { usePage } from '../context';
import { Field, Problem } from '../dialogs/fields';
import { NumPad } from '../dialogs/NumPad';
import { listQueue } from '../storage/queue';
import type { GateBrief, Session } from '../wire';

interface Props {
  gate: GateBrief | null;
  login: string;
  notice: 'ended' | 'offline' | null;
  onSignedIn: (session: Session) => void;
  onEnrol: () => void;
}

export function SignIn({ gate, login: lastLogin, notice, onSignedIn, onEnrol }: Props) {
  const { t } = usePage();
  const [login, setLogin] = useState(lastLogin);
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string | null>(notice === 'ended' ? t.signIn.ended : notice === 'offline' ? t.signIn.offline : null);
  const [busy, setBusy] = useState(false);
  const pinField = useRef<HTMLInputElement>(null);
  const waiting = useWaiting();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy || login.trim() === '' || pin === '') return;
    setBusy(true);
    try {
      onSignedIn(await post('/session/pin', { body: { login: login.trim(), pin } }));
    } catch (error) {
      setPin('');
      pinField.current?.focus();
      const notEnrolled = statusOf(error) === 403 || codeOf(error) === 'enrolment_code';
      setProblem(isUnreachable(error) ? t.signIn.offline : t.error(notEnrolled ? 'device_not_enrolled' : codeOf(error)));
    } finally {
      setBusy(false);
    }
  }

  return (
    <main className="g-door">
      <form className="g-door-card g-door-wide" onSubmit={(event) => void submit(event)}>
        <div className="g-fields">
          <h1>{gate ? `${gate.site_name} · ${gate.name}` : t.signIn.title}</h1>
          {0 < waiting && <p className="g-note">{t.signIn.waiting(waiting)}</p>}
          <Field label={t.signIn.login}>
            {({ id }) => <input id={id} autoFocus={lastLogin === ''} className="g-input g-input-big" value={login} autoComplete="username" autoCapitalize="none" spellCheck={false} onChange={(event) => setLogin(event.target.value)} />}
          </Field>
          <Field label={t.signIn.pin}>
            {({ id }) => (
              <input id={id} ref={pinField} autoFocus={lastLogin !== ''} className="g-input g-input-huge" type="password" inputMode="numeric" value={pin} autoComplete="off" onChange={(event) => setPin(event.target.value)} />
            )}
          </Field>
          <Problem text={problem} />
          <div className="g-door-links">
            <button type="button" className="g-link" onClick={onEnrol}>{t.signIn.anotherTablet}</button>
            <a className="g-link" href="/">{t.signIn.toDesk}</a>
          </div>
        </div>
        <div className="g-side-pad">
          <NumPad onDigit={(digit) => setPin((it) => it + digit)} onBack={() => setPin((it) => it.slice(0, -1))} onClear={() => setPin('')} />
          <button type="submit" className="g-key g-key-go g-submit" disabled={busy || login.trim() === '' || pin === ''}><b>{t.signIn.submit}</b><kbd>Enter</kbd></button>
        </div>
      </form>
    </main>
  );
}

/** Entries of an earlier shift that still wait for the network. */
function useWaiting(): number {
  const [n, setN] = useState(0);
  useEffect(() => {
    listQueue().then((items) => setN(items.filter((it) => it.state === 'waiting').length)).catch(() => undefined);
  }, []);
  return n;
}
