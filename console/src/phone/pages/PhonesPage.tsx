import { useState } from 'react';
import { del } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useMine, useMyWrite } from '../data';
import { SubScreen } from '../parts/Screen';
import { Sheet } from '../parts/Sheet';
import { Failed, Problem, Waiting } from '../parts/states';
import { useMySession } from '../session';
import { useWords } from '../words';

export function PhonesPage() {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const { closed } = useMySession();
  const [asking, setAsking] = useState(false);
  const phones = useMine('/me/sessions');
  const one = useMyWrite<string, undefined>((id) => del('/me/sessions/{id}', { path: { id } }), ['/me/sessions']);
  const all = useMyWrite<void, undefined>(() => del('/me/sessions'), [], closed);
  const error = one.error ?? all.error;
  return (
    <SubScreen title={t.phones.title}>
      <p className="m-note">{t.phones.lead}</p>
      {phones.isPending ? <Waiting /> : null}
      {phones.error ? <Failed error={phones.error} retry={() => void phones.refetch()} /> : null}
      <ul className="m-list">
        {phones.data?.items.map((it) => (
          <li key={it.id} className="m-list-row">
            <span>
              <b>{it.device || t.phones.unknown}</b>{it.this ? ` ${t.phones.this}` : ''}
              <small>{[t.phones.signedIn(dayTime(it.created_at, lang)), t.phones.seen(dayTime(it.seen_at, lang)), it.phone_proved ? null : t.phones.unproved].filter(Boolean).join(words.gap)}</small>
            </span>
            {it.this ? null : <button type="button" className="m-link" disabled={one.isPending} onClick={() => one.mutate(it.id)}>{t.phones.signOut}</button>}
          </li>
        ))}
      </ul>
      {error ? <Problem>{words.error(error.code, error.params)}</Problem> : null}
      <button type="button" className="m-button m-wide" onClick={() => setAsking(true)}>{t.phones.everywhere}</button>
      {asking ? (
        <Sheet title={t.phones.everywhere} onClose={() => setAsking(false)}>
          <p className="m-note">{t.phones.everywhereSure}</p>
          <button type="button" className="m-button m-button-grave" disabled={all.isPending} onClick={() => all.mutate()}>{t.phones.everywhere}</button>
          <button type="button" className="m-button" onClick={() => setAsking(false)}>{t.cancel}</button>
        </Sheet>
      ) : null}
    </SubScreen>
  );
}
