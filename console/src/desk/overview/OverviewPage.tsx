import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Overview } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { ago, clock, number } from '../../shared/format';
import { VerdictShape } from '../../shared/VerdictShape';
import { useGet, useList } from '../data';
import { PageHead } from '../parts/PageHead';
import { ErrorState, LoadingState } from '../parts/states';
import { useNow } from '../parts/useNow';
import { paths } from '../paths';
import { DueReports } from '../reports/DueReports';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { AlarmLine } from './AlarmLine';
import { HourBars } from './HourBars';
import { SilentDevices } from './SilentDevices';
import './overview.css';

/** What is late, what is red, and where. */
export function OverviewPage() {
  const t = useDesk();
  const can = useCan();
  const { data, error, refetch } = useGet('/overview', {}, { refetchInterval: 30_000 });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  return (
    <div className="page">
      <PageHead title={t.overview.title} second={t.overview.at(clock(data.at, true))} />
      {can('file_reports') ? <div className="overview-due"><DueReports /></div> : null}
      <Kpis overview={data} />
      <div className="overview-body">
        {can('read_alarms') ? <OpenAlarms /> : null}
        <section className="block"><h2>{t.overview.outcomesByHour}<small><i className="key-admit" /> {t.overview.admitted}{t.gap}<i className="key-other" /> {t.overview.notAdmitted}</small></h2><HourBars hours={data.by_hour} /></section>
        <Outcomes overview={data} />
        <Busiest overview={data} />
        {can('read_places') ? <SilentDevices /> : null}
      </div>
    </div>
  );
}

function Kpis({ overview }: { overview: Overview }) {
  const t = useDesk();
  const { lang } = useLang();
  const can = useCan();
  const now = useNow();
  const n = (value: number) => number(value, lang);
  const stopped = overview.screened_today - overview.outcomes_today.admit;
  const share = overview.screened_today ? `${((stopped / overview.screened_today) * 100).toFixed(1)}%` : '0%';
  return (
    <div className="kpis">
      <Kpi to={can('read_alarms') ? paths.alarms({ state: 'open' }) : null} title={t.overview.alarmsOpen} value={n(overview.alarms_open)} unit={t.overview.alarmsUnit} red={overview.alarms_unacknowledged > 0}>
        {overview.alarms_unacknowledged > 0 ? <b className="bad">{t.overview.unacknowledged(n(overview.alarms_unacknowledged))}</b> : t.overview.allAcknowledged}
        {overview.oldest_alarm_at ? `${t.gap}${t.overview.oldest(ago(overview.oldest_alarm_at, lang, now))}` : ''}
      </Kpi>
      <Kpi to={can('read_screenings') ? paths.screenings() : null} title={t.overview.screenedToday} value={n(overview.screened_today)} unit={t.overview.screenedUnit}>{t.overview.stopped(n(stopped), share)}</Kpi>
      <Kpi to={paths.sites({ open_state: 'open' })} title={t.overview.inside} value={n(overview.people_inside)} unit={t.overview.insideUnit}>{t.overview.sitesOpen(n(overview.sites_open), n(overview.sites_total))}</Kpi>
      <Kpi to={paths.devices({ state: overview.devices_silent > 0 ? 'silent' : undefined })} title={t.overview.devices} value={n(overview.devices_live)} unit={t.overview.devicesUnit}>
        {overview.devices_silent > 0 ? <b className="warn">{t.overview.silent(n(overview.devices_silent))}</b> : t.overview.noSilent}{t.gap}{t.overview.gates(n(overview.gates_total))}
      </Kpi>
    </div>
  );
}

function Kpi({ to, title, value, unit, red, children }: { to: string | null; title: string; value: string; unit: string; red?: boolean; children: ReactNode }) {
  const inside = <><h2>{title}</h2><div className={red ? 'kpi-n bad' : 'kpi-n'}>{value}<small>{unit}</small></div><p>{children}</p></>;
  return to ? <Link className="kpi" to={to}>{inside}</Link> : <div className="kpi">{inside}</div>;
}

function OpenAlarms() {
  const t = useDesk();
  const { items, loading, error } = useList('/alarms', { state: 'open' });
  return (
    <section className="block wide">
      <h2>{t.overview.alarmList}<Link to={paths.alarms({ state: 'open' })}>{t.overview.allAlarms}</Link></h2>
      {items.length === 0 && !loading && !error ? <p className="muted">{t.overview.noAlarms}{t.gap}{t.overview.noAlarmsHint}</p> : null}
      <ul className="alarm-lines">{items.slice(0, 6).map((alarm) => <AlarmLine key={alarm.id} alarm={alarm} />)}</ul>
    </section>
  );
}

function Outcomes({ overview }: { overview: Overview }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const can = useCan();
  const most = Math.max(1, ...Object.values(overview.outcomes_today));
  return (
    <section className="block">
      <h2>{t.overview.outcomes}</h2>
      <ul className="outcome-bars">
        {(['admit', 'correct', 'recheck', 'hold', 'deny'] as const).map((outcome) => {
          const count = overview.outcomes_today[outcome] ?? 0;
          const label = <span className={`outcome-name c-${outcome}`}><VerdictShape outcome={outcome} size={16} />{words.verdict[outcome]}</span>;
          return (
            <li key={outcome}>
              {can('read_screenings') ? <Link to={paths.screenings({ outcome })}>{label}</Link> : label}
              <span className="bar"><i className={`bg-${outcome}`} style={{ width: `${(count / most) * 100}%` }} /></span>
              <b className="num">{number(count, lang)}</b>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Busiest({ overview }: { overview: Overview }) {
  const t = useDesk();
  const { lang } = useLang();
  return (
    <section className="block">
      <h2>{t.overview.busiest}</h2>
      {overview.busiest_sites.length === 0 ? <p className="muted">{t.overview.noBusiest}</p> : (
        <table className="plain-table">
          <thead><tr><th>{t.overview.site}</th><th className="num">{t.overview.screened}</th><th className="num">{t.overview.stoppedCol}</th></tr></thead>
          <tbody>
            {overview.busiest_sites.map((it) => (
              <tr key={it.site_id}><td><Link to={paths.sites({ open: it.site_id })}>{it.site_name}</Link></td><td className="num">{number(it.screened, lang)}</td><td className={it.stopped ? 'num warn' : 'num'}>{number(it.stopped, lang)}</td></tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
