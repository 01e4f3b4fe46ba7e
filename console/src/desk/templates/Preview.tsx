import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { downloadHref, post, type FilledReport, type ReportTemplateView, type TemplateTable } from '../../api';
import { useGet, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { FilterDate } from '../parts/FilterControls';
import { ErrorState, LoadingState } from '../parts/states';
import { useDesk } from '../strings';
import { Names } from './Names';

/** What goes into which cell on a day; and the file itself. */
export function Preview({ template, canAsk }: { template: ReportTemplateView; canAsk: boolean }) {
  const w = useDesk().templates;
  const { message } = App.useApp();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const path = { id: template.id };
  const { data, error, refetch } = useGet('/report-templates/{id}/preview', { path, query: { day: chosen } }, { keep: true });
  const ask = useSubmit<string, FilledReport>(
    (day, idempotencyKey) => post('/report-templates/{id}/reports', { path, body: { day }, idempotencyKey }),
    { invalidates: ['report-templates'], onDone: () => void message.info(w.asked) },
  );
  return (
    <section className="block template-preview" aria-label={w.preview}>
      <h2>{w.preview}</h2>
      {!data ? (error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />) : (
        <>
          <div className="template-tools">
            <FilterDate label={w.day} value={chosen ?? data.day} onChange={setChosen} />
            <Button type="primary" icon={<DownloadOutlined />} disabled={!data.computed} href={downloadHref('/report-templates/{id}/filled', { path, query: { day: data.day } })} download>{w.fill}</Button>
            {canAsk ? <Button loading={ask.pending} disabled={!data.computed} onClick={() => void ask.submit(data.day)}>{w.ask}</Button> : null}
          </div>
          <ErrorAlert error={ask.error} />
          {data.computed ? null : <p className="template-problem" role="status">{w.notComputed}</p>}
          <Names names={data.names} values />
          {data.tables.map((it) => <Table key={it.name} table={it} />)}
        </>
      )}
    </section>
  );
}

function Table({ table }: { table: TemplateTable }) {
  const w = useDesk().templates;
  return (
    <div className="scroll-x template-table">
      <table className="plain-table">
        <caption><code>{table.name}</code> <small>{w.rows(table.rows.length, table.row_count)}</small></caption>
        <thead><tr>{table.headings.map((it) => <th key={it}>{it}</th>)}</tr></thead>
        <tbody>{table.rows.map((row) => <tr key={row.join('|')}>{row.map((cell, at) => <td key={table.headings[at]}>{cell || '—'}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}
