import { App, Button } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { downloadHref, post, type ApplicationFile } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { useGet } from '../data';
import { GraveDialog } from '../parts/GraveDialog';
import { Crumbs } from '../parts/PageHead';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { ApplicationState } from './ApplicationState';
import { FormPage } from './FormPage';
import { siteWords } from './model';
import { ReadView } from './ReadView';
import '../devices/device.css';
import './applications.css';

/** One application: a form while it is open, a record afterwards. */
export function Component() {
  const { id = '' } = useParams();
  const t = useDesk();
  const can = useCan();
  const { data, error, refetch } = useGet('/applications/{id}', { path: { id } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  const { application } = data;
  const w = t.applications;
  const writes = can('apply') && (application.state === 'draft' || application.state === 'returned');
  return (
    <div className="page application-page">
      <Crumbs label={w.title} trail={[{ to: paths.applications(), text: w.title }]} here={application.number}><Acts file={data} writes={writes} /></Crumbs>
      <div className="device-head">
        <h1>{siteWords(application, w)}</h1>
        <ApplicationState state={application.state} />
        <span className="muted">{application.enterprise_name}{t.gap}{w.form(data.form_version)}</span>
      </div>
      {writes ? <FormPage key={`${id}-${application.state}-${data.form_version}`} file={data} /> : <ReadView file={data} />}
    </div>
  );
}

function Acts({ file, writes }: { file: ApplicationFile; writes: boolean }) {
  const t = useDesk();
  const { lang } = useLang();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const w = t.applications;
  const { id, number, state } = file.application;
  return (
    <>
      <Button size="small" href={downloadHref('/applications/{id}/pdf', { path: { id }, query: { lang } })} download>{w.view.pdf}</Button>
      {writes && state === 'draft' ? <Button size="small" danger onClick={() => setAsking(true)}>{w.discard}</Button> : null}
      {asking ? (
        <GraveDialog
          title={w.discardTitle(number)} consequence={w.discardText} confirmText={w.discard} needsReason={false} invalidates={[]} onClose={() => setAsking(false)}
          send={(_, idempotencyKey) => post('/applications/{id}/discard', { path: { id }, idempotencyKey })}
          onDone={() => { void message.success(w.discarded); void navigate(paths.applications(), { replace: true }); }}
        />
      ) : null}
    </>
  );
}
