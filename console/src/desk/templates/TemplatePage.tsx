import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { downloadHref, post, type ReportTemplateDetail } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { bytes, dayTime } from '../../shared/format';
import { useGet } from '../data';
import { GraveDialog } from '../parts/GraveDialog';
import { Crumbs } from '../parts/PageHead';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { Preview } from './Preview';
import { Reports } from './Reports';
import { ScheduleForm } from './ScheduleForm';
import './templates.css';
import { UploadDialog } from './UploadDialog';

const POLL_MS = 2_000;

/** A template: what goes in, when it is filled, and the reports made of it. */
export function Component() {
  const { id = '' } = useParams();
  const t = useDesk();
  const w = t.templates;
  const can = useCan()('manage_report_templates');
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'version' | 'retire' | null>(null);
  const [waiting, setWaiting] = useState(false);
  const { data, error, refetch } = useGet('/report-templates/{id}', { path: { id } }, { refetchInterval: waiting ? POLL_MS : false, staleTime: 0 });
  const isWaiting = data?.reports.some((it) => it.state === 'waiting') ?? false;
  if (isWaiting !== waiting) setWaiting(isWaiting);
  if (!data) return <div className="page">{error ? <ErrorState full error={error} retry={() => void refetch()} /> : <LoadingState full />}</div>;
  const { template } = data;
  return (
    <div className="page">
      <Crumbs label={w.title} trail={[{ to: paths.reportTemplates(), text: w.title }]} here={template.name} heading>
        {can ? <Button icon={<UploadOutlined />} onClick={() => setOpen('version')}>{w.newVersion}</Button> : null}
        {can ? <Button danger onClick={() => setOpen('retire')}>{w.retire}</Button> : null}
      </Crumbs>
      <div className="page-body template-body">
        <Preview key={template.version} template={template} canAsk={can} />
        {can ? <ScheduleForm key={JSON.stringify(template.schedule)} template={template} /> : null}
        <Reports detail={data} canAsk={can} />
        <Versions detail={data} />
      </div>
      {open === 'version' ? (
        <UploadDialog
          template={template} onClose={() => setOpen(null)}
          onKept={(it) => {
            setOpen(null);
            void message.success(w.kept(it.name));
          }}
        />
      ) : null}
      {open === 'retire' ? (
        <GraveDialog
          title={w.retireTitle(template.name)} consequence={w.retireConsequence} confirmText={w.retire} needsReason={false} invalidates={['report-templates']}
          send={(_, idempotencyKey) => post('/report-templates/{id}/retire', { path: { id }, idempotencyKey })} onClose={() => setOpen(null)}
          onDone={() => {
            void message.success(w.retired);
            void navigate(paths.reportTemplates());
          }}
        />
      ) : null}
    </div>
  );
}

function Versions({ detail }: { detail: ReportTemplateDetail }) {
  const { lang } = useLang();
  const w = useDesk().templates;
  return (
    <section className="block" aria-label={w.versions}>
      <h2>{w.versions}</h2>
      <ul className="template-files">
        {detail.versions.map((it) => (
          <li key={it.version}>
            <b>{w.version(it.version)}</b>
            <span>{it.file_name}<small>{bytes(it.byte_count, lang)}</small></span>
            <small>{it.by}　{dayTime(it.created_at, lang)}</small>
            <Button size="small" icon={<DownloadOutlined />} aria-label={w.original(it.version)} href={downloadHref('/report-templates/{id}/versions/{version}/content', { path: { id: detail.template.id, version: String(it.version) } })} download>{w.download}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
