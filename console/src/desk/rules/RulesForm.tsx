import { Alert, App, Form, Input, InputNumber, Select, Switch } from 'antd';
import { post, type GateRules, type GateRulesNew } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { VerdictTag } from '../../shared/VerdictTag';
import { useGet, useSubmit } from '../data';
import { FormDrawer } from '../parts/FormDrawer';
import { useDesk } from '../strings';
import { changes, OUTCOMES, ruleRows } from './rulesModel';

interface Values {
  outcomes: GateRulesNew['outcomes']; fever_suspected_c: number; fever_possible_c: number; temperature_required: boolean; mask_required: boolean; declaration_required: boolean; pass_required: boolean; training_required: boolean;
  roster_max_age_h: number; clock_max_offset_s: number; note: string;
}

interface Props { current: GateRules; siteId: string | null; onClose: () => void; onSaved: () => void }

/** A new version of the rules. The old one stays as it was. */
export function RulesForm({ current, siteId, onClose, onSaved }: Props) {
  const t = useDesk();
  const words = useCommon();
  const { message } = App.useApp();
  const site = useGet('/sites/{id}', { path: { id: siteId ?? '' } }, { enabled: siteId !== null });
  const scope = siteId ? (site.data?.name ?? '…') : t.rules.district;
  const { submit, pending, error } = useSubmit<GateRulesNew, GateRules>((body, idempotencyKey) => post('/gate-rules', { body, idempotencyKey }), {
    invalidates: ['gate-rules'],
    onDone: (saved) => { void message.success(t.rules.saved(saved.version)); onSaved(); },
  });
  const toWire = (values: Values): GateRulesNew => ({
    site_id: siteId, outcomes: { ...current.outcomes, ...values.outcomes }, fever_suspected_c: values.fever_suspected_c, fever_possible_c: values.fever_possible_c,
    temperature_required: values.temperature_required, mask_required: values.mask_required, declaration_required: values.declaration_required, pass_required: values.pass_required, training_required: values.training_required, roster_max_age_s: Math.round(values.roster_max_age_h * 3600), clock_max_offset_s: values.clock_max_offset_s, note: (values.note ?? '').trim(),
  });
  const temperature = [{ required: true, type: 'number' as const, min: 35, max: 39, message: t.rules.celsiusRule }];
  return (
    <FormDrawer<Values>
      title={t.rules.editTitle} lead={t.rules.editConsequence(scope)} submitText={t.rules.save} pending={pending} error={error} onClose={onClose} size={640}
      initial={{ ...current, roster_max_age_h: Math.round(current.roster_max_age_s / 360) / 10, note: '' }} onSubmit={(values) => void submit(toWire(values))}
    >
      {(form) => (
        <>
          <div className="form-row">
            <Form.Item name="fever_suspected_c" label={t.rules.feverSuspected} rules={temperature}><InputNumber step={0.1} precision={1} suffix={t.rules.celsius} style={{ width: '100%' }} /></Form.Item>
            <Form.Item
              name="fever_possible_c" label={t.rules.feverPossible} dependencies={['fever_suspected_c']}
              rules={[...temperature, ({ getFieldValue }) => ({ validator: (_, value: number) => (value < (getFieldValue('fever_suspected_c') as number) ? Promise.resolve() : Promise.reject(new Error(t.rules.feverOrder))) })]}
            ><InputNumber step={0.1} precision={1} suffix={t.rules.celsius} style={{ width: '100%' }} /></Form.Item>
            <Form.Item name="temperature_required" label={t.rules.temperatureRequired} valuePropName="checked"><Switch /></Form.Item>
            <Form.Item name="mask_required" label={t.rules.maskRequired} valuePropName="checked"><Switch /></Form.Item>
            <Form.Item name="declaration_required" label={t.rules.declarationRequired} valuePropName="checked"><Switch /></Form.Item>
            <Form.Item name="pass_required" label={t.rules.passRequired} valuePropName="checked"><Switch /></Form.Item>
            <Form.Item name="training_required" label={t.rules.trainingRequired} valuePropName="checked"><Switch /></Form.Item>
            <Form.Item name="roster_max_age_h" label={t.rules.rosterAge} rules={[{ required: true, message: t.form.required(t.rules.rosterAge) }]}><InputNumber min={0.5} max={72} step={0.5} suffix={t.rules.rosterUnit} style={{ width: '100%' }} /></Form.Item>
            <Form.Item name="clock_max_offset_s" label={t.rules.clockOffset} rules={[{ required: true, message: t.form.required(t.rules.clockOffset) }]}><InputNumber min={1} max={3600} suffix={t.rules.clockUnit} style={{ width: '100%' }} /></Form.Item>
          </div>
          <table className="plain-table rules-edit">
            <thead><tr><th>{t.rules.reason}</th><th style={{ width: 190 }}>{t.rules.outcome}</th></tr></thead>
            <tbody>
              {ruleRows(current).map(({ reason }) => (
                <tr key={reason}>
                  <td>{words.reason[reason].says}</td>
                  <td>
                    <Form.Item name={['outcomes', reason]}>
                      <Select aria-label={words.reason[reason].says} size="small" style={{ width: '100%' }} options={OUTCOMES.map((value) => ({ value, label: <VerdictTag outcome={value} /> }))} />
                    </Form.Item>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <Form.Item name="note" label={t.rules.editNote} style={{ marginTop: 16 }} rules={[{ required: true, whitespace: true, message: t.rules.noteRule }, { max: 500, message: t.form.tooLong(500) }]}><Input.TextArea rows={3} /></Form.Item>
          <Form.Item noStyle shouldUpdate>
            {() => {
              const values = form.getFieldsValue(true) as Values;
              const count = values.outcomes ? changes(current, toWire(values)) : 0;
              return <Alert type="info" title={count === 0 ? t.rules.noChange : t.rules.changed(count)} />;
            }}
          </Form.Item>
        </>
      )}
    </FormDrawer>
  );
}
