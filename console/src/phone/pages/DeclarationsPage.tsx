import { Link } from 'react-router';
import type { DeclarationView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useMyPages } from '../data';
import { SubScreen } from '../parts/Screen';
import { Empty, Failed, Waiting } from '../parts/states';
import { useWords } from '../words';
import { summary } from '../declared';

export function DeclarationsPage() {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const all = useMyPages<DeclarationView>('/me/declarations');
  return (
    <SubScreen title={t.declare.all} foot={<Link to="/declare" className="m-button m-button-go m-grow">{t.declare.fill}</Link>}>
      {all.loading ? <Waiting /> : null}
      {all.error ? <Failed error={all.error} retry={all.retry} /> : null}
      {!all.loading && !all.error && all.items.length === 0 ? <Empty title={t.declare.none} hint={t.declare.noneHint} /> : null}
      {all.items.length > 0 ? (
        <ul className="m-list">
          {all.items.map((it) => (
            <li key={it.id}>
              <b>{dayTime(it.declared_at, lang)}</b>
              <small>{summary(it.answers, t, words)}</small>
              {it.answers.legs.map((leg, at) => <small key={at}>{`${words.legKind[leg.kind]} ${leg.number}　${leg.on}　${leg.from} → ${leg.to}`}</small>)}
              <small>{[it.declared_by ? t.declare.by(it.declared_by) : null, it.unchanged ? t.declare.same : null].filter(Boolean).join(words.gap)}</small>
            </li>
          ))}
        </ul>
      ) : null}
      {all.more ? <button type="button" className="m-button m-wide" disabled={all.loadingMore} onClick={all.more}>{t.more}</button> : null}
    </SubScreen>
  );
}
