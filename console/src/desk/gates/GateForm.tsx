import { App, Form, Input, InputNumber, Select } from 'antd';
import { patch, post, type GateNew, type GateView } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useSubmit } from '../data';
import { dropDraft } from '../parts/drafts';
import { optionsOf } from '../parts/FilterControls';
import { FormDrawer } from '../parts/FormDrawer';
import { SitePicker } from '../parts/PlacePicker';
import { useDesk } from '../strings';

interface Props { gate?: GateView; siteId?: string; onClose: () => void; onSaved: (saved: GateView) => void }
const DRAFT = 'gate';

export function GateForm({ gate, siteId, onClose, onSaved }: Props) {
  const t = useDesk();
  const words = useCommon();
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<GateNew, GateView>(
    ({ site_id, name, direction, lanes }, idempotencyKey) =>
      gate
        ? patch('/gates/{id}', { path: { id: gate.id }, body: { name, direction, lanes, closed: null }, idempotencyKey })
        : post('/gates', { body: { site_id, name, direction, lanes }, idempotencyKey }),
    {
      invalidates: ['gates', 'sites'],
      onDone: (saved) => {
        if (!gate) dropDraft(DRAFT);
        void message.success(t.gates.saved(saved.name));
        onSaved(saved);
      },
    },
  );
  return (
    <FormDrawer<GateNew>
      title={gate ? t.gates.edit : t.gates.add} submitText={t.actions.save} pending={pending} error={error} onClose={onClose} draft={gate ? undefined : DRAFT}
      initial={gate ?? { site_id: siteId, direction: 'both', lanes: 1 }} onSubmit={(values) => void submit({ ...values, name: values.name.trim() })}
    >
      <Form.Item name="site_id" label={t.common.site} rules={[{ required: true, message: t.form.pickRequired(t.common.site) }]}>
        <SitePicker label={t.common.site} knownName={gate?.site_name} disabled={Boolean(gate)} />
      </Form.Item>
      <Form.Item name="name" label={t.common.name} rules={[{ required: true, whitespace: true, message: t.form.required(t.common.name) }, { max: 60, message: t.form.tooLong(60) }]}>
        <Input autoComplete="off" />
      </Form.Item>
      <div className="form-row">
        <Form.Item name="direction" label={t.common.direction} rules={[{ required: true, message: t.form.pickRequired(t.common.direction) }]}>
          <Select options={optionsOf(words.direction)} />
        </Form.Item>
        <Form.Item name="lanes" label={t.common.lanes} rules={[{ required: true, type: 'integer', min: 1, max: 32, message: t.gates.lanesRule }]}>
          <InputNumber min={1} max={32} style={{ width: '100%' }} />
        </Form.Item>
      </div>
    </FormDrawer>
  );
}
