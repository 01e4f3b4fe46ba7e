import { Link } from 'react-router';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useGet } from '../data';
import { useNow } from '../parts/useNow';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { localDay } from './model';
import './reports.css';

const SHOWN = 5;

/** What whoever reports still has to say, of today and of yesterday. Nothing where all is said. */
export function DueReports() {
  const now = useNow();
  return <><Due day={localDay(now)} /><Due day={localDay(now, 1)} late /></>;
}

function Due({ day, late = false }: { day: string; late?: boolean }) {
  const t = useDesk();
  const { lang } = useLang();
  const { data } = useGet('/report-duties', { query: { day, limit: SHOWN } });
  const w = t.reports;
  if (!data || data.items.length === 0) return null;
  return (
    <section className={`report-due${late ? ' late' : ''}`} aria-label={late ? w.dueLate : w.due}>
      <h2>{late ? w.dueLate : w.due}<small>{day}</small></h2>
      <ul>
        {data.items.map((it) => (
          <li key={it.id}>
            <Link to={paths.dailyReport(it.id, day)}>{it.unit_name}</Link>
            {it.reminded_at ? <small>{w.wereReminded(dayTime(it.reminded_at, lang))}</small> : null}
          </li>
        ))}
      </ul>
      {data.next ? <Link to={paths.dailyReports({ tab: 'missing', day })}>{w.allDue}</Link> : null}
    </section>
  );
}

