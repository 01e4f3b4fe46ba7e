import { Checkbox, Form, Input, InputNumber } from 'antd';
import { post, type ResponseNew, type ResponseView } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { fromLocalInput, toLocalInput } from '../../shared/format';
import { useSubmit } from '../data';
import { optionsOf } from '../parts/FilterControls';
import { FormDrawer } from '../parts/FormDrawer';
import { AreaPicker } from '../parts/PlacePicker';
import { useDesk } from '../strings';

interface Values { area_code: string; name: string; legal_basis: string; purposes: string[]; starts_at: string; ends_at?: string; retention_days: number }

export function ResponseForm({ onClose, onSaved }: { onClose: () => void; onSaved: (saved: ResponseView) => void }) {
  const t = useDesk();
  const words = useCommon();
  const { submit, pending, error } = useSubmit<ResponseNew, ResponseView>((body, idempotencyKey) => post('/responses', { body, idempotencyKey }), {
    invalidates: ['responses', 'overview', 'session'],
    onDone: onSaved,
  });
  const send = (values: Values) =>
    void submit({
      area_code: values.area_code, name: values.name.trim(), legal_basis: values.legal_basis.trim(), purposes: values.purposes,
      starts_at: fromLocalInput(values.starts_at), ends_at: values.ends_at ? fromLocalInput(values.ends_at) : null, retention_days: values.retention_days,
    });
  return (
    <FormDrawer<Values>
      title={t.responses.start} lead={t.responses.startLead} submitText={t.responses.startSubmit} pending={pending} error={error} onClose={onClose}
      initial={{ purposes: ['screening'], retention_days: 30, starts_at: toLocalInput(Date.now()) }} onSubmit={send}
    >
      <Form.Item name="area_code" label={t.common.area} rules={[{ required: true, message: t.form.pickRequired(t.common.area) }]}><AreaPicker label={t.common.area} /></Form.Item>
      <Form.Item name="name" label={t.responses.name} rules={[{ required: true, whitespace: true, message: t.form.required(t.responses.name) }]}><Input autoComplete="off" /></Form.Item>
      <Form.Item name="legal_basis" label={t.responses.basis} extra={t.responses.basisHint} rules={[{ required: true, whitespace: true, message: t.form.required(t.responses.basis) }]}><Input.TextArea rows={2} /></Form.Item>
      <Form.Item name="purposes" label={t.responses.purposes} extra={t.responses.purposesHint} rules={[{ required: true, type: 'array', min: 1, message: t.form.pickRequired(t.responses.purposes) }]}>
        <Checkbox.Group options={optionsOf(words.responsePurpose)} />
      </Form.Item>
      <div className="form-row">
        <Form.Item name="starts_at" label={t.responses.starts} rules={[{ required: true, message: t.form.required(t.responses.starts) }]}><Input type="datetime-local" /></Form.Item>
        <Form.Item
          name="ends_at" label={t.responses.ends} extra={t.responses.endsHint}
          rules={[({ getFieldValue }) => ({ validator: (_, end: string | undefined) => (end && end <= String(getFieldValue('starts_at')) ? Promise.reject(new Error(t.responses.endBeforeStart)) : Promise.resolve()) })]}
        ><Input type="datetime-local" /></Form.Item>
      </div>
      <Form.Item name="retention_days" label={t.responses.retention} extra={t.responses.retentionHint} rules={[{ required: true, message: t.form.required(t.responses.retention) }]}><InputNumber min={1} max={180} precision={0} /></Form.Item>
    </FormDrawer>
  );
}
