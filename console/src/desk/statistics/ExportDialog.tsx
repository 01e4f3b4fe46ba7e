import { Button, Modal, Progress } from 'antd';
import { useState } from 'react';
import { downloadHref, post, type StatisticExport } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { bytes, number } from '../../shared/format';
import { useGet, useSubmit } from '../data';
import { Choice } from '../parts/Choice';
import { ErrorAlert } from '../parts/ErrorAlert';
import { useDesk } from '../strings';
import type { StatisticQuery } from './StatisticsPage';

const FORMATS = ['csv', 'xlsx', 'parquet'] as const;
type Format = (typeof FORMATS)[number];
const POLL_MS = 1_000;

/** Which kind of file; then the browser saves it as it comes, and the page says how far it is. */
export function ExportDialog({ query, onClose }: { query: StatisticQuery; onClose: () => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.statistics;
  const [format, setFormat] = useState<Format>('csv');
  const [started, setStarted] = useState<StatisticExport | null>(null);
  const { area = null, industry = null, size_class = null, from = null, until = null } = query;
  const filters = { area, industry, size_class, from, until };
  const { submit, pending, error } = useSubmit<Format, StatisticExport>((chosen, idempotencyKey) => post('/statistics/exports', { body: { format: chosen, lang, filters }, idempotencyKey }));
  const start = async () => {
    const made = await submit(format);
    if (!made) return;
    setStarted(made);
    save(downloadHref('/statistics/exports/{id}/content', { path: { id: made.id } }));
  };
  return (
    <Modal
      open title={w.export} onCancel={onClose}
      footer={started
        ? <><Button key="again" onClick={() => setStarted(null)}>{w.again}</Button><Button key="close" type="primary" onClick={onClose}>{t.actions.close}</Button></>
        : <><Button key="cancel" onClick={onClose}>{t.actions.cancel}</Button><Button key="start" type="primary" loading={pending} onClick={() => void start()}>{w.start}</Button></>}
    >
      <p>{w.exportLead}</p>
      <ErrorAlert error={error} />
      {started ? <Running started={started} /> : <Choice<Format> label={w.format} value={format} onChange={setFormat} options={FORMATS.map((value) => ({ value, label: w.formats[value] }))} />}
    </Modal>
  );
}

/** The browser saves it itself: a file of any size passes through no page. */
function save(href: string) {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}

function Running({ started }: { started: StatisticExport }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.statistics;
  const [over, setOver] = useState(false);
  const { data } = useGet('/statistics/exports/{id}', { path: { id: started.id } }, { refetchInterval: over ? false : POLL_MS, staleTime: 0 });
  const it = data ?? started;
  const isOver = it.state === 'done' || it.state === 'failed';
  if (isOver && !over) setOver(true);
  const n = (value: number) => number(value, lang);
  const percent = it.state === 'done' ? 100 : it.rows_total > 0 ? Math.min(99, Math.floor((it.rows_done / it.rows_total) * 100)) : 0;
  return (
    <div className="statistic-export">
      <p role="status">{w.states[it.state as keyof typeof w.states] ?? it.state}{t.gap}{w.rows(n(it.rows_done), n(it.rows_total))}</p>
      <Progress percent={percent} status={it.state === 'failed' ? 'exception' : isOver ? 'success' : 'active'} aria-label={w.export} />
      {it.state === 'done' ? (
        <dl>
          <dt>{w.checksum}</dt>
          <dd><code>{it.sha256}</code></dd>
          <dd>{w.size_(bytes(it.byte_count, lang))}</dd>
        </dl>
      ) : null}
      {it.state === 'done' && it.rows_done !== it.rows_total ? <p>{w.rowsChanged}</p> : null}
    </div>
  );
}
