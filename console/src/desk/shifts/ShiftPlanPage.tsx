import { App, Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { post, put, type PlanState, type ShiftPlan, type ShiftPlanFile } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useGet, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { PageHead } from '../parts/PageHead';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { Givens } from './Givens';
import { Hindrances } from './Hindrances';
import { InForce } from './InForce';
import { isBusy } from './model';
import { Result } from './Result';
import './shifts.css';

const LOOK_MS = 1_000;

/** When each team of a site begins: what is given, what was computed, what is in force. */
export function Component() {
  const { id = '' } = useParams();
  const t = useDesk();
  const [state, setState] = useState<PlanState>('draft');
  const { data, error, refetch } = useGet('/sites/{id}/shift-plan', { path: { id } }, { refetchInterval: isBusy(state) ? LOOK_MS : false });
  if (data && data.state !== state) setState(data.state);
  if (data) return <Plan id={id} file={data} />;
  return <div className="page"><PageHead title={t.shiftPlan.title} />{error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />}</div>;
}

function Plan({ id, file }: { id: string; file: ShiftPlanFile }) {
  const t = useDesk();
  const w = t.shiftPlan;
  const { lang } = useLang();
  const { message } = App.useApp();
  const can = useCan();
  const editable = can('plan_shifts');
  const [entered, setEntered] = useState<{ plan: ShiftPlan; from: number } | null>(null);
  const plan = entered?.plan ?? file.plan;
  const busy = isBusy(file.state);
  const act = { path: { id } };
  const save = useSubmit<{ plan: ShiftPlan; from_revision: number }, ShiftPlanFile>(
    (body, idempotencyKey) => put('/sites/{id}/shift-plan', { ...act, body, idempotencyKey }),
    { invalidates: ['sites'], onDone: () => { setEntered(null); void message.success(w.saved); } },
  );
  const run = useSubmit<{ from_revision: number }, ShiftPlanFile>((body, idempotencyKey) => post('/sites/{id}/shift-plan/runs', { ...act, body, idempotencyKey }), { invalidates: ['sites'] });
  const stop = useSubmit<{ from_revision: number }, ShiftPlanFile>((body, idempotencyKey) => post('/sites/{id}/shift-plan/stops', { ...act, body, idempotencyKey }), { invalidates: ['sites'] });
  const toSave = entered !== null || file.revision === 0;
  return (
    <div className="page shift-plan">
      <PageHead title={w.title} second={w.lead}>
        <small><Link to={paths.sites({ open: id })}>{file.site_name}</Link>{t.gap}{file.changed_at && file.changed_by ? `${dayTime(file.changed_at, lang)}${t.gap}${file.changed_by}` : ''}</small>
      </PageHead>
      <div className="shift-body">
        <div className="shift-acts" role="group" aria-label={w.title}>
          <span className={`shift-state is-${file.state}`} role="status">{file.state === 'solving' ? w.progress(file.progress_percent) : w.states[file.state]}</span>
          {editable && toSave && !busy ? <Button type="primary" loading={save.pending} disabled={plan.teams.length === 0} onClick={() => void save.submit({ plan, from_revision: entered?.from ?? file.revision })}>{w.save}</Button> : null}
          {editable && !toSave && !busy ? <Button type="primary" loading={run.pending} onClick={() => void run.submit({ from_revision: file.revision })}>{w.run}</Button> : null}
          {editable && busy ? <Button loading={stop.pending} onClick={() => void stop.submit({ from_revision: file.revision })}>{w.stop}</Button> : null}
          {entered ? <><span className="shift-unsaved">{w.unsaved}</span><Button onClick={() => setEntered(null)}>{w.reload}</Button></> : null}
        </div>
        <ErrorAlert error={save.error ?? run.error ?? stop.error} />
        <Hindrances file={file} />
        {entered ? null : <Result key={file.revision} id={id} file={file} editable={editable && !busy} />}
        {entered ? null : <InForce id={id} file={file} editable={editable && !busy} />}
        <Givens plan={plan} editable={editable && !busy} onChange={(next) => setEntered({ plan: next, from: entered?.from ?? file.revision })} />
      </div>
    </div>
  );
}
