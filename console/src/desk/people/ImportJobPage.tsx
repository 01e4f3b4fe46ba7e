import { DownloadOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { del, downloadHref, post, type ImportJob } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { useGet, useInvalidate, useSubmit } from '../data';
import { CsvPicker } from '../parts/CsvPicker';
import type { CsvFile } from '../parts/csvFile';
import { ErrorAlert } from '../parts/ErrorAlert';
import { GraveDialog } from '../parts/GraveDialog';
import { Crumbs } from '../parts/PageHead';
import { StateTag } from '../parts/cells';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { findFile, isRunning, JOB_TONE } from './importJobs';
import { SiteName } from './ImportsPage';
import '../areas/areas.css';
import './people.css';

export function Component() {
  const { id = '' } = useParams();
  const t = useDesk();
  const { lang } = useLang();
  const invalidate = useInvalidate();
  const [cancelling, setCancelling] = useState(false);
  const [poll, setPoll] = useState(true);
  const { data: job, error, refetch } = useGet('/people/imports/{id}', { path: { id } }, { refetchInterval: poll ? 1500 : false, staleTime: 0 });
  const running = job ? isRunning(job) : true;
  const real = job?.dry_run === false;
  useEffect(() => {
    setPoll(running);
    if (!running && real) invalidate('enterprises');
  }, [running, real, invalidate]);
  if (!job) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  return (
    <div className="page">
      <Crumbs label={t.people.title} trail={[{ to: paths.people(), text: t.people.title }, { to: paths.peopleImports(), text: t.imports.title }]} here={dayTime(job.created_at, lang)}>
        {running ? <Button size="small" danger onClick={() => setCancelling(true)}>{t.imports.cancel}</Button> : null}
      </Crumbs>
      <div className="import-body">
        <h1 className="import-title"><SiteName id={job.site_id} /> <StateTag tone={JOB_TONE[job.state]}>{job.dry_run ? t.imports.dryRun : t.imports.real}{t.gap}{t.imports.states[job.state]}</StateTag></h1>
        {running ? (
          <div role="status">
            <Progress percent={job.rows ? Math.floor((job.done / job.rows) * 100) : 0} aria-label={t.imports.done} />
            <p>{t.imports.progress(number(job.done, lang), number(job.rows, lang))}</p>
            <p className="muted">{t.imports.leave}</p>
          </div>
        ) : null}
        <Figures job={job} />
        <Result job={job} />
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

function Figures({ job }: { job: ImportJob }) {
  const t = useDesk();
  const { lang } = useLang();
  const figures: [string, number, boolean][] = [
    [t.imports.rows, job.rows, false], [t.imports.created, job.created, false], [t.imports.updated, job.updated, false],
    [t.imports.unchanged, job.unchanged, false], [t.imports.failed, job.failed, job.failed > 0],
  ];
  return <dl className="report">{figures.map(([label, value, bad]) => <div key={label} className={bad ? 'bad' : ''}><dt>{label}</dt><dd>{number(value, lang)}</dd></div>)}</dl>;
}

function Result({ job }: { job: ImportJob }) {
  const t = useDesk();
  const { lang } = useLang();
  const counts = [number(job.created, lang), number(job.updated, lang)] as const;
  const failed = job.failed > 0 && !isRunning(job) ? (
    <div className="block">
      <Button icon={<DownloadOutlined />} href={downloadHref('/people/imports/{id}/failed', { path: { id: job.id } })} download>{t.imports.failedFile(number(job.failed, lang))}</Button>
      <p className="muted" style={{ marginTop: 8 }}>{t.imports.failedHint}</p>
    </div>
  ) : null;
  if (isRunning(job)) return null;
  const links = (
    <div className="form-foot">
      <Link to={paths.peopleImports({ site_id: job.site_id })}><Button>{t.imports.newImport}</Button></Link>
      <Link to={paths.people({ site_id: job.site_id })}><Button>{t.imports.toPeople}</Button></Link>
    </div>
  );
  if (job.state === 'failed' || job.state === 'cancelled') return <><p><b>{job.state === 'cancelled' ? t.imports.cancelledText : t.imports.stopped}</b> {job.error}</p>{failed}{links}</>;
  if (job.dry_run) return <><p><b>{t.imports.willDo(...counts)}</b></p><RunNow job={job} />{failed}</>;
  return <><p><b>{t.imports.doneText(...counts)}</b></p>{failed}{links}</>;
}

/** After the dry run: the same file, for real. */
function RunNow({ job }: { job: ImportJob }) {
  const t = useDesk();
  const navigate = useNavigate();
  const [file, setFile] = useState<CsvFile | null>(() => findFile(job.id));
  const { submit, pending, error } = useSubmit<CsvFile, ImportJob>(
    (csv, idempotencyKey) => post('/people/imports', { query: { site_id: job.site_id, dry_run: 'false' }, body: csv.blob, idempotencyKey }),
    { invalidates: ['people'], onDone: (started) => void navigate(paths.peopleImport(started.id)) },
  );
  return (
    <>
      {file ? null : <p className="muted">{t.imports.runAgainHint}</p>}
      {file && findFile(job.id) ? null : <CsvPicker label={t.imports.file} value={file} onChange={setFile} />}
      <ErrorAlert error={error} />
      <div className="form-foot">
        <Button type="primary" loading={pending} disabled={!file || job.created + job.updated === 0} onClick={() => (file ? void submit(file) : undefined)}>{t.imports.runNow}</Button>
        <Link to={paths.peopleImports({ site_id: job.site_id })}><Button>{t.imports.newImport}</Button></Link>
      </div>
    </>
  );
}
