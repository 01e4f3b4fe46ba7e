import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { InspectionFile } from '../../api';
import { fullTime } from '../../shared/format';
import type { Done } from '../../shared/visits/store';
import { useGet } from '../data';
import { Crumbs } from '../parts/PageHead';
import { Facts } from '../parts/SidePanel';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { Findings } from './Findings';
import { PlanDialog } from './PlanDialog';
import { ReportForm } from './ReportForm';
import { Defects, InspectionStateOf } from './parts';
import '../applications/applications.css';
import '../review/review.css';
import './inspections.css';

/** One visit: who goes where, what is looked at, what was found. */
export function Component() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useGet('/inspections/{id}', { path: { id } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  return <Whole key={id} file={data} />;
}

function Whole({ file }: { file: InspectionFile }) {
  const t = useDesk();
  const { message } = App.useApp();
  const can = useCan();
  const [planning, plan] = useState(false);
  const [movedTo, setMovedTo] = useState<string | null>(null);
  const w = t.inspections;
  const it = file.inspection;
  const reports = file.may_report && (it.officer_id === null || it.mine);
  const done = (answer: Done) => {
    setMovedTo(answer.moved_to);
    if (answer.state === 'passed') void message.success(w.passed);
    if (answer.state === 'failed') void message.warning(w.failed);
  };
  return (
    <div className="page inspection-page">
      <Crumbs label={w.title} trail={[{ to: paths.inspections(), text: w.title }]} here={it.number}>
        {it.state === 'planned' && can('review_applications') ? <Button size="small" onClick={() => plan(true)}>{w.plan}</Button> : null}
      </Crumbs>
      <div className="review-head"><h1>{it.enterprise_name}</h1><InspectionStateOf state={it.state} /><span className="muted">{w.kinds[it.kind]}{t.gap}{w.modes[it.mode]}</span></div>
      <div role="status">{movedTo === null ? null : <Alert type="warning" showIcon title={w.movedTo(movedTo || w.nobody)} />}</div>
      <div className="inspection-split">
        <div>
          {reports ? <ReportForm file={file} onDone={done} /> : file.report ? <Findings file={file} report={file.report} title={w.report} /> : <section className="block"><p>{it.state === 'cancelled' ? w.cancelled : w.waits(it.officer_name ?? w.nobody)}</p></section>}
          {file.kept.map((report, at) => <Findings key={at} file={file} report={report} title={w.keptTitle(report.officer.name)} />)}
        </div>
        <div>
          <VisitFacts file={file} />
          <Defects file={file} />
        </div>
      </div>
      {planning ? <PlanDialog it={it} onClose={() => plan(false)} /> : null}
    </div>
  );
}

function VisitFacts({ file }: { file: InspectionFile }) {
  const t = useDesk();
  const can = useCan();
  const w = t.inspections;
  const it = file.inspection;
  return (
    <section className="block">
      <h2>{w.about}</h2>
      <Facts
        items={[
          [w.number, can('review_applications') ? <Link key="n" to={paths.reviewFile(it.application_id)}>{it.number}</Link> : it.number],
          [w.area, it.area_name],
          [w.officer, it.mine ? t.review.me : (it.officer_name ?? w.nobody)],
          it.planned_on ? [w.day, w.stop(it.planned_on, it.stop)] : null,
          it.starts_at ? [w.startsAt, fullTime(it.starts_at)] : null,
          [w.due, fullTime(it.due_at)],
          it.reported_at ? [w.reportedAt, fullTime(it.reported_at)] : null,
          [w.checklist, w.version(file.checklist_version)],
        ]}
      />
    </section>
  );
}
