import { useState } from 'react';
import { post, type CorrectionAsk, type CorrectionField, type MyCorrection } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useMyPages, useMyWrite } from '../data';
import { Field, TextField } from '../parts/fields';
import { SubScreen } from '../parts/Screen';
import { Sheet } from '../parts/Sheet';
import { Empty, Failed, Problem, Waiting } from '../parts/states';
import { useWords } from '../words';

const FIELDS: CorrectionField[] = ['name', 'phone', 'document_number', 'employment', 'other'];

export function CorrectionsPage() {
  const t = useWords();
  const [asking, setAsking] = useState(false);
  const [taking, setTaking] = useState<MyCorrection | null>(null);
  const asked = useMyPages<MyCorrection>('/me/corrections');
  return (
    <SubScreen title={t.corrections.title} foot={<button type="button" className="m-button m-button-go m-grow" onClick={() => setAsking(true)}>{t.corrections.ask}</button>}>
      {asked.loading ? <Waiting /> : null}
      {asked.error ? <Failed error={asked.error} retry={asked.retry} /> : null}
      {!asked.loading && !asked.error && asked.items.length === 0 ? <Empty title={t.corrections.none} hint={t.corrections.noneHint} /> : null}
      {asked.items.length > 0 ? <ul className="m-list">{asked.items.map((it) => <Row key={it.id} it={it} onWithdraw={() => setTaking(it)} />)}</ul> : null}
      {asked.more ? <button type="button" className="m-button m-wide" disabled={asked.loadingMore} onClick={asked.more}>{t.more}</button> : null}
      {asking ? <AskSheet onClose={() => setAsking(false)} /> : null}
      {taking ? <WithdrawSheet it={taking} onClose={() => setTaking(null)} /> : null}
    </SubScreen>
  );
}

function Row({ it, onWithdraw }: { it: MyCorrection; onWithdraw: () => void }) {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  return (
    <li>
      <div className="m-list-row"><b>{words.correctionField[it.field]}</b><span className={`m-tag is-${it.state}`}>{words.correctionState[it.state]}</span></div>
      <small>{it.wanted}</small>
      {it.note ? <small>{it.note}</small> : null}
      {it.answer ? <small>{t.corrections.answer(it.answer)}</small> : null}
      <div className="m-list-row">
        <time dateTime={it.created_at}>{dayTime(it.created_at, lang)}</time>
        {it.state === 'open' ? <button type="button" className="m-link" onClick={onWithdraw}>{t.corrections.withdraw}</button> : null}
      </div>
    </li>
  );
}

function AskSheet({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const words = useCommon();
  const [field, setField] = useState<CorrectionField>('name');
  const [value, setValue] = useState('');
  const [note, setNote] = useState('');
  const send = useMyWrite<CorrectionAsk, MyCorrection>(
    (body, idempotencyKey) => post('/me/corrections', { body, idempotencyKey }), ['/me/corrections', '/me/accesses', '/me/file'], onClose,
  );
  const problem = (name: string) => (send.error?.field === name ? words.error(send.error.code, send.error.params) : null);
  return (
    <Sheet title={t.corrections.ask} onClose={onClose}>
      <form className="m-form" onSubmit={(event) => { event.preventDefault(); send.mutate({ field, value, note: note || null }); }}>
        <Field label={t.corrections.field} problem={problem('field')}>
          {({ id }) => <select id={id} className="m-input" value={field} onChange={(event) => setField(event.target.value as CorrectionField)}>{FIELDS.map((it) => <option key={it} value={it}>{words.correctionField[it]}</option>)}</select>}
        </Field>
        <TextField label={t.corrections.value} hint={t.corrections.valueHint[field]} problem={problem('value')} value={value} onChange={setValue} maxLength={120} autoComplete="off" />
        <TextField label={t.corrections.note} problem={problem('note')} value={note} onChange={setNote} maxLength={120} autoComplete="off" />
        {send.error && !send.error.field ? <Problem>{send.error.isOffline ? t.offline.title : words.error(send.error.code, send.error.params)}</Problem> : null}
        <button type="submit" className="m-button m-button-go" disabled={send.isPending || value.trim() === ''}>{t.corrections.send}</button>
        <button type="button" className="m-button" onClick={onClose}>{t.cancel}</button>
      </form>
    </Sheet>
  );
}

function WithdrawSheet({ it, onClose }: { it: MyCorrection; onClose: () => void }) {
  const t = useWords();
  const words = useCommon();
  const withdraw = useMyWrite<void, MyCorrection>(
    (_, idempotencyKey) => post('/me/corrections/{id}/withdraw', { path: { id: it.id }, idempotencyKey }), ['/me/corrections', '/me/accesses'], onClose,
  );
  return (
    <Sheet title={t.corrections.withdraw} onClose={onClose}>
      <p className="m-note">{t.corrections.withdrawSure}</p>
      {withdraw.error ? <Problem>{words.error(withdraw.error.code, withdraw.error.params)}</Problem> : null}
      <button type="button" className="m-button m-button-grave" disabled={withdraw.isPending} onClick={() => withdraw.mutate()}>{t.corrections.withdraw}</button>
      <button type="button" className="m-button" onClick={onClose}>{t.cancel}</button>
    </Sheet>
  );
}
