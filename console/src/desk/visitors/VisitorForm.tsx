import { App, DatePicker, Form, Input, TimePicker } from 'antd';
import type { Dayjs } from 'dayjs';
import { post, type VisitorFile, type VisitorNew } from '../../api';
import { useSubmit } from '../data';
import { FormDrawer } from '../parts/FormDrawer';
import { SitePicker } from '../parts/PlacePicker';
import { useDesk } from '../strings';

interface Typed { site_id: string; name: string; phone: string; document_number?: string; company?: string; purpose?: string; plate?: string; from: Dayjs; until?: Dayjs; start: Dayjs; end: Dayjs }
interface Props { siteId?: string; onClose: () => void; onSaved: (saved: VisitorFile) => void }

const text = (it: string | undefined) => it?.trim() || null;

/** Announce somebody. Nothing of it is kept on this device: it is about a person. */
export function VisitorForm({ siteId, onClose, onSaved }: Props) {
  const t = useDesk();
  const w = t.visitors;
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<VisitorNew, VisitorFile>(
    (body, idempotencyKey) => post('/visitors', { body, idempotencyKey }),
    { invalidates: ['visitors'], onDone: (saved) => { void message.success(w.saved); onSaved(saved); } },
  );
  const send = (it: Typed) => submit({
    site_id: it.site_id, name: it.name.trim(), phone: it.phone.trim(), document_kind: null, document_number: text(it.document_number), company: text(it.company), purpose: text(it.purpose), plate: text(it.plate),
    from: it.from.format('YYYY-MM-DD'), until: it.until?.format('YYYY-MM-DD') ?? null, start: it.start.format('HH:mm'), end: it.end.format('HH:mm'),
  });
  const needed = (label: string) => [{ required: true, whitespace: true, message: t.form.required(label) }];
  const picked = (label: string) => [{ required: true, message: t.form.pickRequired(label) }];
  return (
    <FormDrawer<Typed> title={w.add} lead={w.lead} submitText={t.actions.save} pending={pending} error={error} onClose={onClose} initial={{ site_id: siteId }} onSubmit={(it) => void send(it)}>
      <Form.Item name="site_id" label={t.common.site} rules={picked(t.common.site)}><SitePicker label={t.common.site} /></Form.Item>
      <div className="form-row">
        <Form.Item name="name" label={w.name} rules={needed(w.name)}><Input autoComplete="off" maxLength={60} /></Form.Item>
        <Form.Item name="phone" label={w.phone} rules={needed(w.phone)}><Input autoComplete="off" inputMode="tel" maxLength={20} /></Form.Item>
      </div>
      <Form.Item name="document_number" label={w.document} extra={w.documentHint}><Input autoComplete="off" maxLength={24} /></Form.Item>
      <div className="form-row">
        <Form.Item name="company" label={w.company}><Input autoComplete="off" maxLength={60} /></Form.Item>
        <Form.Item name="purpose" label={w.purpose}><Input autoComplete="off" maxLength={60} /></Form.Item>
      </div>
      <Form.Item name="plate" label={w.plate} extra={w.plateHint}><Input autoComplete="off" maxLength={12} /></Form.Item>
      <div className="form-row">
        <Form.Item name="from" label={w.from} rules={picked(w.from)}><DatePicker style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="until" label={w.until} extra={w.untilHint}><DatePicker style={{ width: '100%' }} /></Form.Item>
      </div>
      <div className="form-row">
        <Form.Item name="start" label={w.start} rules={picked(w.start)}><TimePicker format="HH:mm" minuteStep={5} needConfirm={false} style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="end" label={w.end} rules={picked(w.end)}><TimePicker format="HH:mm" minuteStep={5} needConfirm={false} style={{ width: '100%' }} /></Form.Item>
      </div>
    </FormDrawer>
  );
}
