import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { NoPass } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { clock, day, dayTime } from '../../shared/format';
import { Icon } from '../parts/Icon';
import { QrCode } from '../parts/QrCode';
import { SubScreen } from '../parts/Screen';
import { Empty, Failed, Problem, Waiting } from '../parts/states';
import { askPass, isOver, loadPass, PASS_KEY, useAskedPass, type Pass } from '../pass';
import { canBind, shownNow, storedKey } from '../phoneKey';
import { lastPerson, useMySession } from '../session';
import { useWords } from '../words';
import { ProvePhone } from './ProvePhone';

/** How often the code of a bound pass changes. */
const CHANGES_MS = 15_000;

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
  if (asked.data?.why) return <Without why={asked.data.why} person={person} />;
  const pass = asked.data?.pass ?? loadPass(person);
  if (!pass) {
    if (asked.error) return <Failed error={asked.error} retry={again} />;
    return state === 'away' ? <Empty title={t.pass.notKept} hint={t.pass.notKeptHint} /> : <Waiting />;
  }
  return (
    <>
      {isOver(pass, now) ? <Over pass={pass} asking={asked.isFetching} onAsk={state === 'in' ? again : null} /> : <Shown pass={pass} person={person} now={now} />}
      {state === 'in' && canBind() ? <Binding person={person} bound={pass.bound} /> : null}
      {asked.error ? <Problem>{asked.error.isOffline ? t.offline.title : words.error(asked.error.code, asked.error.params)}</Problem> : null}
    </>
  );
}

function Shown({ pass, person, now }: { pass: Pass; person: string; now: number }) {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const until = dayTime(pass.expires_at, lang, now);
  const { text, isLost } = useShownText(pass, person, now);
  return (
    <section className="m-card m-pass" aria-label={t.pass.title}>
      <LiveClock now={now} />
      {isLost ? <Problem>{t.pass.lost}</Problem> : text ? <QrCode text={text} label={t.pass.label(until)} /> : <Waiting />}
      <b>{pass.sites.join(words.gap)}</b>
      <p className="m-note">{t.pass.until(until)}</p>
      {pass.bound ? <p className="m-note">{t.pass.bound}</p> : null}
    </section>
  );
}

/** Of a bound pass another text every few seconds: this phone signs that it is shown now. Without its key nobody can. */
function useShownText(pass: Pass, person: string, now: number): { text: string | null; isLost: boolean } {
  const [shown, setShown] = useState<{ text: string | null; isLost: boolean }>({ text: null, isLost: false });
  const moment = Math.floor(now / CHANGES_MS);
  useEffect(() => {
    if (!pass.bound) return;
    let isOn = true;
    const show = async () => {
      const key = await storedKey(person);
      return { text: key ? await shownNow(pass.text, key, moment * CHANGES_MS) : null, isLost: !key };
    };
    show().then((it) => isOn && setShown(it), () => isOn && setShown({ text: null, isLost: true }));
    return () => void (isOn = false);
  }, [pass.bound, pass.text, person, moment]);
  return pass.bound ? shown : { text: pass.text, isLost: false };
}

/** The option: good on this phone only. */
function Binding({ person, bound }: { person: string; bound: boolean }) {
  const t = useWords();
  const { ask, asking, failed } = useBinding(person);
  return (
    <section className="m-card">
      <div className="m-card-head"><h2>{t.pass.bind}</h2></div>
      <p className="m-note">{t.pass.bindHint}</p>
      {failed ? <Problem>{t.pass.bindFailed}</Problem> : null}
      <button type="button" className="m-button m-wide" disabled={asking} onClick={() => void ask(!bound, true)}>{bound ? t.pass.free : t.pass.bind}</button>
    </section>
  );
}

function useBinding(person: string) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState(false);
  const ask = async (bind: boolean, take: boolean) => {
    setAsking(true);
    setFailed(false);
    try {
      // An answer that is still on its way would undo this one.
      await client.cancelQueries({ queryKey: PASS_KEY });
      client.setQueryData(PASS_KEY, await askPass(person, bind, take));
    } catch {
      setFailed(true);
    } finally {
      setAsking(false);
    }
  };
  return { ask, asking, failed };
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

function Without({ why, person }: { why: NoPass; person: string }) {
  const t = useWords();
  const { ask, asking, failed } = useBinding(person);
  // A page that is older than the server may not know why.
  const { title, hint } = t.pass.none[why] ?? t.pass.none.not_allowed;
  return (
    <section className="m-card m-warn" role="status">
      <div className="m-card-head"><h2>{title}</h2></div>
      <p className="m-note">{hint}</p>
      {failed ? <Problem>{t.pass.bindFailed}</Problem> : null}
      {why === 'bound_elsewhere' ? <button type="button" className="m-button m-wide" disabled={asking} onClick={() => void ask(canBind(), true)}>{t.pass.take}</button> : null}
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
