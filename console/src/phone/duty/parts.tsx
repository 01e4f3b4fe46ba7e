import type { ReactNode } from 'react';
import { Link, NavLink } from 'react-router';
import { useLang } from '../../i18n/LangProvider';
import { dayKey, dayTime } from '../../shared/format';
import { Icon } from '../parts/Icon';
import { useWords } from '../words';
import { isLate, stageOf, type KeptVisit } from './round';
import { useDutySession } from './session';
import { useRound } from './useRound';
import { useDutyWords } from './words';

/** A screen of the bottom tabs. */
export function DutyTabScreen({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const t = useDutyWords();
  const phone = useWords();
  return (
    <div className="m-screen m-with-tabs">
      <header className="m-head"><h1>{title}</h1>{lead ? <p>{lead}</p> : null}</header>
      <main className="m-main"><Standing />{children}</main>
      <nav className="m-tabs" aria-label={phone.tabs}>
        <NavLink to="/duty" end><Icon name="today" />{t.tabs.today}</NavLink>
        <NavLink to="/duty/firms"><Icon name="firm" />{t.tabs.firms}</NavLink>
        <NavLink to="/duty/me"><Icon name="mine" />{t.tabs.me}</NavLink>
      </nav>
    </div>
  );
}

/** A screen that was opened from another one. */
export function DutySubScreen({ title, back, children, foot }: { title: string; back: string; children: ReactNode; foot?: ReactNode }) {
  const phone = useWords();
  return (
    <div className={foot ? 'm-screen m-with-foot' : 'm-screen'}>
      <header className="m-bar"><Link to={back} className="m-back" aria-label={phone.back}><Icon name="back" /></Link><h1>{title}</h1></header>
      <main className="m-main"><Standing />{children}</main>
      {foot ? <footer className="m-foot">{foot}</footer> : null}
    </div>
  );
}

/** That the server cannot be reached, and of when what is shown is. */
function Standing() {
  const t = useDutyWords();
  const phone = useWords();
  const { lang } = useLang();
  const { state, again } = useDutySession();
  const { round, error, broken, refresh } = useRound();
  const at = round ? t.asOf(dayTime(round.at, lang)) : t.never;
  if (broken) return <p className="m-card m-warn" role="alert">{t.broken}</p>;
  if (state !== 'away' && !error?.isOffline) return null;
  return (
    <div className="m-away" role="status">
      <Icon name="offline" /><span>{phone.offline.title}　{at}<small>{t.awayHint}</small></span>
      <button type="button" onClick={() => { again(); if (state === 'in') refresh(); }}>{phone.again}</button>
    </div>
  );
}

/** What waits to be sent, with its count. */
export function WaitingCard({ onSend }: { onSend: () => void }) {
  const t = useDutyWords();
  const { waiting } = useRound();
  if (waiting.reports === 0 && waiting.photos === 0) return null;
  return (
    <section className="m-card m-warn" role="status">
      <b>{t.today.waiting(waiting.reports, waiting.photos)}</b>
      <p className="m-note">{t.today.waitingHint}</p>
      <button type="button" className="m-button" onClick={onSend}>{t.today.sendNow}</button>
    </section>
  );
}

/** A visit in a list: where, what kind, when, and how far it is. */
export function VisitRow({ visit, now }: { visit: KeptVisit; now: number }) {
  const t = useDutyWords();
  const { lang } = useLang();
  const { reports } = useRound();
  const it = visit.inspection;
  const stage = stageOf(reports.find((report) => report.inspection === it.id));
  const late = isLate(visit, now);
  const when = it.starts_at ? dayTime(it.starts_at, lang, now) : it.planned_on === dayKey(now) ? t.today.counts.today : (it.planned_on ?? t.today.noDay);
  return (
    <li className="m-nav">
      <Link to={`/duty/visits/${it.id}`} className="d-visit">
        {it.stop ? <span className="d-stop" aria-label={t.today.stop(it.stop)}>{it.stop}</span> : null}
        <span className="d-grow">
          <b>{it.enterprise_name}</b>
          <small>{[t.kinds[it.kind], it.mode === 'video' ? t.modes.video : null, visit.sites.join(lang === 'zh' ? '、' : ', '), it.area_name].filter(Boolean).join('　')}</small>
          <small className={late ? 'm-late' : undefined}>{late ? '▲ ' : ''}{when}　{t.today.due(dayTime(it.due_at, lang, now))}</small>
        </span>
        {stage === 'new' ? null : <span className={stage === 'refused' ? 'm-tag is-refused' : 'm-tag is-open'}>{t.stages[stage]}</span>}
        <Icon name="next" />
      </Link>
    </li>
  );
}

/** A heading and the list below it. */
export function Listed({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="m-section">{title}</h2>
      {hint ? <p className="m-note d-under">{hint}</p> : null}
      <ul className="m-list">{children}</ul>
    </section>
  );
}

/** Where to go and whom to ask for. */
export function ContactCard({ contact }: { contact: KeptVisit['contact'] }) {
  const t = useDutyWords().contact;
  const { address, name, phone } = contact;
  return (
    <section className="m-card">
      <h2 className="d-title">{t.title}</h2>
      {!address && !name && !phone ? <p className="m-note">{t.none}</p> : null}
      <dl className="m-pairs">
        {address ? <><dt>{t.address}</dt><dd>{address}</dd></> : null}
        {name ? <><dt>{t.name}</dt><dd>{name}</dd></> : null}
      </dl>
      {phone ? <a className="m-button m-wide m-gap" href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}><Icon name="call" />{t.call(phone)}</a> : null}
    </section>
  );
}
