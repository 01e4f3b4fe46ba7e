import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { post, type WhitelistBatch } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useGet, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { useDesk } from '../strings';
import { useRulebook } from './useRulebook';

const nameOf = (it: Pick<WhitelistBatch, 'category' | 'batch'>) => `${it.category}-${it.batch}`;

/** The category and batch of a choice; nothing for none. */
export function batchOf(choice: string): { category: string | null; batch: number | null } {
  const at = choice.lastIndexOf('-');
  return at < 0 ? { category: null, batch: null } : { category: choice.slice(0, at), batch: Number(choice.slice(at + 1)) };
}

/** A whitelist batch, or none; the next one is made in place. */
export function BatchChoice({ value, onChange }: { value: string; onChange: (choice: string) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const { categoryName } = useRulebook();
  const { data } = useGet('/whitelist-batches', {});
  const [making, make] = useState(false);
  const w = t.review;
  const options = (data?.items ?? []).map((it) => ({ value: nameOf(it), label: w.batch(categoryName(it.category, lang), number(it.batch, lang)), title: it.note }));
  return (
    <>
      <Form.Item label={w.whitelist} htmlFor="batch-choice">
        <Select id="batch-choice" value={value} onChange={onChange} options={[{ value: '', label: w.noWhitelist }, ...options]} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      {making ? <NewBatch onMade={(it) => { make(false); onChange(nameOf(it)); }} /> : <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => make(true)}>{w.newBatch}</Button>}
    </>
  );
}

function NewBatch({ onMade }: { onMade: (it: WhitelistBatch) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const { message } = App.useApp();
  const { categories, categoryName } = useRulebook();
  const [category, setCategory] = useState('');
  const [note, setNote] = useState('');
  const w = t.review;
  const { submit, pending, error } = useSubmit<{ category: string; note: string }, WhitelistBatch>((body, idempotencyKey) => post('/whitelist-batches', { body, idempotencyKey }), {
    invalidates: ['whitelist-batches'],
    onDone: (it) => { void message.success(w.batchMade(w.batch(categoryName(it.category, lang), number(it.batch, lang)))); onMade(it); },
  });
  return (
    <fieldset className="review-batch">
      <legend>{w.newBatchTitle}</legend>
      <ErrorAlert error={error} />
      <Form.Item label={w.category} htmlFor="batch-category"><Select id="batch-category" value={category || undefined} onChange={setCategory} options={categories.map((it) => ({ value: it.key, label: it.name[lang] }))} /></Form.Item>
      <Form.Item label={w.batchNote} htmlFor="batch-note"><Input id="batch-note" maxLength={120} value={note} onChange={(event) => setNote(event.target.value)} /></Form.Item>
      <Button size="small" type="primary" loading={pending} disabled={!category || !note.trim()} onClick={() => void submit({ category, note: note.trim() })}>{w.newBatch}</Button>
    </fieldset>
  );
}
