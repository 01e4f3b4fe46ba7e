import { Button, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { ApiError, post, type Simulation, type StatusRules, type StatusRulesView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { FormDrawer } from '../parts/FormDrawer';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { StatusTag } from './StatusTag';
import './people.css';

interface Values extends Omit<StatusRules, 'affected_areas'> { affected_areas?: { name: string; from: string; until?: string | null }[]; note: string }
const rulesOf = ({ note: _, affected_areas, ...rules }: Values): StatusRules => ({ ...rules, affected_areas: (affected_areas ?? []).map((it) => ({ name: it.name.trim(), from: it.from, until: it.until || null })) });

interface Props { current: StatusRulesView; onClose: () => void; onSaved: () => void }

/** A change of the rules: tried on everybody first, then published with a reason. */
export function StatusRulesForm({ current, onClose, onSaved }: Props) {
  const t = useDesk();
  const [tried, setTried] = useState<{ rules: string; found: Simulation } | null>(null);
  const simulate = useSubmit<StatusRules, Simulation>((rules) => post('/status-rules/simulation', { body: { rules } }), { onDone: (found, rules) => setTried({ rules: JSON.stringify(rules), found }) });
  const publish = useSubmit<Values, StatusRulesView>(
    (values, idempotencyKey) => post('/status-rules', { body: { rules: rulesOf(values), note: values.note, from_version: current.version }, idempotencyKey }),
    { invalidates: ['status-rules', 'people'], onDone: onSaved },
  );
  function submit(values: Values): void {
    const rules = rulesOf(values);
    // What holds for everybody is looked at before it holds.
    if (tried?.rules === JSON.stringify(rules)) void publish.submit(values);
    else void simulate.submit(rules);
  }
  const changed = () => setTried(null);
  const needed = [{ required: true, message: t.declare.needed }];
  const whole = (name: keyof Values, most: number, least = 0) => (
    <Form.Item name={name} label={t.statusRules.fields[name as keyof typeof t.statusRules.fields]} extra={least === 0 ? t.statusRules.off : undefined} rules={needed}><InputNumber min={least} max={most} precision={0} onChange={changed} /></Form.Item>
  );
  return (
    <FormDrawer<Values>
      title={t.statusRules.edit} lead={t.statusRules.editLead} submitText={tried ? t.statusRules.publish : t.statusRules.try} pending={simulate.pending || publish.pending} error={publish.error} onClose={onClose}
      initial={{ ...current.rules, note: '' }} onSubmit={submit}
    >
      {whole('observation_days', 60)}{whole('contact_days', 60)}{whole('symptoms_hours', 336)}{whole('family_hours', 336)}{whole('statement_hours', 1440, 12)}
      <Form.List name="affected_areas">
        {(rows, { add, remove }) => (
          <fieldset className="declare-part"><legend>{t.statusRules.areas}</legend>
            {rows.map((row) => (
              <div key={row.key} className="declare-row">
                <Form.Item name={[row.name, 'name']} label={t.statusRules.areaName} extra={t.statusRules.areaHint} rules={[{ required: true, whitespace: true, message: t.declare.needed }]}><Input maxLength={120} onChange={changed} /></Form.Item>
                <Form.Item name={[row.name, 'from']} label={t.declare.from} rules={needed}><Input type="date" onChange={changed} /></Form.Item>
                <Form.Item name={[row.name, 'until']} label={t.statusRules.areaUntil}><Input type="date" onChange={changed} /></Form.Item>
                <Button size="small" onClick={() => { remove(row.name); changed(); }}>{t.declare.remove}</Button>
              </div>
            ))}
            <Button size="small" onClick={() => { add(); changed(); }}>{t.statusRules.addArea}</Button>
          </fieldset>
        )}
      </Form.List>
      <Form.Item name="note" label={t.form.reason} rules={[{ required: true, whitespace: true, message: t.form.reasonRule }]}><Input.TextArea rows={2} maxLength={120} /></Form.Item>
      <ErrorAlert error={simulate.error instanceof ApiError ? simulate.error : null} />
      {tried ? <Found found={tried.found} /> : null}
    </FormDrawer>
  );
}

/** What the change would do: how many go where, and some of them by name. */
function Found({ found }: { found: Simulation }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const moved = found.moves.filter((it) => it.before !== it.after);
  const kept = found.moves.filter((it) => it.before === it.after).reduce((sum, it) => sum + it.people, 0);
  return (
    <section className="block" aria-label={t.statusRules.found} role="status">
      <h3>{t.statusRules.found}</h3>
      <ul className="status-rules">
        <li>{t.statusRules.kept(number(kept, lang))}</li>
        {moved.map((it) => <li key={`${it.before}${it.after}`}><StatusTag status={it.before} /> → <StatusTag status={it.after} /> {t.statusRules.people(number(it.people, lang))}</li>)}
      </ul>
      {found.examples.length > 0 ? <h4>{t.statusRules.examples}</h4> : null}
      <ul className="status-rules">
        {found.examples.map((it) => <li key={it.person_id}><Link to={paths.person(it.person_id)} target="_blank">{it.masked_name}</Link> {t.people.tail(it.tail)} <StatusTag status={it.after} /> {it.reasons.map((reason) => words.statusReason[reason.code]).join(' ')}</li>)}
      </ul>
    </section>
  );
}
