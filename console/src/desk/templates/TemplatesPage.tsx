import { UploadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { ReportTemplateView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useGet } from '../data';
import { PageHead } from '../parts/PageHead';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { scheduleWords } from './schedule';
import './templates.css';
import { UploadDialog } from './UploadDialog';

/** The district's own report forms: which there are, when they are filled, and how to make one. */
export function Component() {
  const w = useDesk().templates;
  const can = useCan();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [uploading, setUploading] = useState(false);
  const { data, error, refetch } = useGet('/report-templates', {});
  const upload = can('manage_report_templates') ? <Button type="primary" icon={<UploadOutlined />} onClick={() => setUploading(true)}>{w.upload}</Button> : null;
  return (
    <div className="page">
      <PageHead title={w.title}>{data && data.length > 0 ? upload : null}</PageHead>
      <div className="page-body">
        <p className="muted template-lead">{w.lead}</p>
        {!data ? (error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />) : null}
        {data?.length === 0 ? <EmptyState title={w.none} text={w.noneHint} action={upload} /> : null}
        {data && data.length > 0 ? <ul className="template-list">{data.map((it) => <li key={it.id}><Row it={it} /></li>)}</ul> : null}
        <HowTo />
      </div>
      {uploading ? (
        <UploadDialog
          onClose={() => setUploading(false)}
          onKept={(it) => {
            void message.success(w.kept(it.name));
            void navigate(paths.reportTemplate(it.id));
          }}
        />
      ) : null}
    </div>
  );
}

function Row({ it }: { it: ReportTemplateView }) {
  const { lang } = useLang();
  const w = useDesk().templates;
  return (
    <Link to={paths.reportTemplate(it.id)} className="template-row">
      <b>{it.name}</b>
      <span>{it.area_name ?? it.area_code}</span>
      <span>{w.version(it.version)}</span>
      <span>{scheduleWords(it.schedule, w)}</span>
      {it.next_at ? <small>{w.next} {dayTime(it.next_at, lang)}</small> : null}
    </Link>
  );
}

function HowTo() {
  const w = useDesk().templates;
  const { data } = useGet('/report-templates/names', {}, { staleTime: Infinity });
  return (
    <section className="block" aria-label={w.howTo}>
      <h2>{w.howTo}</h2>
      <ol className="template-steps">{w.howToSteps.map((step) => <li key={step}>{step}</li>)}</ol>
      <details>
        <summary>{w.allNames}</summary>
        <table className="plain-table template-names">
          <thead><tr><th>{w.nameColumn}</th><th>{w.chineseColumn}</th><th>{w.more}</th></tr></thead>
          <tbody>
            {(data ?? []).map((it) => (
              <tr key={it.code}><td><code>{it.code}</code></td><td>{it.chinese}</td><td className="muted">{it.suffix ? w.suffix(it.suffix) : it.columns.length > 0 ? w.tableColumns(it.columns.join(w.weekdayGap)) : null}</td></tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
