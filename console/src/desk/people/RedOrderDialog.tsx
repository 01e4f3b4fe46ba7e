import { App, Form, Input, Radio } from 'antd';
import { post, type PersonFile, type RedOrder, type RedReason } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useSubmit } from '../data';
import { FormDrawer } from '../parts/FormDrawer';
import { useDesk } from '../strings';

const REASONS: RedReason[] = ['confirmed_case', 'suspected_case', 'restricted_match'];

/** The first of the two orders red; nothing changes before another confirms. */
export function RedOrderDialog({ file, onClose }: { file: PersonFile; onClose: () => void }) {
  const t = useDesk();
  const words = useCommon();
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<{ reason: RedReason; note: string }, RedOrder>(
    (body, idempotencyKey) => post('/people/{id}/red-orders', { path: { id: file.id }, body, idempotencyKey }),
    { invalidates: ['red-orders', 'people'], onDone: () => { void message.success(t.redOrders.asked); onClose(); } },
  );
  return (
    <FormDrawer<{ reason: RedReason; note: string }> title={t.redOrders.order(file.masked_name)} lead={t.redOrders.orderLead} submitText={t.redOrders.send} pending={pending} error={error} onClose={onClose} initial={{ reason: 'suspected_case' }} onSubmit={(values) => void submit(values)}>
      <Form.Item name="reason" label={t.form.reason}><Radio.Group options={REASONS.map((value) => ({ value, label: words.statusReason[value] }))} /></Form.Item>
      <Form.Item name="note" label={t.redOrders.evidence} rules={[{ required: true, whitespace: true, message: t.declare.needed }]}><Input.TextArea rows={3} maxLength={1000} /></Form.Item>
    </FormDrawer>
  );
}
