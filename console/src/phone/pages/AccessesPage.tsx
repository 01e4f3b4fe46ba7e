import type { AccessView, Purpose } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useMyPages } from '../data';
import { actor, actWords } from '../looks';
import { SubScreen } from '../parts/Screen';
import { Empty, Failed, Waiting } from '../parts/states';
import { useMySession } from '../session';
import { useWords } from '../words';

export function AccessesPage() {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const { session } = useMySession();
  const looks = useMyPages<AccessView>('/me/accesses');
  const purpose = (it: AccessView) => (Object.hasOwn(words.purpose, it.purpose) ? words.purpose[it.purpose as Purpose] : null);
  return (
    <SubScreen title={t.looks.title}>
      <p className="m-note">{t.looks.lead}</p>
      {looks.loading ? <Waiting /> : null}
      {looks.error ? <Failed error={looks.error} retry={looks.retry} /> : null}
      {!looks.loading && !looks.error && looks.items.length === 0 ? <Empty title={session?.phone_proved === false ? t.status.closed : t.looks.none} hint={session?.phone_proved === false ? t.status.closedHint : t.looks.noneHint} /> : null}
      {looks.items.length > 0 ? (
        <ul className="m-list">
          {looks.items.map((it, i) => (
            <li key={`${it.at}${it.act}${i}`}>
              <b>{actor(it, t, words)}</b> {actWords(it, t)}
              <small>{[dayTime(it.at, lang), it.actor_role === 'worker' ? null : purpose(it)].filter(Boolean).join(words.gap)}</small>
              {it.note ? <small>{t.looks.because(it.note)}</small> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {looks.more ? <button type="button" className="m-button m-wide" disabled={looks.loadingMore} onClick={looks.more}>{t.more}</button> : null}
    </SubScreen>
  );
}
