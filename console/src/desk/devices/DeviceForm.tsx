import { App, Form, Input, InputNumber, Select } from 'antd';
import { patch, post, type DeviceNew, type DeviceSecret, type DeviceView } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useSubmit } from '../data';
import { optionsOf } from '../parts/FilterControls';
import { FormDrawer } from '../parts/FormDrawer';
import { GatePicker } from '../parts/PlacePicker';
import { useDesk } from '../strings';

interface Props { device?: DeviceView; gateId?: string; onClose: () => void; onCreated?: (created: DeviceSecret) => void }

export function DeviceForm({ device, gateId, onClose, onCreated }: Props) {
  const t = useDesk();
  const words = useCommon();
  const { message } = App.useApp();
  const create = useSubmit<DeviceNew, DeviceSecret>((body, idempotencyKey) => post('/devices', { body, idempotencyKey }), {
    invalidates: ['devices', 'gates'],
    onDone: (created) => onCreated?.(created),
  });
  const change = useSubmit<DeviceNew, DeviceView>(
    ({ model, serial, mac, gate_id, lane, direction }, idempotencyKey) =>
      patch('/devices/{id}', { path: { id: device?.id ?? '' }, body: { model, serial, mac, gate_id, lane, direction, disabled: null, trusted: null }, idempotencyKey }),
    { invalidates: ['devices', 'gates'], onDone: () => { void message.success(t.devices.saved); onClose(); } },
  );
  const { submit, pending, error } = device ? change : create;
  const required = (label: string) => ({ required: true, whitespace: true, message: t.form.required(label) });
  return (
    <FormDrawer<DeviceNew>
      title={device ? t.devices.edit : t.devices.add} submitText={device ? t.actions.save : t.devices.add} pending={pending} error={error} onClose={onClose}
      initial={device ?? { vendor: 'hikvision', gate_id: gateId, lane: 1, direction: 'in' }}
      onSubmit={(values) => void submit({ vendor: values.vendor, model: values.model.trim(), serial: values.serial.trim(), mac: values.mac?.trim() || null, gate_id: values.gate_id, lane: values.lane, direction: values.direction })}
    >
      <Form.Item name="vendor" label={t.devices.vendor} rules={[{ required: true, message: t.form.pickRequired(t.devices.vendor) }]}>
        <Select options={optionsOf(words.vendor)} disabled={Boolean(device)} />
      </Form.Item>
      <Form.Item name="model" label={t.devices.model} rules={[required(t.devices.model)]}><Input autoComplete="off" /></Form.Item>
      <Form.Item name="serial" label={t.devices.serial} rules={[required(t.devices.serial)]}><Input autoComplete="off" /></Form.Item>
      <Form.Item name="mac" label={t.devices.mac} extra={t.devices.macHint} rules={[{ pattern: /^([0-9a-fA-F]{2}[:-]?){5}[0-9a-fA-F]{2}$/, message: t.devices.macRule }]}>
        <Input autoComplete="off" placeholder="A4:14:37:00:1B:2C" />
      </Form.Item>
      <Form.Item name="gate_id" label={t.common.gate} rules={[{ required: true, message: t.form.pickRequired(t.common.gate) }]}>
        <GatePicker label={t.common.gate} knownName={device?.gate_name} />
      </Form.Item>
      <div className="form-row">
        <Form.Item name="lane" label={t.common.lane} rules={[{ required: true, type: 'integer', min: 1, max: 32, message: t.gates.lanesRule }]}><InputNumber min={1} max={32} style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="direction" label={t.common.direction} rules={[{ required: true, message: t.form.pickRequired(t.common.direction) }]}><Select options={optionsOf(words.direction)} /></Form.Item>
      </div>
    </FormDrawer>
  );
}
