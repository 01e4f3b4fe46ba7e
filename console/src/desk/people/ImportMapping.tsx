import { Alert, Button, Select } from 'antd';
import { useState } from 'react';
import { post, type ImportColumn, type ImportJob, type ImportLayout, type ImportTable } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useGet, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { ErrorState, LoadingState } from '../parts/states';
import { useDesk } from '../strings';
import { faultsOf, layoutOf, withColumn } from './importJobs';

interface Place { sheet?: number; line?: number }
interface Props { job: ImportJob; onStarted: () => void }

/** Which column of the file is which; the server has guessed, a person decides. */
export function ImportMapping({ job, onStarted }: Props) {
  const [place, setPlace] = useState<Place>({});
  const { data: table, error, refetch } = useGet('/people/imports/{id}/table', { path: { id: job.id }, query: place }, { keep: true, staleTime: 300_000 });
  if (!table) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  // Another sheet or row of headings is another table: what was chosen for the last one does not hold.
  return <Mapping key={`${table.sheet}.${table.line}`} job={job} table={table} onPlace={setPlace} onStarted={onStarted} />;
}

function Mapping({ job, table, onPlace, onStarted }: Props & { table: ImportTable; onPlace: (place: Place) => void }) {
  const t = useDesk();
  const [layout, setLayout] = useState<ImportLayout>(() => layoutOf(table));
  const { submit, pending, error } = useSubmit<ImportLayout, ImportJob>(
    (body, idempotencyKey) => post('/people/imports/{id}/check', { path: { id: job.id }, body, idempotencyKey }),
    { invalidates: ['people'], onDone: onStarted },
  );
  const faults = faultsOf(table, layout);
  const nameOf = (position: number) => table.headings[position]?.text || t.imports.unnamed(position + 1);
  const columnsOf = (names: string[]) => names.map((it) => t.imports.columnNames[it] ?? it).join(t.imports.and);
  return (
    <section className="block" aria-labelledby="mapping">
      <h2 id="mapping">{t.imports.mapTitle}</h2>
      <p className="muted">{t.imports.mapLead}</p>
      <PlaceOfHeadings table={table} onPlace={onPlace} />
      <Columns table={table} layout={layout} onChange={setLayout} nameOf={nameOf} />
      {faults.unread.length > 0 ? <p className="muted">{t.imports.unread(faults.unread.map(nameOf).join(t.imports.and))}</p> : null}
      {faults.lacking.length > 0 ? <Alert type="warning" showIcon title={t.imports.lacking(columnsOf(faults.lacking))} /> : null}
      {faults.twice !== null ? <Alert type="warning" showIcon title={t.imports.twice(nameOf(faults.twice))} /> : null}
      <ErrorAlert error={error} />
      <div className="form-foot">
        <Button type="primary" loading={pending} disabled={faults.lacking.length > 0 || faults.twice !== null} onClick={() => void submit(layout)}>{t.imports.check}</Button>
      </div>
    </section>
  );
}

function PlaceOfHeadings({ table, onPlace }: { table: ImportTable; onPlace: (place: Place) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const sheets = table.sheets.map((it, value) => ({ value, label: t.imports.sheetRows(it.name, number(it.rows, lang)) }));
  const lines = table.first.map((it) => ({ value: it.line, label: t.imports.headingRowIs(it.line, it.cells.filter(Boolean).slice(0, 6).join(' | ')) }));
  return (
    <div className="import-place">
      {sheets.length > 1 ? (
        <label>{t.imports.sheet}
          <Select aria-label={t.imports.sheet} value={table.sheet} options={sheets} onChange={(sheet) => onPlace({ sheet })} />
        </label>
      ) : null}
      <label>{t.imports.headingRow}
        <Select aria-label={t.imports.headingRow} value={table.line} options={lines} onChange={(line) => onPlace({ sheet: table.sheet, line })} />
      </label>
    </div>
  );
}

interface ColumnsProps { table: ImportTable; layout: ImportLayout; onChange: (layout: ImportLayout) => void; nameOf: (position: number) => string }

/** Needed and recognised columns first; what else a roster may have is folded away. */
function Columns(props: ColumnsProps) {
  const t = useDesk();
  const { columns } = props.table;
  const isFirst = (it: ImportColumn) => it.needed || it.position !== null;
  const others = columns.filter((it) => !isFirst(it));
  return (
    <div className="mapping">
      <div className="mapping-row mapping-head" aria-hidden><span>{t.imports.column}</span><span>{t.imports.inFile}</span><span>{t.imports.samples}</span></div>
      {columns.filter(isFirst).map((it) => <Column key={it.name} column={it} {...props} />)}
      {others.length > 0 ? (
        <details>
          <summary>{t.imports.others(others.length)}</summary>
          {others.map((it) => <Column key={it.name} column={it} {...props} />)}
        </details>
      ) : null}
    </div>
  );
}

function Column({ column: { name, needed }, table, layout, onChange, nameOf }: ColumnsProps & { column: ImportColumn }) {
  const t = useDesk();
  const options = table.headings.map((it) => ({ value: it.position, label: nameOf(it.position) }));
  const position = layout.columns[name];
  const title = t.imports.columnNames[name] ?? name;
  const samples = position === undefined ? '' : table.headings[position]?.samples.join(t.imports.and);
  return (
    <div className="mapping-row">
      <span>{title}{needed ? <small className="muted">{t.gap}{t.imports.needed}</small> : null}</span>
      <Select
        aria-label={title} allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t.imports.notThere} options={options} value={position ?? null}
        status={needed && position === undefined ? 'warning' : undefined} onChange={(value: number | null | undefined) => onChange(withColumn(layout, name, value ?? null))}
      />
      {samples ? <span className="muted">{samples}</span> : null}
    </div>
  );
}
