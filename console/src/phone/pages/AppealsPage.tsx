import { useState } from 'react';
import { post, type MyAppeal } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useMine, useMyPages, useMyWrite } from '../data';
import { Field } from '../parts/fields';
import { SubScreen } from '../parts/Screen';
import { Sheet } from '../parts/Sheet';
import { Empty, Failed, Problem, Waiting } from '../parts/states';
import { useWords } from '../words';

/** What she says against her status, and what she was answered. */
export function AppealsPage() {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const [asking, setAsking] = useState(false);
  const all = useMyPages<MyAppeal>('/me/appeals');
  const status = useMine('/me/file').data?.status.status;
  const waits = all.items.some((it) => it.state === 'open');
  const may = status !== undefined && status !== null && status !== 'green' && !waits;
  const withdraw = useMyWrite<string, MyAppeal>((id, idempotencyKey) => post('/me/appeals/{id}/withdraw', { path: { id }, idempotencyKey }), ['/me/appeals', '/me/accesses']);
  const foot = may ? <button type="button" className="m-button m-button-go m-grow" onClick={() => setAsking(true)}>{t.appeals.ask}</button> : undefined;
  return (
    <SubScreen title={t.appeals.title} back="/" foot={foot}>
      <p className="m-note">{t.appeals.lead}</p>
      {all.loading ? <Waiting /> : null}
      {all.error ? <Failed error={all.error} retry={all.retry} /> : null}
      {!all.loading && !all.error && all.items.length === 0 ? <Empty title={t.appeals.none} /> : null}
      {all.items.length > 0 ? (
        <ul className="m-list">
          {all.items.map((it) => (
            <li key={it.id}>
              <div className="m-list-row"><b>{words.status[it.status]}</b><span className={`m-tag is-${it.state === 'granted' ? 'accepted' : it.state}`}>{t.appeals.states[it.state]}</span></div>
              <small>{it.words}</small>
              {it.answer ? <small>{t.corrections.answer(it.answer)}</small> : null}
              <div className="m-list-row">
                <time dateTime={it.created_at}>{it.state === 'open' ? (it.late ? t.appeals.late : t.appeals.due(dayTime(it.due_at, lang))) : dayTime(it.decided_at ?? it.created_at, lang)}</time>
                {it.state === 'open' ? <button type="button" className="m-link" disabled={withdraw.isPending} onClick={() => withdraw.mutate(it.id)}>{t.corrections.withdraw}</button> : null}
              </div>
            </li>
          ))}
        </ul>
      ) : null}
      {withdraw.error ? <Problem>{words.error(withdraw.error.code, withdraw.error.params)}</Problem> : null}
      {all.more ? <button type="button" className="m-button m-wide" disabled={all.loadingMore} onClick={all.more}>{t.more}</button> : null}
      {asking ? <AskSheet onClose={() => setAsking(false)} /> : null}
    </SubScreen>
  );
}

function AskSheet({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const words = useCommon();
  const [text, setText] = useState('');
  const send = useMyWrite<string, MyAppeal>((said, idempotencyKey) => post('/me/appeals', { body: { words: said }, idempotencyKey }), ['/me/appeals', '/me/accesses', '/me/facts'], onClose);
  const problem = send.error?.field === 'words' ? words.error(send.error.code, send.error.params) : null;
  return (
    <Sheet title={t.appeals.ask} onClose={onClose}>
      <form className="m-form" onSubmit={(event) => { event.preventDefault(); send.mutate(text); }}>
        <Field label={t.appeals.words} hint={t.appeals.wordsHint} problem={problem}>
          {({ id, describedBy, invalid }) => <textarea id={id} className="m-input" rows={4} maxLength={1000} value={text} aria-describedby={describedBy} aria-invalid={invalid} onChange={(event) => setText(event.target.value)} />}
        </Field>
        {send.error && !problem ? <Problem>{send.error.isOffline ? t.offline.title : words.error(send.error.code, send.error.params)}</Problem> : null}
        <button type="submit" className="m-button m-button-go" disabled={send.isPending || text.trim() === ''}>{t.corrections.send}</button>
        <button type="button" className="m-button" onClick={onClose}>{t.cancel}</button>
      </form>
    </Sheet>
  );
}
