import { Link } from 'react-router';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useList } from '../data';
import { actWords } from '../audit/auditWords';
import { PageHead } from '../parts/PageHead';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';
import './overview.css';

export function AuditorStart() {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const list = useList('/audit', {});
  return (
    <div className="page">
      <PageHead title={t.start.auditorTitle} second={t.start.auditorLead} />
      <div className="page-body">
        <section className="block">
          <h2>{t.start.recent}<Link to={paths.audit()}>{t.start.toAudit}</Link></h2>
          {list.loading ? <LoadingState /> : null}
          {list.error ? <ErrorState error={list.error} retry={list.retry} /> : null}
          <ul className="lines">
            {list.items.slice(0, 15).map((it) => (
              <li key={it.id}>
                <span><Link to={paths.audit({ open: it.id })}>{it.actor_name}</Link>{t.gap}{actWords(it.act, t)}{t.gap}<span className="muted">{words.purpose[it.purpose as keyof typeof words.purpose] ?? it.purpose}</span></span>
                <span>{dayTime(it.at, lang)}</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}
