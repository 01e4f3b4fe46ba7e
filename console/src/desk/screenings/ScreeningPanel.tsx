import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ScreeningView } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { fullTime, temperature } from '../../shared/format';
import { VerdictShape } from '../../shared/VerdictShape';
import { useGet } from '../data';
import { Facts } from '../parts/SidePanel';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { ClinicalDialog } from './ClinicalDialog';

const NEEDS_THERMOMETER = ['fever_suspected', 'fever_possible', 'temperature_unmeasured', 'temperature_unreliable'];

export function ScreeningPanel({ id }: { id: string }) {
  const t = useDesk();
  const can = useCan();
  const [entering, setEntering] = useState(false);
  const { data, error, refetch } = useGet('/screenings/{id}', { path: { id } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  const mayRead = (can('confirm_clinical') || can('record_screening')) && data.clinical === null && data.reasons.some((reason) => NEEDS_THERMOMETER.includes(reason));
  return (
    <>
      <Head screening={data} />
      {data.against_verdict ? <p className="against" role="alert">{t.screenings.against}</p> : null}
      <Reasons screening={data} />
      <Outcome screening={data} />
      <Measured screening={data} />
      <div className="panel-acts">
        {mayRead ? <Button type="primary" onClick={() => setEntering(true)}>{t.screenings.enterClinical}</Button> : null}
        {data.person_id && can('read_people') ? <Link to={paths.person(data.person_id)}><Button>{t.screenings.openFile}</Button></Link> : null}
        {data.device_id && can('read_places') ? <Link to={paths.device(data.device_id)}><Button>{t.alarms.device}</Button></Link> : null}
      </div>
      {entering ? <ClinicalDialog screening={data} onClose={() => setEntering(false)} /> : null}
    </>
  );
}

function Head({ screening }: { screening: ScreeningView }) {
  const t = useDesk();
  const words = useCommon();
  const outcome = screening.override?.outcome ?? screening.outcome;
  return (
    <div className="panel-head">
      <div className="panel-over">{screening.site_name}{t.gap}{screening.gate_name}{t.gap}{fullTime(screening.occurred_at)}</div>
      <h2>{screening.masked_name ?? t.screenings.unknownPerson}</h2>
      <div className="panel-tags">
        <span className={`outcome-big c-${outcome}`}><VerdictShape outcome={outcome} size={24} /><b>{words.verdict[outcome]}</b></span>
        {temperature(screening.temperature_c)}{t.gap}{words.mask[screening.mask]}
      </div>
    </div>
  );
}

function Reasons({ screening }: { screening: ScreeningView }) {
  const t = useDesk();
  const words = useCommon();
  return (
    <section className="panel-sect">
      <h3>{t.screenings.reasons}</h3>
      {screening.reasons.length === 0 ? <p className="muted">{t.screenings.admitNote}</p> : null}
      <ul className="verdict-reasons">
        {screening.reasons.map((reason) => <li key={reason}><b>{words.reason[reason]?.says ?? reason}</b><span className="muted">{words.reason[reason]?.next}</span></li>)}
      </ul>
    </section>
  );
}

function Outcome({ screening }: { screening: ScreeningView }) {
  const t = useDesk();
  const words = useCommon();
  const { override, clinical } = screening;
  if (!override && !clinical) return null;
  return (
    <section className="panel-sect">
      <Facts
        items={[
          override ? [t.screenings.override, <span key="o"><b>{words.verdict[override.outcome]}</b>{t.gap}{override.reason}<br /><small>{t.screenings.overrideText(override.by, override.supervisor)}{t.gap}{fullTime(override.at)}</small></span>] : null,
          clinical ? [t.screenings.clinical, <span key="c">{t.screenings.clinicalText(temperature(clinical.temperature_c), clinical.by, clinical.fever)}<br /><small>{fullTime(clinical.at)}</small></span>] : null,
        ]}
      />
    </section>
  );
}

/** What the device said, and what we made of it. */
function Measured({ screening }: { screening: ScreeningView }) {
  const t = useDesk();
  const words = useCommon();
  const granted = screening.terminal_granted === null ? null : screening.terminal_granted ? t.screenings.granted : t.screenings.refused;
  return (
    <section className="panel-sect">
      <Facts
        items={[
          [t.screenings.employee, [screening.employee_no, screening.team].filter(Boolean).join(t.gap)],
          [t.screenings.method, `${words.method[screening.method]}${t.gap}${words.direction[screening.direction]}${t.gap}${t.devices.laneOf(screening.lane)}`],
          [t.screenings.occurred, fullTime(screening.occurred_at)],
          [t.screenings.basis, words.occurredBasis[screening.occurred_basis]],
          [t.screenings.deviceAt, fullTime(screening.device_at)],
          [t.screenings.deviceRaw, screening.device_time_raw ? <code key="r">{screening.device_time_raw}</code> : null],
          [t.screenings.received, `${fullTime(screening.received_at)}${t.gap}${screening.live ? t.screenings.live : t.screenings.replayed}`],
          [t.screenings.eventNo, screening.event_no],
          [t.screenings.terminal, granted],
          [t.screenings.rule, t.screenings.ruleVersion(screening.rule_version)],
          [t.screenings.device, screening.device_id ? null : t.screenings.manual],
        ]}
      />
    </section>
  );
}
