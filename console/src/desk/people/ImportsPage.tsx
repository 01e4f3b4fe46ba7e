import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { get, post, type ImportJob } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { bytes, dayTime, number } from '../../shared/format';
import { PAGE_SIZE, useGet, usePages, useSubmit } from '../data';
import { saveText } from '../parts/saveText';
import { ErrorAlert } from '../parts/ErrorAlert';
import { FilePicker } from '../parts/FilePicker';
import { Crumbs } from '../parts/PageHead';
import { SitePicker } from '../parts/PlacePicker';
import { StateTag } from '../parts/cells';
import { ErrorState } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { JOB_TONE } from './importJobs';
import '../areas/areas.css';
import './people.css';

export function Component() {
  const t = useDesk();
  const navigate = useNavigate();
  const { lang } = useLang();
  const [search, setSearch] = useSearchParams();
  const siteId = search.get('site_id') ?? undefined;
  const [file, setFile] = useState<File | null>(null);
  const { submit, pending, error } = useSubmit<{ site: string; file: File }, ImportJob>(
    (run, idempotencyKey) => post('/people/imports', { query: { site_id: run.site }, body: run.file, idempotencyKey }),
    {
      invalidates: ['people'],
      onDone: (job) => void navigate(paths.peopleImport(job.id)),
    },
  );
  return (
    <div className="page">
      <Crumbs heading label={t.people.title} trail={[{ to: paths.people(), text: t.people.title }]} here={t.imports.title}>
        <Button size="small" onClick={() => saveText('people-template.csv', `${t.imports.headings}\n`)}>{t.imports.template}</Button>
      </Crumbs>
      <div className="import-body">
        <p className="form-lead">{t.imports.lead}</p>
        <div className="import-site">
          <span>{t.imports.site}</span>
          <SitePicker label={t.imports.site} value={siteId} onChange={(site) => setSearch(site ? { site_id: site } : {}, { replace: true })} />
        </div>
        <FilePicker label={t.imports.file} accept=".xlsx,.csv,.txt" onFile={setFile} chosen={file !== null}>{file ? `${file.name}${t.gap}${bytes(file.size, lang)}` : t.imports.fileHint}</FilePicker>
        <p className="muted">{t.imports.columns}<code>{t.imports.headings.replaceAll(',', ', ')}</code></p>
        <ErrorAlert error={error} />
        <div className="form-foot">
          <Button type="primary" loading={pending} disabled={!file || !siteId} onClick={() => (file && siteId ? void submit({ site: siteId, file }) : undefined)}>{t.imports.upload}</Button>
          {pending ? <span role="status" className="muted">{t.imports.sending}</span> : null}
          {!siteId ? <span className="muted">{t.imports.noSite}</span> : null}
        </div>
        <Jobs />
      </div>
    </div>
  );
}

function Jobs() {
  const t = useDesk();
  const { lang } = useLang();
  const list = usePages<ImportJob>(['people', 'imports'], (cursor, signal) => get('/people/imports', { query: { cursor, limit: PAGE_SIZE }, signal }));
  if (list.error && list.items.length === 0) return <ErrorState error={list.error} retry={list.retry} />;
  return (
    <section className="block">
      <h2>{t.imports.history}</h2>
      {list.items.length === 0 && !list.loading ? <p className="muted">{t.imports.none}</p> : null}
      <div className="scroll-x">
        {list.items.length > 0 ? (
          <table className="plain-table">
            <thead><tr><th>{t.imports.startedAt}</th><th>{t.imports.siteCol}</th><th>{t.imports.state}</th><th>{t.imports.result}</th></tr></thead>
            <tbody>
              {list.items.map((job) => (
                <tr key={job.id}>
                  <td><Link to={paths.peopleImport(job.id)}>{dayTime(job.created_at, lang)}</Link></td>
                  <td><SiteName id={job.site_id} /></td>
                  <td><StateTag tone={JOB_TONE[job.state]}>{t.imports.states[job.state]}</StateTag></td>
                  <td>{t.imports.created} {number(job.created, lang)}{t.gap}{t.imports.updated} {number(job.updated, lang)}{t.gap}{t.imports.left} {number(job.left, lang)}{t.gap}<span className={job.failed ? 'bad' : ''}>{t.imports.failed} {number(job.failed, lang)}</span></td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
      </div>
      {list.more ? <Button size="small" onClick={list.more} loading={list.loadingMore}>{t.list.more}</Button> : null}
    </section>
  );
}

export function SiteName({ id }: { id: string }) {
  const { data } = useGet('/sites/{id}', { path: { id } }, { staleTime: 300_000 });
  return <>{data?.name ?? '…'}</>;
}
