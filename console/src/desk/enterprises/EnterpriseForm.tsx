import { App, Form, Input, Select } from 'antd';
import { patch, post, type EnterpriseNew, type EnterpriseView } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useSubmit } from '../data';
import { FormDrawer } from '../parts/FormDrawer';
import { dropDraft } from '../parts/drafts';
import { optionsOf } from '../parts/FilterControls';
import { AreaPicker } from '../parts/PlacePicker';
import { useDesk } from '../strings';

interface Props { enterprise?: EnterpriseView; onClose: () => void; onSaved: (saved: EnterpriseView) => void }
const DRAFT = 'enterprise';

export function EnterpriseForm({ enterprise, onClose, onSaved }: Props) {
  const t = useDesk();
  const words = useCommon();
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<EnterpriseNew, EnterpriseView>(
    ({ name, credit_code, area_code, industry, size_class, address }, idempotencyKey) =>
      enterprise
        ? patch('/enterprises/{id}', { path: { id: enterprise.id }, body: { name, area_code, industry, size_class, address }, idempotencyKey })
        : post('/enterprises', { body: { name, credit_code, area_code, industry, size_class, address }, idempotencyKey }),
    {
      invalidates: ['enterprises', 'sites'],
      onDone: (saved) => {
        if (!enterprise) dropDraft(DRAFT);
        void message.success(t.enterprises.saved(saved.name));
        onSaved(saved);
      },
    },
  );
  const required = (label: string) => ({ required: true, whitespace: true, message: t.form.required(label) });
  return (
    <FormDrawer<EnterpriseNew>
      title={enterprise ? t.enterprises.edit : t.enterprises.add} submitText={t.actions.save} pending={pending} error={error} onClose={onClose} draft={enterprise ? undefined : DRAFT}
      initial={enterprise ?? { size_class: 'above_scale' }}
      onSubmit={(values) => void submit({ ...values, name: values.name.trim(), credit_code: (values.credit_code ?? '').trim().toUpperCase() })}
    >
      <Form.Item name="name" label={t.common.name} rules={[required(t.common.name), { max: 100, message: t.form.tooLong(100) }]}>
        <Input autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="credit_code" label={t.enterprises.creditCode} extra={enterprise ? null : t.enterprises.creditCodeHint}
        rules={enterprise ? [] : [required(t.enterprises.creditCode), { pattern: /^\s*[0-9A-Za-z]{18}\s*$/, message: t.enterprises.creditCodeRule }]}
      >
        <Input disabled={Boolean(enterprise)} autoComplete="off" maxLength={20} />
      </Form.Item>
      <Form.Item name="area_code" label={t.common.area} rules={[{ required: true, message: t.form.pickRequired(t.common.area) }]}>
        <AreaPicker label={t.common.area} knownName={enterprise?.area_name} />
      </Form.Item>
      <Form.Item name="address" label={t.grid.address} rules={[{ max: 200, message: t.form.tooLong(200) }]}><Input autoComplete="off" /></Form.Item>
      <div className="form-row">
        <Form.Item name="industry" label={t.enterprises.industry} extra={t.enterprises.industryHint} rules={[required(t.enterprises.industry), { pattern: /^[A-T]\d{2,4}$/, message: t.enterprises.industryRule }]} normalize={(value: string) => value.toUpperCase()}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="size_class" label={t.enterprises.sizeClass} rules={[{ required: true, message: t.form.pickRequired(t.enterprises.sizeClass) }]}>
          <Select options={optionsOf(words.sizeClass)} />
        </Form.Item>
      </div>
    </FormDrawer>
  );
}
