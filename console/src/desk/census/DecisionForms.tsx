import { Form, Input, Select } from 'antd';
import type { ApiError, AsideReason, CensusDetail, CensusKind, EnterpriseNew, PremisesNew } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { optionsOf } from '../parts/FilterControls';
import { FormDrawer } from '../parts/FormDrawer';
import { AreaPicker } from '../parts/PlacePicker';
import { useDesk } from '../strings';

interface Props { pending: boolean; error: ApiError | null; onClose: () => void }
interface Aside { reason: AsideReason; note?: string }

/** None that belongs into the register: why. */
export function AsideForm({ kind, onSubmit, ...props }: Props & { kind: CensusKind; onSubmit: (aside: { reason: AsideReason; note: string | null }) => void }) {
  const t = useDesk();
  const w = t.census;
  const reasons = (Object.keys(w.reasons) as AsideReason[]).filter((it) => it !== (kind === 'enterprise' ? 'no_premises' : 'no_enterprise'));
  return (
    <FormDrawer<Aside> title={w.asideTitle} submitText={w.aside} initial={{}} {...props} onSubmit={(it) => onSubmit({ reason: it.reason, note: it.note?.trim() || null })}>
      <Form.Item name="reason" label={w.asideReason} rules={[{ required: true, message: t.form.pickRequired(w.asideReason) }]}><Select aria-label={w.asideReason} autoFocus options={optionsOf(w.reasons, reasons)} /></Form.Item>
      <Form.Item name="note" label={w.note} extra={w.noteHint} rules={[{ max: 1000, message: t.form.tooLong(1000) }]}><Input.TextArea rows={3} /></Form.Item>
    </FormDrawer>
  );
}

/** Registered as any enterprise is, with what was found filled in. */
export function NewForm({ detail, onSubmit, ...props }: Props & { detail: CensusDetail; onSubmit: (enterprise: EnterpriseNew) => void }) {
  const t = useDesk();
  const w = t.census;
  const words = useCommon();
  const { finding } = detail;
  const required = (label: string) => ({ required: true, whitespace: true, message: t.form.required(label) });
  const initial: Partial<EnterpriseNew> = {
    name: finding.name, credit_code: finding.credit_code, area_code: finding.area_code, address: finding.address, size_class: finding.size_class ?? 'micro',
    industry: detail.industry_is_code ? finding.industry.toUpperCase() : '',
  };
  return (
    <FormDrawer<EnterpriseNew>
      title={w.newTitle} lead={w.newLead} submitText={w.register_} initial={initial} {...props}
      onSubmit={(it) => onSubmit({ ...it, name: it.name.trim(), credit_code: it.credit_code.trim().toUpperCase() })}
    >
      <Form.Item name="name" label={w.columns.name} rules={[required(w.columns.name), { max: 100, message: t.form.tooLong(100) }]}><Input autoComplete="off" /></Form.Item>
      <Form.Item name="credit_code" label={w.columns.credit_code} extra={t.enterprises.creditCodeHint} rules={[required(w.columns.credit_code), { pattern: /^\s*[0-9A-Za-z]{18}\s*$/, message: t.enterprises.creditCodeRule }]}><Input autoFocus autoComplete="off" maxLength={20} /></Form.Item>
      <Form.Item name="area_code" label={w.columns.area} rules={[{ required: true, message: t.form.pickRequired(w.columns.area) }]}><AreaPicker label={w.columns.area} knownName={finding.area_name} /></Form.Item>
      <Form.Item name="address" label={w.columns.address} rules={[{ max: 200, message: t.form.tooLong(200) }]}><Input autoComplete="off" /></Form.Item>
      <div className="form-row">
        <Form.Item name="industry" label={t.enterprises.industry} extra={detail.industry_is_code || !finding.industry ? t.enterprises.industryHint : finding.industry} rules={[required(t.enterprises.industry), { pattern: /^[A-T]\d{2,4}$/, message: t.enterprises.industryRule }]} normalize={(value: string) => value.toUpperCase()}><Input autoComplete="off" /></Form.Item>
        <Form.Item name="size_class" label={t.enterprises.sizeClass} rules={[{ required: true, message: t.form.pickRequired(t.enterprises.sizeClass) }]}><Select aria-label={t.enterprises.sizeClass} options={optionsOf(words.sizeClass)} /></Form.Item>
      </div>
    </FormDrawer>
  );
}

/** Registered as any premises are, with what was found filled in. */
export function NewPremisesForm({ detail, onSubmit, ...props }: Props & { detail: CensusDetail; onSubmit: (premises: PremisesNew) => void }) {
  const t = useDesk();
  const w = t.census;
  const { finding } = detail;
  const required = (label: string) => [{ required: true, whitespace: true, message: t.form.required(label) }, { max: 120, message: t.form.tooLong(120) }];
  const initial: Partial<PremisesNew> = { name: finding.name, kind: finding.kind === 'enterprise' ? 'building' : finding.kind, address: finding.address, area_code: finding.area_code };
  return (
    <FormDrawer<PremisesNew>
      title={w.newPremisesTitle} lead={w.newPremisesLead} submitText={w.register_} initial={initial} {...props}
      onSubmit={({ name, kind, address, area_code }) => onSubmit({ name: name.trim(), kind, address: address.trim(), area_code, lon_deg: null, lat_deg: null })}
    >
      <Form.Item name="name" label={w.columns.name} rules={required(w.columns.name)}><Input autoFocus autoComplete="off" /></Form.Item>
      <Form.Item name="kind" label={w.columns.kind}><Select aria-label={w.columns.kind} options={optionsOf(t.grid.premisesKind)} /></Form.Item>
      <Form.Item name="address" label={w.columns.address} rules={required(w.columns.address)}><Input autoComplete="off" /></Form.Item>
      <Form.Item name="area_code" label={w.columns.area} rules={[{ required: true, message: t.form.pickRequired(w.columns.area) }]}><AreaPicker label={w.columns.area} knownName={finding.area_name} /></Form.Item>
    </FormDrawer>
  );
}
