import { Link } from 'react-router';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useCount, useList } from '../data';
import { PageHead } from '../parts/PageHead';
import { ErrorState, LoadingState } from '../parts/states';
import { useNow } from '../parts/useNow';
import { paths } from '../paths';
import { useSession } from '../session/session';
import { useDesk } from '../strings';
import { deadlineOf, queryOf, sortOf, type ReviewTab } from './model';
import { Due } from './StateOf';
import '../parts/panel.css';

const SHOWN = 10;

/** Where a reviewer begins: what she has in review, and what waits; the one that is due first comes first. */
export function ReviewerStart() {
  const t = useDesk();
  return (
    <div className="page">
      <PageHead title={t.review.title} second={t.review.starts.lead}><Link to={paths.review({ state: 'all' })}>{t.review.starts.all}</Link></PageHead>
      <div className="page-body">
        <Queue tab="mine" title={t.review.starts.mine} />
        <Queue tab="waiting" title={t.review.starts.waiting} />
      </div>
    </div>
  );
}

function Queue({ tab, title }: { tab: ReviewTab; title: string }) {
  const t = useDesk();
  const { lang } = useLang();
  const now = useNow();
  const me = useSession().account.id;
  const list = useList('/applications', queryOf(tab, me), sortOf(tab));
  const count = useCount('/applications', queryOf(tab, me));
  const due = (at: string | undefined) => (at ? Date.parse(at) : Infinity);
  const items = [...list.items].sort((a, b) => due(deadlineOf(a, now)?.at) - due(deadlineOf(b, now)?.at));
  return (
    <section className="block">
      <h2><span>{title}{count === null ? null : <small>{t.gap}{t.review.count(number(count, lang))}</small>}</span><Link to={paths.review({ state: tab === 'waiting' ? undefined : tab })}>{t.review.starts.open}</Link></h2>
      {list.loading ? <LoadingState /> : null}
      {list.error ? <ErrorState error={list.error} retry={list.retry} /> : null}
      {!list.loading && !list.error && items.length === 0 ? <p className="muted">{t.review.none[tab]}</p> : null}
      <ul className="lines">
        {items.slice(0, SHOWN).map((it) => (
          <li key={it.id}><span><Link to={paths.reviewFile(it.id)}>{it.number}</Link>{t.gap}{it.enterprise_name}</span><span><Due it={it} now={now} /></span></li>
        ))}
      </ul>
    </section>
  );
}
