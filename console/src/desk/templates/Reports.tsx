import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { downloadHref, post, type FilledReport, type ReportTemplateDetail } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { bytes, dayTime } from '../../shared/format';
import { useSubmit } from '../data';
import { StateTag, type Tone } from '../parts/cells';
import { ErrorAlert } from '../parts/ErrorAlert';
import { EmptyState } from '../parts/states';
import { useDesk } from '../strings';

type State = 'waiting' | 'done' | 'failed';
const TONES: Record<State, Tone> = { waiting: 'hold', done: 'admit', failed: 'deny' };

/** Reports by day: files, and why there is none. */
export function Reports({ detail, canAsk }: { detail: ReportTemplateDetail; canAsk: boolean }) {
  const w = useDesk().templates;
  const id = detail.template.id;
  const again = useSubmit<string, FilledReport>((day, idempotencyKey) => post('/report-templates/{id}/reports', { path: { id }, body: { day }, idempotencyKey }), { invalidates: ['report-templates'] });
  return (
    <section className="block" aria-label={w.reports}>
      <h2>{w.reports}</h2>
      <ErrorAlert error={again.error} />
      {detail.reports.length === 0 ? <EmptyState title={w.noReports} text={w.noReportsHint} /> : (
        <ul className="template-files">{detail.reports.map((it) => <li key={it.day}><Report it={it} id={id} again={canAsk ? () => void again.submit(it.day) : null} /></li>)}</ul>
      )}
    </section>
  );
}

function Report({ it, id, again }: { it: FilledReport; id: string; again: (() => void) | null }) {
  const { lang } = useLang();
  const w = useDesk().templates;
  const state = it.state as State;
  const fault = it.fault as keyof typeof w.reportFaults | null;
  return (
    <>
      <b>{it.day}</b>
      <span>
        <StateTag tone={TONES[state]}>{w.states[state]}</StateTag>
        {fault ? <small>{w.reportFaults[fault](it.fault_detail ?? '')}</small> : null}
        {state === 'done' ? <small>{it.byte_count === null ? w.gone : bytes(it.byte_count, lang)}</small> : null}
      </span>
      <small>{it.by ?? w.itself}{it.done_at ? `　${dayTime(it.done_at, lang)}` : ''}</small>
      {state === 'done' && it.byte_count !== null
        ? <Button size="small" icon={<DownloadOutlined />} aria-label={w.downloadOf(it.day)} href={downloadHref('/report-templates/{id}/reports/{day}/content', { path: { id, day: it.day } })} download>{w.download}</Button>
        : again && state !== 'waiting' ? <Button size="small" aria-label={w.againOf(it.day)} onClick={again}>{w.again}</Button> : null}
    </>
  );
}
