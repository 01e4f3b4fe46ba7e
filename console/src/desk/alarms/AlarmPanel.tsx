import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { post, type AlarmFile, type AlarmStep, type AlarmView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { ago, clock, day, dayKey, fullTime, temperature } from '../../shared/format';
import { getKey, useGet, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { Facts, PanelHead } from '../parts/SidePanel';
import { ErrorState, LoadingState } from '../parts/states';
import { useNow } from '../parts/useNow';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { AlarmStateTag } from './AlarmTags';
import { CloseDialog } from './CloseDialog';
import { StepForm } from './StepForm';

export function AlarmPanel({ id }: { id: string }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const now = useNow();
  const can = useCan();
  const { data, error, refetch } = useGet('/alarms/{id}', { path: { id } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  const { alarm, steps } = data;
  return (
    <>
      <PanelHead over={`${words.severity[alarm.severity]}${t.gap}${words.alarmLevel[alarm.level]}`} title={words.alarmKind[alarm.kind]}>
        <AlarmStateTag state={alarm.state} />{[alarm.site_name, alarm.gate_name].filter(Boolean).join(t.gap)}
      </PanelHead>
      <section className="panel-sect">
        <Facts
          items={[
            [t.alarms.raised, `${fullTime(alarm.first_raised_at)}${t.gap}${ago(alarm.first_raised_at, lang, now)}`],
            alarm.count > 1 ? [t.alarms.last, `${fullTime(alarm.last_raised_at)}${t.gap}${t.alarms.times(String(alarm.count))}`] : null,
            alarm.acknowledged_by ? [t.alarms.acknowledgedBy, `${alarm.acknowledged_by}${t.gap}${fullTime(alarm.acknowledged_at)}`] : null,
          ]}
        />
        <Links alarm={alarm} />
      </section>
      <Steps steps={steps} open={alarm.state !== 'closed'} />
      {alarm.state !== 'closed' && can('handle_alarms') ? <Next alarm={alarm} /> : null}
    </>
  );
}

function Links({ alarm }: { alarm: AlarmView }) {
  const t = useDesk();
  const can = useCan();
  return (
    <div className="panel-links">
      {alarm.person_id && can('read_people') ? <Link to={paths.person(alarm.person_id)}>{t.alarms.person}</Link> : null}
      {alarm.screening_id && can('read_screenings') ? <Link to={paths.screenings({ open: alarm.screening_id })}>{t.alarms.screening}</Link> : null}
      {alarm.device_id && can('read_places') ? <Link to={paths.device(alarm.device_id)}>{t.alarms.device}</Link> : null}
      {alarm.kind === 'appeal_late' && can('review_appeals') ? <Link to={paths.appeals({ late: 'true', state: 'open' })}>{t.alarms.appeals}</Link> : null}
    </div>
  );
}

function Steps({ steps, open }: { steps: AlarmStep[]; open: boolean }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const when = (at: string) => (dayKey(at) === dayKey(Date.now()) ? clock(at) : `${day(at, lang)} ${clock(at)}`);
  const stepDetail = ({ level, outcome, temperature_c }: AlarmStep) => [
    ...(level ? [words.alarmLevel[level]] : []),
    ...(outcome ? [words.alarmOutcome[outcome]] : []),
    ...(temperature_c === null ? [] : [temperature(temperature_c)]),
  ];
  const look = (kind: AlarmStep['kind']) => (kind === 'raised' ? 'alert' : kind === 'escalated' ? 'up' : '');
  return (
    <section className="panel-sect">
      <h3>{t.alarms.steps}</h3>
      <ol className="steps">
        {steps.map((step) => (
          <li key={step.id} className={look(step.kind)}>
            <time dateTime={step.at}>{when(step.at)}</time>
            <span className="m" aria-hidden />
            <div><b>{words.alarmStep[step.kind]}</b>{stepDetail(step).map((it) => `${t.gap}${it}`)}<p>{[step.actor, step.note].filter(Boolean).join(t.gap)}</p></div>
          </li>
        ))}
        {open ? <li className="todo"><span /><span className="m" aria-hidden /><span className="muted">{t.alarms.ongoing}</span></li> : null}
      </ol>
    </section>
  );
}

/** One next step, with the choice that can be undone first. */
function Next({ alarm }: { alarm: AlarmView }) {
  const t = useDesk();
  const { lang } = useLang();
  const now = useNow();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form, setForm] = useState<'step' | 'close' | null>(null);
  const keep = (file: AlarmFile) => client.setQueryData(getKey('/alarms/{id}', { path: { id: alarm.id } }), file);
  const { submit, pending, error } = useSubmit<string, AlarmFile>((id, idempotencyKey) => post('/alarms/{id}/acknowledge', { path: { id }, idempotencyKey }), {
    invalidates: ['alarms', 'overview'],
    onDone: (file) => { keep(file); void message.success(t.alarms.acknowledged); },
  });
  const state = alarm.state === 'closed' ? 'handling' : alarm.state;
  return (
    <section className="panel-next">
      <h3>{t.alarms.next[state]}</h3>
      <p>{alarm.state === 'raised' ? `${t.alarms.waiting(ago(alarm.first_raised_at, lang, now))}${t.gap}` : ''}{t.alarms.advice[alarm.kind]}</p>
      <ErrorAlert error={error} />
      <div className="acts">
        {alarm.state === 'raised' ? <Button type="primary" size="large" loading={pending} onClick={() => void submit(alarm.id)}>{t.alarms.acknowledge}</Button> : null}
        <Button type={alarm.state === 'raised' ? 'default' : 'primary'} size="large" onClick={() => setForm('step')}>{t.alarms.addStep}</Button>
        <Button size="large" onClick={() => setForm('close')}>{t.alarms.close}</Button>
      </div>
      {alarm.state === 'raised' ? <small>{t.alarms.acknowledgeHint}</small> : null}
      {form === 'step' ? <StepForm alarm={alarm} onClose={() => setForm(null)} onDone={(file) => { keep(file); setForm(null); }} /> : null}
      {form === 'close' ? <CloseDialog alarm={alarm} onClose={() => setForm(null)} onDone={(file) => { keep(file); setForm(null); }} /> : null}
    </section>
  );
}
