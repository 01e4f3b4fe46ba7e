import { App, Form, Input, InputNumber, Select } from 'antd';
import { post, put, type PremisesNew, type PremisesView } from '../../api';
import { useSubmit } from '../data';
import { optionsOf } from '../parts/FilterControls';
import { FormDrawer } from '../parts/FormDrawer';
import { AreaPicker } from '../parts/PlacePicker';
import { useDesk } from '../strings';

interface Props { premises?: PremisesView; onClose: () => void; onSaved: (saved: PremisesView) => void }

export function PremisesForm({ premises, onClose, onSaved }: Props) {
  const t = useDesk();
  const w = t.grid;
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<PremisesNew, PremisesView>(
    (body, idempotencyKey) => (premises ? put('/premises/{id}', { path: { id: premises.id }, body, idempotencyKey }) : post('/premises', { body, idempotencyKey })),
    { invalidates: ['premises', 'sites', 'assignments'], onDone: (saved) => { void message.success(w.premisesSaved(saved.name)); onSaved(saved); } },
  );
  const send = ({ kind, name, address, area_code, lon_deg, lat_deg }: PremisesNew) =>
    void submit({ kind, name: name.trim(), address: address.trim(), area_code, lon_deg: lon_deg ?? null, lat_deg: lat_deg ?? null });
  const words = (label: string) => [{ required: true, whitespace: true, message: t.form.required(label) }, { max: 120, message: t.form.tooLong(120) }];
  const degrees = (most: number) => [{ type: 'number' as const, min: -most, max: most, message: w.degreesRule }];
  return (
    <FormDrawer<PremisesNew> title={premises ? w.premisesEdit : w.premisesAdd} submitText={t.actions.save} pending={pending} error={error} onClose={onClose} initial={premises ?? { kind: 'building' }} onSubmit={send}>
      <Form.Item name="name" label={t.common.name} rules={words(t.common.name)}><Input autoFocus autoComplete="off" /></Form.Item>
      <Form.Item name="kind" label={t.common.kind}><Select options={optionsOf(w.premisesKind)} /></Form.Item>
      <Form.Item name="address" label={w.address} rules={words(w.address)}><Input autoComplete="off" /></Form.Item>
      <Form.Item name="area_code" label={t.common.area} rules={[{ required: true, message: t.form.pickRequired(t.common.area) }]}><AreaPicker label={t.common.area} knownName={premises?.area_name} /></Form.Item>
      <Form.Item name="lon_deg" label={w.lon} rules={degrees(180)}><InputNumber className="wide" step={0.0001} /></Form.Item>
      <Form.Item name="lat_deg" label={w.lat} extra={w.positionHint} rules={degrees(90)}><InputNumber className="wide" step={0.0001} /></Form.Item>
    </FormDrawer>
  );
}
