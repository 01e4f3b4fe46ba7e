import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { get, type ApiError, type ReopeningView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { clock, dayKey } from '../../shared/format';
import { Icon, type IconName } from '../parts/Icon';
import { Failed, Waiting } from '../parts/states';
import { useWords } from '../words';

type Verdict = 'approved' | 'filed' | 'suspended' | 'revoked' | 'unknown';
const SHAPES: Record<Verdict, IconName> = { approved: 'done', filed: 'done', suspended: 'late', revoked: 'cross', unknown: 'question' };
/** Shape and colour are those of every certificate. */
const LOOKS: Record<Verdict, string> = { approved: 'is-holds', filed: 'is-holds', suspended: 'is-expired', revoked: 'is-revoked', unknown: 'is-unknown' };

/** For anybody who reads the code at an entrance: whether the site may be open. Nobody has to be signed in. */
export function ReopeningPage() {
  const t = useWords();
  const words = useCommon();
  const { lang, setLang } = useLang();
  const id = useParams().id ?? '';
  const asked = useQuery<ReopeningView | null, ApiError>({
    queryKey: ['/reopenings/{id}', id],
    queryFn: async ({ signal }) => {
      try {
        return await get('/reopenings/{id}', { path: { id }, signal });
      } catch (error) {
        if ((error as ApiError).status === 404) return null;
        throw error;
      }
    },
  });
  return (
    <div className="m-screen">
      <header className="m-head"><h1>{t.reopening.verify.title}</h1></header>
      <main className="m-main">
        {asked.isPending ? <Waiting /> : null}
        {asked.error ? <Failed error={asked.error} retry={() => void asked.refetch()} /> : null}
        {asked.data === undefined ? null : <Answer facts={asked.data} at={asked.dataUpdatedAt} />}
        <Link className="m-link" to="/reopenings">{t.reopening.verify.list}</Link>
        <button type="button" className="m-link" onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>{words.language.other}</button>
      </main>
    </div>
  );
}

function Answer({ facts, at }: { facts: ReopeningView | null; at: number }) {
  const v = useWords().reopening.verify;
  const { lang } = useLang();
  const state = facts?.state;
  const verdict: Verdict = state === 'approved' || state === 'filed' || state === 'suspended' || state === 'revoked' ? state : 'unknown';
  const rows: [string, string][] = facts
    ? [[v.enterprise, facts.enterprise_name], [v.sites, facts.sites.join(lang === 'zh' ? '、' : ', ')], [v.area, facts.area_name], [v.number, facts.number], [v.since, facts.since ? dayKey(facts.since) : ''], ...(facts.batch && facts.category ? [[v.whitelist, v.batch(facts.category_name?.[lang] ?? facts.category, facts.batch)] as [string, string]] : [])]
    : [];
  return (
    <>
      <section className={`m-card m-verdict ${LOOKS[verdict]}`} role="status" data-verdict={verdict}>
        <Icon name={SHAPES[verdict]} /><h2>{v[verdict]}</h2><p>{v[`${verdict}Hint`]}</p>
      </section>
      {rows.length > 0 ? <section className="m-card"><dl className="m-pairs">{rows.map(([label, value]) => <div key={label} style={{ display: 'contents' }}><dt>{label}</dt><dd>{value}</dd></div>)}</dl></section> : null}
      <p className="m-note">{v.checked(clock(at, true))}</p>
    </>
  );
}
