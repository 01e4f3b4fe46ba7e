import { App, Checkbox, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { post, type HandoverNew, type HandoverView, type OfficerView } from '../../api';
import { useCount, useList, useSubmit } from '../data';
import { Choice } from '../parts/Choice';
import { FormDrawer } from '../parts/FormDrawer';
import { useDesk } from '../strings';
import { OfficerPicker } from './pickers';

interface Values { to_officer_id: string; assignment_ids?: string[]; note: string }

/** Everything of one officer, or what is chosen, to another in one act. */
export function HandOverForm({ officer, onClose }: { officer: OfficerView; onClose: () => void }) {
  const t = useDesk();
  const w = t.grid;
  const { message } = App.useApp();
  const [some, setSome] = useState(false);
  const now = useCount('/assignments', { officer_id: officer.id, state: 'in_force' });
  const later = useCount('/assignments', { officer_id: officer.id, state: 'planned' });
  const { submit, pending, error } = useSubmit<HandoverNew, HandoverView>(
    (body, idempotencyKey) => post('/officers/{id}/handovers', { path: { id: officer.id }, body, idempotencyKey }),
    { invalidates: ['officers', 'assignments', 'grid'], onDone: (done) => { void message.success(w.handedOver(done.assignments)); onClose(); } },
  );
  const send = (values: Values) => void submit({ to_officer_id: values.to_officer_id, assignment_ids: some ? (values.assignment_ids ?? []) : null, note: values.note.trim().replaceAll(/\s*\n\s*/g, ' ') });
  return (
    <FormDrawer<Values> title={w.handOverTitle(officer.name)} lead={w.handOverLead} submitText={w.handOver} pending={pending} error={error} onClose={onClose} initial={{}} onSubmit={send}>
      <Form.Item name="to_officer_id" label={w.to} rules={[{ required: true, message: t.form.pickRequired(w.to) }]}><OfficerPicker label={w.to} without={officer.id} autoFocus /></Form.Item>
      <Form.Item label={w.which}>
        <Choice label={w.which} value={some ? 'some' : 'all'} onChange={(next) => setSome(next === 'some')} options={[{ value: 'all', label: w.everything((now ?? 0) + (later ?? 0)) }, { value: 'some', label: w.chosen }]} />
      </Form.Item>
      {some ? <Form.Item name="assignment_ids" label={w.chosen} rules={[{ required: true, type: 'array', min: 1, message: w.chosenRule }]}><Chosen officer={officer.id} /></Form.Item> : null}
      <Form.Item name="note" label={w.note} extra={w.noteHint} rules={[{ required: true, whitespace: true, message: t.form.required(w.note) }, { max: 120, message: t.form.tooLong(120) }]}><Input.TextArea rows={3} /></Form.Item>
    </FormDrawer>
  );
}

function Chosen({ officer, value, onChange }: { officer: string; value?: string[]; onChange?: (ids: string[]) => void }) {
  const t = useDesk();
  const { items, more } = useList('/assignments', { officer_id: officer, state: 'in_force' });
  useEffect(() => more?.(), [items.length, more]);
  return (
    <Checkbox.Group
      className="chosen" value={value} onChange={(ids) => onChange?.(ids.map(String))}
      options={items.map((it) => ({ value: it.id, label: `${it.target_name}${t.gap}${t.grid.kind[it.kind]}` }))}
    />
  );
}
