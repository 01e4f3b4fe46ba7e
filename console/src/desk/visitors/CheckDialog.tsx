import { Checkbox, Form, InputNumber, Modal } from 'antd';
import { put, type Manifest, type PassengerCheck, type PassengerView } from '../../api';
import { useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { useFieldErrors } from '../parts/useApiForm';
import { useDesk } from '../strings';

/** How a passenger was found before she got in. */
export function CheckDialog({ coach, passenger, onClose }: { coach: string; passenger: PassengerView; onClose: () => void }) {
  const t = useDesk();
  const w = t.visitors.coach;
  const [form] = Form.useForm<PassengerCheck>();
  const { submit, pending, error } = useSubmit<PassengerCheck, Manifest>(
    (body, idempotencyKey) => put('/coaches/{id}/passengers/{passenger}', { path: { id: coach, passenger: passenger.id }, body, idempotencyKey }),
    { invalidates: ['coaches'], onDone: onClose },
  );
  const general = useFieldErrors(form, error);
  return (
    <Modal open destroyOnHidden title={w.lookTitle(passenger.seat, passenger.masked_name)} okText={t.actions.save} cancelText={t.actions.cancel} confirmLoading={pending} onOk={() => form.submit()} onCancel={onClose}>
      <ErrorAlert error={general} />
      <Form<PassengerCheck> form={form} layout="vertical" initialValues={{ symptoms: false, affected_area: false, contact: false, aboard: true }} onFinish={(values) => void submit(values)}>
        <Form.Item name="temperature_c" label={w.temperature} rules={[{ required: true, message: t.form.required(w.temperature) }]}><InputNumber min={30} max={45} step={0.1} precision={1} autoFocus style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="symptoms" valuePropName="checked" className="coach-said"><Checkbox>{w.symptoms}</Checkbox></Form.Item>
        <Form.Item name="affected_area" valuePropName="checked" className="coach-said"><Checkbox>{w.affected}</Checkbox></Form.Item>
        <Form.Item name="contact" valuePropName="checked" className="coach-said"><Checkbox>{w.contact}</Checkbox></Form.Item>
        <Form.Item name="aboard" valuePropName="checked"><Checkbox>{w.goesAboard}</Checkbox></Form.Item>
      </Form>
    </Modal>
  );
}
