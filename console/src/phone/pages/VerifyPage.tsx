import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { get, type ApiError, type CertificateFacts } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { clock, dayKey } from '../../shared/format';
import { Icon, type IconName } from '../parts/Icon';
import { Failed, Waiting } from '../parts/states';
import { useWords } from '../words';

type Verdict = 'holds' | 'expired' | 'revoked' | 'unknown';
const SHAPES: Record<Verdict, IconName> = { holds: 'done', expired: 'late', revoked: 'cross', unknown: 'question' };

/** For anybody who was shown a certificate: whether it holds. Nobody has to be signed in. */
export function VerifyPage() {
  const t = useWords();
  const words = useCommon();
  const { lang, setLang } = useLang();
  const id = useParams().id ?? '';
  const asked = useQuery<CertificateFacts | null, ApiError>({
    queryKey: ['/certificates/{id}/verify', id],
    queryFn: async ({ signal }) => {
      try {
        return await get('/certificates/{id}/verify', { path: { id }, signal });
      } catch (error) {
        if ((error as ApiError).status === 404) return null;
        throw error;
      }
    },
  });
  return (
    <div className="m-screen">
      <header className="m-head"><h1>{t.training.verify.title}</h1></header>
      <main className="m-main">
        {asked.isPending ? <Waiting /> : null}
        {asked.error ? <Failed error={asked.error} retry={() => void asked.refetch()} /> : null}
        {asked.data === undefined ? null : <Answer facts={asked.data} at={asked.dataUpdatedAt} />}
        <button type="button" className="m-link" onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>{words.language.other}</button>
      </main>
    </div>
  );
}

function verdictOf(facts: CertificateFacts | null): Verdict {
  if (!facts) return 'unknown';
  return facts.revoked ? 'revoked' : facts.holds ? 'holds' : 'expired';
}

function Answer({ facts, at }: { facts: CertificateFacts | null; at: number }) {
  const t = useWords();
  const v = t.training.verify;
  const verdict = verdictOf(facts);
  const rows: [string, string][] = facts ? [[v.name, facts.masked_name], [v.course, facts.title], [v.issued, dayKey(facts.issued_at)], [v.good, dayKey(facts.expires_at)]] : [];
  return (
    <>
      <section className={`m-card m-verdict is-${verdict}`} role="status" data-verdict={verdict}>
        <Icon name={SHAPES[verdict]} /><h2>{v[verdict]}</h2><p>{v[`${verdict}Hint`]}</p>
      </section>
      {rows.length > 0 ? <section className="m-card"><dl className="m-pairs">{rows.map(([label, value]) => <div key={label} style={{ display: 'contents' }}><dt>{label}</dt><dd>{value}</dd></div>)}</dl></section> : null}
      <p className="m-note">{v.checked(clock(at, true))}</p>
    </>
  );
}
