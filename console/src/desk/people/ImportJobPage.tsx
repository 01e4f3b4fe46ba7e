import { DownloadOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { del, downloadHref, post, type ImportJob, type ImportLayout } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { useGet, useInvalidate, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { GraveDialog } from '../parts/GraveDialog';
import { Crumbs } from '../parts/PageHead';
import { StateTag } from '../parts/cells';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { ImportMapping } from './ImportMapping';
import { isOpen, isRunning, JOB_TONE } from './importJobs';
import { SiteName } from './ImportsPage';
import '../areas/areas.css';
import './people.css';

export function Component() {
  const { id = '' } = useParams();
  const t = useDesk();
  const { lang } = useLang();
  const invalidate = useInvalidate();
  const [cancelling, setCancelling] = useState(false);
  const [mapping, setMapping] = useState(false);
  const [poll, setPoll] = useState(true);
  const { data: job, error, refetch } = useGet('/people/imports/{id}', { path: { id } }, { refetchInterval: poll ? 1500 : false, staleTime: 0 });
  const running = job ? isRunning(job) : true;
  const landed = job?.state === 'done';
  useEffect(() => {
    setPoll(running);
    if (landed) invalidate('enterprises');
  }, [running, landed, invalidate]);
  if (!job) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  const again = () => {
    setMapping(false);
    void refetch();
  };
  const maps = job.state === 'ready' || (job.state === 'checked' && mapping);
  return (
    <div className="page">
      <Crumbs label={t.people.title} trail={[{ to: paths.people(), text: t.people.title }, { to: paths.peopleImports(), text: t.imports.title }]} here={dayTime(job.created_at, lang)}>
        {isOpen(job) ? <Button size="small" danger onClick={() => setCancelling(true)}>{t.imports.cancel}</Button> : null}
      </Crumbs>
      <div className="import-body">
        <h1 className="import-title"><SiteName id={job.site_id} /> <StateTag tone={JOB_TONE[job.state]}>{t.imports.states[job.state]}</StateTag></h1>
        {running ? <Running job={job} /> : null}
        {maps ? <ImportMapping job={job} onStarted={again} /> : <Outcome job={job} onChanged={again} onMap={() => setMapping(true)} />}
      </div>
      {cancelling ? (
        <GraveDialog
          title={t.imports.cancelTitle} consequence={t.imports.cancelConsequence} confirmText={t.imports.cancel} needsReason={false} invalidates={['people']}
          send={(_, idempotencyKey) => del('/people/imports/{id}', { path: { id }, idempotencyKey })} onClose={() => setCancelling(false)}
          onDone={() => { setCancelling(false); void refetch(); }}
        />
      ) : null}
    </div>
  );
}

function Running({ job }: { job: ImportJob }) {
  const t = useDesk();
  const { lang } = useLang();
  const counted = job.state === 'checking' || job.state === 'landing';
  return (
    <div role="status">
      {counted ? <Progress percent={job.rows ? Math.floor((job.done / job.rows) * 100) : 0} aria-label={t.imports.states[job.state]} /> : null}
      <p>{counted ? t.imports.progress(number(job.done, lang), number(job.rows, lang)) : t.imports.reading}</p>
      <p className="muted">{t.imports.leave}</p>
    </div>
  );
}

function Figures({ job }: { job: ImportJob }) {
  const t = useDesk();
  const { lang } = useLang();
  const figures: [string, number, boolean][] = [
    [t.imports.rows, job.rows, false], [t.imports.created, job.created, false], [t.imports.updated, job.updated, false],
    [t.imports.unchanged, job.unchanged, false], [t.imports.left, job.left, false], [t.imports.failed, job.failed, job.failed > 0],
  ];
  return <dl className="report">{figures.map(([label, value, bad]) => <div key={label} className={bad ? 'bad' : ''}><dt>{label}</dt><dd>{number(value, lang)}</dd></div>)}</dl>;
}

interface OutcomeProps { job: ImportJob; onChanged: () => void; onMap: () => void }

/** How far it came, and what can be done now. */
function Outcome({ job, onChanged, onMap }: OutcomeProps) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const counts = [number(job.created, lang), number(job.updated, lang), number(job.left, lang)] as const;
  const [code = '', column = ''] = job.error?.split(':') ?? [];
  return (
    <>
      {job.state === 'failed' ? null : <Figures job={job} />}
      {job.state === 'failed' ? <p role="alert"><b>{t.imports.stopped}</b> {words.error(code, {})}{column ? `（${t.imports.columnNames[column] ?? column}）` : ''}</p> : null}
      {job.state === 'done' ? <p><b>{t.imports.doneText(...counts)}</b></p> : null}
      {job.state === 'checked' ? <p><b>{job.created + job.updated + job.left > 0 ? t.imports.willDo(...counts) : t.imports.nothingToDo}</b></p> : null}
      {job.state === 'cancelled' ? <p><b>{t.imports.cancelledText}</b> {t.imports.stoppedAt(number(job.done, lang), number(job.rows, lang))}</p> : null}
      {isRunning(job) ? null : <Failed job={job} />}
      <NextStep job={job} onChanged={onChanged} onMap={onMap} />
    </>
  );
}

const WORKBOOK_ROWS = 50_000;

function Failed({ job }: { job: ImportJob }) {
  const t = useDesk();
  const { lang } = useLang();
  if (job.failed === 0) return null;
  return (
    <div className="block">
      <Button icon={<DownloadOutlined />} href={downloadHref('/people/imports/{id}/failed', { path: { id: job.id }, query: { lang } })} download>{t.imports.failedFile(number(job.failed, lang))}</Button>
      <p className="muted import-hint">{t.imports.failedHint}{job.form === 'xlsx' && WORKBOOK_ROWS < job.failed ? ` ${t.imports.failedAsCsv}` : ''}</p>
    </div>
  );
}

function NextStep({ job, onChanged, onMap }: OutcomeProps) {
  const t = useDesk();
  const options = { invalidates: ['people'], onDone: onChanged };
  const land = useSubmit<ImportLayout, ImportJob>((body, idempotencyKey) => post('/people/imports/{id}/land', { path: { id: job.id }, body, idempotencyKey }), options);
  const resume = useSubmit<string, ImportJob>((id, idempotencyKey) => post('/people/imports/{id}/resume', { path: { id }, idempotencyKey }), options);
  if (isRunning(job)) return null;
  const goesOn = job.state === 'cancelled' && (job.stopped_in === 'checking' || job.stopped_in === 'landing');
  return (
    <>
      <ErrorAlert error={land.error ?? resume.error} />
      <div className="form-foot">
        {job.state === 'checked' ? (
          <>
            <Button type="primary" loading={land.pending} disabled={!job.layout || job.created + job.updated + job.left === 0} onClick={() => (job.layout ? void land.submit(job.layout) : undefined)}>{t.imports.runNow}</Button>
            <Button onClick={onMap}>{t.imports.changeMapping}</Button>
          </>
        ) : null}
        {goesOn ? <Button type="primary" loading={resume.pending} onClick={() => void resume.submit(job.id)}>{t.imports.resume}</Button> : null}
        <Link to={paths.peopleImports({ site_id: job.site_id })}><Button>{t.imports.newImport}</Button></Link>
        {job.state === 'done' ? <Link to={paths.people({ site_id: job.site_id })}><Button>{t.imports.toPeople}</Button></Link> : null}
      </div>
    </>
  );
}
