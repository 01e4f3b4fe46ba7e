import { App, Form, Input } from 'antd';
import { post, type OfficerView, type SubstituteNew, type SubstituteView } from '../../api';
import { fromLocalInput, toLocalInput } from '../../shared/format';
import { useSubmit } from '../data';
import { FormDrawer } from '../parts/FormDrawer';
import { useDesk } from '../strings';
import { OfficerPicker } from './pickers';

interface Values { substitute_id: string; from: string; until: string; note: string }

/** Who stands in while an officer is away. */
export function SubstituteForm({ officer, onClose }: { officer: OfficerView; onClose: () => void }) {
  const t = useDesk();
  const w = t.grid;
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<SubstituteNew, SubstituteView>(
    (body, idempotencyKey) => post('/officers/{id}/substitutes', { path: { id: officer.id }, body, idempotencyKey }),
    { invalidates: ['officers', 'assignments', 'grid'], onDone: () => { void message.success(w.substituted); onClose(); } },
  );
  const send = ({ substitute_id, from, until, note }: Values) => void submit({ substitute_id, from: fromLocalInput(from), until: fromLocalInput(until), note: note.trim() });
  return (
    <FormDrawer<Values> title={w.substituteTitle(officer.name)} lead={w.substituteLead} submitText={w.substituteAdd} pending={pending} error={error} onClose={onClose} initial={{ from: toLocalInput(Date.now()) }} onSubmit={send}>
      <Form.Item name="substitute_id" label={w.substitute} rules={[{ required: true, message: t.form.pickRequired(w.substitute) }]}><OfficerPicker label={w.substitute} without={officer.id} autoFocus /></Form.Item>
      <Form.Item name="from" label={w.from} rules={[{ required: true, message: t.form.required(w.from) }]}><Input type="datetime-local" /></Form.Item>
      <Form.Item name="until" label={w.until} rules={[{ required: true, message: t.form.required(w.until) }]}><Input type="datetime-local" /></Form.Item>
      <Form.Item name="note" label={w.reason} rules={[{ required: true, whitespace: true, message: t.form.required(w.reason) }, { max: 120, message: t.form.tooLong(120) }]}><Input /></Form.Item>
    </FormDrawer>
  );
}
