import type { FactView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useMyPages } from '../data';
import { SubScreen } from '../parts/Screen';
import { Empty, Failed, Waiting } from '../parts/states';
import { sentence } from '../facts';
import { useWords } from '../words';

export function TimelinePage() {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const facts = useMyPages<FactView>('/me/facts');
  return (
    <SubScreen title={t.timeline.title}>
      {facts.loading ? <Waiting /> : null}
      {facts.error ? <Failed error={facts.error} retry={facts.retry} /> : null}
      {!facts.loading && !facts.error && facts.items.length === 0 ? <Empty title={t.timeline.none} hint={t.timeline.noneHint} /> : null}
      {facts.items.length > 0 ? (
        <ul className="m-list">
          {facts.items.map((it) => (
            <li key={it.id}>
              <b>{words.factKind[it.kind]}</b>{it.site_name ? ` ${it.site_name}` : ''}
              <small>{sentence(it, t, words)}</small>
              <time dateTime={it.occurred_at}>{dayTime(it.occurred_at, lang)}</time>
            </li>
          ))}
        </ul>
      ) : null}
      {facts.more ? <button type="button" className="m-button m-wide" disabled={facts.loadingMore} onClick={facts.more}>{t.more}</button> : null}
    </SubScreen>
  );
}
