import { useState } from 'react';
import { Link } from 'react-router';
import { useLang } from '../../../i18n/LangProvider';
import { clock, day, dayTime, weekday } from '../../../shared/format';
import { sendVisits } from '../../../shared/visits/sending';
import type { KeptReport } from '../../../shared/visits/store';
import { Icon } from '../../parts/Icon';
import { Empty, Failed, Waiting } from '../../parts/states';
import { DutyTabScreen, Listed, VisitRow, WaitingCard } from '../parts';
import { defectsNear, parted, stageOf, type KeptRound, type Parts } from '../round';
import { useDutyAccount } from '../session';
import { useRound } from '../useRound';
import { useDutyWords } from '../words';

/** Who waits for him: today's route, what is overdue, defects whose day is near, who has not reported. */
export function DutyToday() {
  const t = useDutyWords();
  const { lang } = useLang();
  const account = useDutyAccount();
  const { ready, round, reports, error, refreshing, refresh } = useRound();
  const [now] = useState(Date.now);
  const parts = parted(round, reports, now);
  const send = () => void sendVisits(account.id).then((it) => { if (it) refresh(); });
  const lead = `${account.name}　${day(now, lang, now)} ${weekday(now, lang)}`;
  return (
    <DutyTabScreen title={t.today.title} lead={lead}>
      <WaitingCard onSend={send} />
      {round ? <Counts round={round} parts={parts} now={now} /> : null}
      {!round && !error && (!ready || refreshing) ? <Waiting /> : null}
      {!round && error && !error.isOffline ? <Failed error={error} retry={refresh} /> : null}
      <Visits parts={parts} now={now} />
      {round && parts.late.length + parts.today.length + parts.coming.length === 0 ? <Empty title={t.today.none} hint={t.today.noneHint} /> : null}
      {round && round.left > 0 ? <p className="m-note">{t.today.left(round.left)}</p> : null}
      {round ? <Defects round={round} now={now} /> : null}
      {round?.unreported ? <Unreported it={round.unreported} /> : null}
      {round ? <p className="m-note d-refresh" role="status">{refreshing ? t.refreshing : t.asOf(clock(round.at))} <button type="button" className="m-link" disabled={refreshing} onClick={refresh}>{t.refresh}</button></p> : null}
    </DutyTabScreen>
  );
}

function Counts({ round, parts, now }: { round: KeptRound; parts: Parts; now: number }) {
  const t = useDutyWords().today;
  const numbers: [string, number | null, boolean][] = [
    [t.counts.today, parts.today.length, false], [t.counts.late, parts.late.length, true],
    [t.counts.defects, defectsNear(round, now).length, true], [t.counts.unreported, round.unreported?.count ?? null, true],
  ];
  return <ul className="d-counts">{numbers.map(([label, count, bad]) => <li key={label} className={bad && count ? 'is-bad' : undefined}><b>{count ?? '—'}</b><small>{label}</small></li>)}</ul>;
}

function Visits({ parts, now }: { parts: Parts; now: number }) {
  const t = useDutyWords().today;
  const rows = (visits: Parts['today']) => visits.map((it) => <VisitRow key={it.inspection.id} visit={it} now={now} />);
  return (
    <>
      {parts.late.length > 0 ? <Listed title={t.late}>{rows(parts.late)}</Listed> : null}
      {parts.today.length > 0 ? <Listed title={t.route}>{rows(parts.today)}</Listed> : null}
      {parts.moved.length > 0 ? <Listed title={t.moved} hint={t.movedHint}>{parts.moved.map((it) => <ReportRow key={it.inspection} report={it} />)}</Listed> : null}
      {parts.coming.length > 0 ? <Listed title={t.coming}>{rows(parts.coming)}</Listed> : null}
      {parts.done.length > 0 ? <Listed title={t.done}>{parts.done.map((it) => <ReportRow key={it.inspection} report={it} />)}</Listed> : null}
    </>
  );
}

/** A visit that is known from what was written of it only. */
function ReportRow({ report }: { report: KeptReport }) {
  const t = useDutyWords();
  const { lang } = useLang();
  const { inspection } = report.file;
  const { done } = report;
  const says = done ? (done.state ? t.visit[done.state] : done.already ? t.visit.already : t.visit.kept) : t.stages[stageOf(report)];
  const facts = [t.kinds[inspection.kind], done?.moved_to, done ? t.visit.sentAt(dayTime(done.at, lang)) : null];
  return (
    <li className="m-nav">
      <Link to={`/duty/visits/${report.inspection}`} className="d-visit">
        <span className="d-grow"><b>{inspection.enterprise_name}</b><small>{facts.filter(Boolean).join('　')}</small></span>
        <span className={done?.state === 'failed' ? 'm-tag is-refused' : done ? 'm-tag is-given' : 'm-tag is-open'}>{says}</span>
        <Icon name="next" />
      </Link>
    </li>
  );
}

function Defects({ round, now }: { round: KeptRound; now: number }) {
  const t = useDutyWords().today;
  const { lang } = useLang();
  const near = defectsNear(round, now);
  if (near.length === 0) return null;
  return (
    <Listed title={t.defects}>
      {near.map(({ visit, defect, late }) => (
        <li key={defect.id} className="m-nav">
          <Link to={`/duty/visits/${visit.inspection.id}`}>
            <span className="d-grow">
              <b>{visit.inspection.enterprise_name}</b>
              <small>{visit.checklist.sections.flatMap((it) => it.items).find((it) => it.key === defect.item)?.label[lang] ?? defect.item}　{defect.note}</small>
              <small className={late ? 'm-late' : undefined}>{late ? `▲ ${t.lateSince(defect.due_on)}` : t.dueOn(defect.due_on)}</small>
            </span>
            <Icon name="next" />
          </Link>
        </li>
      ))}
    </Listed>
  );
}

const SHOWN = 5;

function Unreported({ it }: { it: NonNullable<KeptRound['unreported']> }) {
  const t = useDutyWords().today;
  if (it.count === 0) return null;
  return (
    <Listed title={t.unreported}>
      {it.items.slice(0, SHOWN).map((unit) => (
        <li key={unit.id} className="m-nav">
          <Link to={`/duty/firms/${unit.enterprise_id}`}><span className="d-grow"><b>{unit.unit_name}</b><small>{unit.area_name}　{unit.last_day ? t.lastDay(unit.last_day) : t.neverReported}</small></span><Icon name="next" /></Link>
        </li>
      ))}
      {it.count > SHOWN ? <li><small>{t.unreportedMore(it.count - SHOWN)}</small></li> : null}
    </Listed>
  );
}
