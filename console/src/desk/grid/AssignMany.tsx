import { App, Button, Checkbox, Form, Select } from 'antd';
import { useState } from 'react';
import { post, type AssignmentsReport, type GridEnterpriseView, type OfficerKind } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useSubmit } from '../data';
import { optionsOf } from '../parts/FilterControls';
import { FormDrawer } from '../parts/FormDrawer';
import { StateTag } from '../parts/cells';
import { useDesk } from '../strings';
import { OfficerPicker } from './pickers';

interface Values { officer_id: string; kind: OfficerKind; relieve?: boolean }
interface Run extends Values { dry: boolean }

export function AssignManyButton({ count, onClick }: { count: number; onClick: () => void }) {
  const t = useDesk();
  const { lang } = useLang();
  return <Button size="small" type="primary" onClick={onClick}>{t.grid.assignMany(number(count, lang))}</Button>;
}

/** The chosen enterprises for one officer: first what would change, then the change. */
export function AssignMany({ enterprises, onClose, onDone }: { enterprises: GridEnterpriseView[]; onClose: () => void; onDone: () => void }) {
  const t = useDesk();
  const w = t.grid;
  const { lang } = useLang();
  const { message } = App.useApp();
  const [plan, setPlan] = useState<{ values: Values; report: AssignmentsReport } | null>(null);
  const { submit, pending, error } = useSubmit<Run, AssignmentsReport>(
    ({ dry, officer_id, kind, relieve }, idempotencyKey) =>
      post('/assignments/many', { body: { officer_id, kind, relieve: relieve ?? false, enterprise_ids: enterprises.map((it) => it.id), dry_run: dry }, idempotencyKey }),
    {
      invalidates: ['assignments', 'officers', 'grid'],
      onDone: (report, { dry, ...values }) => {
        if (dry) setPlan({ values, report });
        else {
          void message.success(w.assignedMany(number(changes(report), lang)));
          onDone();
        }
      },
    },
  );
  const changing = plan ? changes(plan.report) : 0;
  return (
    <FormDrawer<Values>
      title={w.assignManyTitle} lead={w.assignManyLead} submitText={plan ? w.doAssign(number(changing, lang)) : w.preview} pending={pending} error={error} onClose={onClose} disabled={plan !== null && changing === 0}
      initial={{ kind: 'enterprise_officer', relieve: true }} onSubmit={(values) => void submit({ ...values, dry: plan === null })}
    >
      {() => (
        <>
          <Form.Item name="officer_id" label={w.officer} rules={[{ required: true, message: t.form.pickRequired(w.officer) }]}><OfficerPicker label={w.officer} onChange={() => setPlan(null)} /></Form.Item>
          <Form.Item name="kind" label={w.as}><Select<OfficerKind> options={optionsOf(w.kind)} onChange={() => setPlan(null)} /></Form.Item>
          <Form.Item name="relieve" valuePropName="checked" extra={w.relieveHint}><Checkbox onChange={() => setPlan(null)}>{w.relieve}</Checkbox></Form.Item>
          {plan ? <Plan report={plan.report} /> : null}
        </>
      )}
    </FormDrawer>
  );
}

function changes(report: AssignmentsReport): number {
  return report.enterprises.filter((it) => !it.already || it.relieved.length > 0).length;
}

function Plan({ report }: { report: AssignmentsReport }) {
  const t = useDesk();
  const w = t.grid;
  const { lang } = useLang();
  const changing = changes(report);
  return (
    <section role="status" aria-label={w.preview}>
      <p><b>{changing === 0 ? w.nothing : w.previewLead(number(changing, lang), number(report.enterprises.length - changing, lang))}</b></p>
      <ul className="lines">
        {report.enterprises.map((it) => (
          <li key={it.enterprise_id}>
            <span>{it.name}{it.relieved.length ? <small className="line-second">{w.relieves(it.relieved.join(t.gap))}</small> : null}</span>
            <StateTag tone={it.already ? 'hold' : 'accent'}>{it.already ? w.stays : w.becomes}</StateTag>
          </li>
        ))}
      </ul>
    </section>
  );
}
