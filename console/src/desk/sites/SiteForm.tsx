import { App, Form, Input, Select } from 'antd';
import { patch, post, type SiteNew, type SiteView } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useSubmit } from '../data';
import { PremisesPicker } from '../grid/pickers';
import { dropDraft } from '../parts/drafts';
import { optionsOf } from '../parts/FilterControls';
import { FormDrawer } from '../parts/FormDrawer';
import { AreaPicker, EnterprisePicker } from '../parts/PlacePicker';
import { useDesk } from '../strings';

interface Props { site?: SiteView; enterpriseId?: string; onClose: () => void; onSaved: (saved: SiteView) => void }
const DRAFT = 'site';

export function SiteForm({ site, enterpriseId, onClose, onSaved }: Props) {
  const t = useDesk();
  const words = useCommon();
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<SiteNew, SiteView>(
    ({ name, kind, enterprise_id, area_code, premises_id }, idempotencyKey) =>
      site
        ? patch('/sites/{id}', { path: { id: site.id }, body: { name, kind, area_code, premises_id: premises_id ?? '' }, idempotencyKey })
        : post('/sites', { body: { name, kind, enterprise_id: enterprise_id ?? null, area_code, premises_id: premises_id ?? null }, idempotencyKey }),
    {
      invalidates: ['sites', 'enterprises', 'gates', 'premises'],
      onDone: (saved) => {
        if (!site) dropDraft(DRAFT);
        void message.success(t.sites.saved(saved.name));
        onSaved(saved);
      },
    },
  );
  return (
    <FormDrawer<SiteNew>
      title={site ? t.sites.edit : t.sites.add} submitText={t.actions.save} pending={pending} error={error} onClose={onClose} draft={site ? undefined : DRAFT}
      initial={site ?? { kind: 'factory', enterprise_id: enterpriseId ?? null }} onSubmit={(values) => void submit({ ...values, name: values.name.trim() })}
    >
      <Form.Item name="name" label={t.common.name} rules={[{ required: true, whitespace: true, message: t.form.required(t.common.name) }, { max: 100, message: t.form.tooLong(100) }]}>
        <Input autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="kind" label={t.common.kind} rules={[{ required: true, message: t.form.pickRequired(t.common.kind) }]}>
        <Select options={optionsOf(words.siteKind)} />
      </Form.Item>
      <Form.Item name="enterprise_id" label={t.common.enterprise} extra={site ? null : t.sites.enterpriseHint}>
        <EnterprisePicker label={t.common.enterprise} knownName={site?.enterprise_name} disabled={Boolean(site)} />
      </Form.Item>
      <Form.Item name="area_code" label={t.common.area} rules={[{ required: true, message: t.form.pickRequired(t.common.area) }]}>
        <AreaPicker label={t.common.area} knownName={site?.area_name} />
      </Form.Item>
      <Form.Item name="premises_id" label={t.grid.inPremises} extra={t.grid.inPremisesHint}>
        <PremisesPicker label={t.grid.inPremises} knownName={site?.premises_name} />
      </Form.Item>
    </FormDrawer>
  );
}
