import { App, Form, Input, InputNumber, Modal } from 'antd';
import { post, type ClinicalReading, type ScreeningView } from '../../api';
import { useGet, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { useFieldErrors } from '../parts/useApiForm';
import { temperature } from '../../shared/format';
import { useDesk } from '../strings';

/** A clinical thermometer decides: it clears the hold or confirms the fever. */
export function ClinicalDialog({ screening, onClose }: { screening: ScreeningView; onClose: () => void }) {
  const t = useDesk();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ temperature_c: number; note?: string }>();
  const rules = useGet('/gate-rules', { query: { site_id: screening.site_id } });
  const { submit, pending, error } = useSubmit<ClinicalReading, ScreeningView>((body, idempotencyKey) => post('/screenings/{id}/clinical-reading', { path: { id: screening.id }, body, idempotencyKey }), {
    invalidates: ['screenings', 'alarms', 'people', 'overview'],
    onDone: () => { void message.success(t.screenings.clinicalDone); onClose(); },
  });
  const general = useFieldErrors(form, error);
  return (
    <Modal open onCancel={onClose} onOk={() => form.submit()} okText={t.screenings.clinicalSubmit} cancelText={t.actions.cancel} confirmLoading={pending} title={t.screenings.enterClinical} destroyOnHidden>
      <p className="form-lead">{t.screenings.clinicalLead(temperature(rules.data?.fever_suspected_c ?? 37.3))}</p>
      <ErrorAlert error={general} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void submit({ temperature_c: values.temperature_c, note: values.note?.trim() ?? '' })}>
        <Form.Item name="temperature_c" label={t.screenings.clinicalValue} rules={[{ required: true, type: 'number', min: 34, max: 43, message: t.screenings.clinicalRule }]}><InputNumber autoFocus step={0.1} precision={1} style={{ width: 160 }} /></Form.Item>
        <Form.Item name="note" label={t.screenings.clinicalNote} rules={[{ max: 300, message: t.form.tooLong(300) }]}><Input.TextArea rows={2} /></Form.Item>
      </Form>
    </Modal>
  );
}
