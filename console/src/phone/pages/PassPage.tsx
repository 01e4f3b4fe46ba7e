import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { NoPass } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { clock, day, dayTime } from '../../shared/format';
import { Icon } from '../parts/Icon';
import { QrCode } from '../parts/QrCode';
import { SubScreen } from '../parts/Screen';
import { Empty, Failed, Problem, Waiting } from '../parts/states';
import { isOver, loadPass, useAskedPass, type Pass } from '../pass';
import { lastPerson, useMySession } from '../session';
import { useWords } from '../words';
import { ProvePhone } from './ProvePhone';

/** What she shows at a gate. */
export function PassPage() {
  const t = useWords();
  const { session } = useMySession();
  return (
    <SubScreen title={t.pass.title} back="/">
      {session?.phone_proved === false ? <><p className="m-note">{t.pass.closed}</p><ProvePhone /></> : <ShownPass />}
    </SubScreen>
  );
}

/** The way there, from the first screen. */
export function PassLink() {
  const t = useWords();
  return (
    <Link to="/pass" className="m-card m-pass-link">
      <Icon name="pass" /><span><b>{t.pass.title}</b><small>{t.pass.hint}</small></span><Icon name="next" />
    </Link>
  );
}

/** The one that the server gave, and until it has answered the one that is kept. */
function ShownPass() {
  const t = useWords();
  const words = useCommon();
  const { session, state } = useMySession();
  const person = session?.person_id ?? lastPerson();
  const asked = useAskedPass(person);
  const now = useSeconds();
  const again = () => void asked.refetch();
  if (asked.data?.why) return <Without why={asked.data.why} />;
  const pass = asked.data?.pass ?? loadPass(person);
  if (!pass) {
    if (asked.error) return <Failed error={asked.error} retry={again} />;
    return state === 'away' ? <Empty title={t.pass.notKept} hint={t.pass.notKeptHint} /> : <Waiting />;
  }
  return (
    <>
      {isOver(pass, now) ? <Over pass={pass} asking={asked.isFetching} onAsk={state === 'in' ? again : null} /> : <Shown pass={pass} now={now} />}
      {asked.error ? <Problem>{asked.error.isOffline ? t.offline.title : words.error(asked.error.code, asked.error.params)}</Problem> : null}
    </>
  );
}

function Shown({ pass, now }: { pass: Pass; now: number }) {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const until = dayTime(pass.expires_at, lang, now);
  return (
    <section className="m-card m-pass" aria-label={t.pass.title}>
      <LiveClock now={now} />
      <QrCode text={pass.text} label={t.pass.label(until)} />
      <b>{pass.sites.join(words.gap)}</b>
      <p className="m-note">{t.pass.until(until)}</p>
    </section>
  );
}

/** It moves, so that a picture of the page is told from the page. */
function LiveClock({ now }: { now: number }) {
  const { lang } = useLang();
  return (
    <div className="m-live">
      <span>{day(now, lang, now)}</span><time dateTime={new Date(now).toISOString()}>{clock(now, true)}</time>
      <i aria-hidden="true" />
    </div>
  );
}

function Over({ pass, asking, onAsk }: { pass: Pass; asking: boolean; onAsk: (() => void) | null }) {
  const t = useWords();
  const { lang } = useLang();
  return (
    <section className="m-card m-warn" role="status">
      <div className="m-card-head"><h2>{t.pass.over}</h2></div>
      <p className="m-note">{t.pass.overHint(dayTime(pass.expires_at, lang))}</p>
      {onAsk ? <button type="button" className="m-button m-button-go m-wide" disabled={asking} onClick={onAsk}>{t.pass.renew}</button> : null}
    </section>
  );
}

function Without({ why }: { why: NoPass }) {
  const t = useWords();
  const { title, hint } = t.pass.none[why];
  return (
    <section className="m-card m-warn" role="status">
      <div className="m-card-head"><h2>{title}</h2></div>
      <p className="m-note">{hint}</p>
      {why === 'not_allowed' ? <Link to="/" className="m-button m-wide">{t.pass.toStatus}</Link> : null}
    </section>
  );
}

function useSeconds(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
