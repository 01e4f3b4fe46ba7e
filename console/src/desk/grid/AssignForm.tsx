import { App, Form, Input, Select } from 'antd';
import { post, type AssignmentNew, type AssignmentView, type OfficerKind } from '../../api';
import { fromLocalInput } from '../../shared/format';
import { useSubmit } from '../data';
import { Choice } from '../parts/Choice';
import { optionsOf } from '../parts/FilterControls';
import { FormDrawer } from '../parts/FormDrawer';
import { EnterprisePicker } from '../parts/PlacePicker';
import { useDesk } from '../strings';
import type { AssignmentsOf } from './Assignments';
import { OfficerPicker, PremisesPicker } from './pickers';

type TargetKind = 'enterprise' | 'premises';
interface Values { officer_id?: string; target?: TargetKind; enterprise_id?: string; premises_id?: string; kind: OfficerKind; from?: string; until?: string }

/** One officer for one enterprise or for premises; whichever is known is not asked. */
export function AssignForm({ of, onClose }: { of: AssignmentsOf; onClose: () => void }) {
  const t = useDesk();
  const w = t.grid;
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<AssignmentNew, AssignmentView>(
    (body, idempotencyKey) => post('/assignments', { body, idempotencyKey }),
    { invalidates: ['assignments', 'officers', 'grid'], onDone: () => { void message.success(w.assigned); onClose(); } },
  );
  const send = (values: Values) => {
    const premises = 'premises_id' in of || values.target === 'premises';
    void submit({
      officer_id: 'officer_id' in of ? of.officer_id : (values.officer_id ?? ''), kind: values.kind,
      enterprise_id: premises ? null : ('enterprise_id' in of ? of.enterprise_id : (values.enterprise_id ?? null)),
      premises_id: premises ? ('premises_id' in of ? of.premises_id : (values.premises_id ?? null)) : null,
      from: values.from ? fromLocalInput(values.from) : null, until: values.until ? fromLocalInput(values.until) : null,
    });
  };
  const known: TargetKind = 'premises_id' in of ? 'premises' : 'enterprise';
  return (
    <FormDrawer<Values>
      title={w.assignTitle} lead={w.assignLead} submitText={w.assign} pending={pending} error={error} onClose={onClose} onSubmit={send}
      initial={{ target: known, kind: known === 'premises' ? 'supervisor' : 'enterprise_officer' }}
    >
      {(form) => (
        <>
          {'officer_id' in of ? <TargetFields /> : (
            <Form.Item name="officer_id" label={w.officer} rules={[{ required: true, message: t.form.pickRequired(w.officer) }]}><OfficerPicker label={w.officer} autoFocus /></Form.Item>
          )}
          <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before.target !== after.target}>
            {() => <KindField target={'officer_id' in of ? ((form.getFieldValue('target') as TargetKind | undefined) ?? 'enterprise') : known} />}
          </Form.Item>
          <Form.Item name="from" label={w.from} extra={w.fromHint}><Input type="datetime-local" /></Form.Item>
          <Form.Item name="until" label={w.until} extra={w.untilHint}><Input type="datetime-local" /></Form.Item>
        </>
      )}
    </FormDrawer>
  );
}

function TargetFields() {
  const t = useDesk();
  const w = t.grid;
  const form = Form.useFormInstance<Values>();
  const target = Form.useWatch('target', form) ?? 'enterprise';
  const choose = (next: TargetKind) => form.setFieldsValue({ target: next, kind: next === 'premises' ? 'supervisor' : 'enterprise_officer' });
  return (
    <>
      <Form.Item name="target" label={w.targetKind}>
        <Choice<TargetKind> label={w.targetKind} onChange={choose} options={[{ value: 'enterprise', label: w.targetEnterprise }, { value: 'premises', label: w.targetPremises }]} />
      </Form.Item>
      {target === 'enterprise' ? (
        <Form.Item name="enterprise_id" label={t.common.enterprise} rules={[{ required: true, message: t.form.pickRequired(t.common.enterprise) }]}><EnterprisePicker label={t.common.enterprise} /></Form.Item>
      ) : (
        <Form.Item name="premises_id" label={w.premises} rules={[{ required: true, message: t.form.pickRequired(w.premises) }]}><PremisesPicker label={w.premises} /></Form.Item>
      )}
    </>
  );
}

function KindField({ target }: { target: TargetKind }) {
  const t = useDesk();
  const kinds = optionsOf(t.grid.kind).filter((it) => target === 'enterprise' || it.value !== 'enterprise_officer');
  return (
    <Form.Item name="kind" label={t.grid.as} rules={[{ required: true, message: t.form.pickRequired(t.grid.as) }]}><Select<OfficerKind> options={kinds} /></Form.Item>
  );
}
