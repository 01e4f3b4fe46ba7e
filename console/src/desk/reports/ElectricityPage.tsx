import { Button } from 'antd';
import { useState } from 'react';
import { downloadHref, post, type ElectricityImport } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { bytes, number } from '../../shared/format';
import { useInvalidate, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { ImportOutcome } from '../parts/ImportOutcome';
import { FilePicker } from '../parts/FilePicker';
import { Crumbs } from '../parts/PageHead';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { MeterSystems } from './MeterSystems';
import './reports.css';

interface Sent { dryRun: boolean; name: string; size: number; changed: number; file: File }

/** A file of electricity meters: tried, looked at, then landed; what is refused comes back as a file. */
export function Component() {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.reports.electricity;
  const invalidate = useInvalidate();
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<ElectricityImport | null>(null);
  const { submit, pending, error, clear } = useSubmit<Sent, ElectricityImport>(
    ({ dryRun, file: sent }, idempotencyKey) => post('/electricity/content', { query: { dry_run: dryRun ? 'true' : 'false', lang }, body: sent, idempotencyKey }),
    { onDone: (it) => { setReport(it); if (!it.dry_run) invalidate('daily-reports', 'enterprises'); } },
  );
  const choose = (next: File | null) => {
    setFile(next);
    setReport(null);
    clear();
  };
  const send = (dryRun: boolean) => {
    if (file) void submit({ dryRun, name: file.name, size: file.size, changed: file.lastModified, file });
  };
  const tried = report?.dry_run === true;
  return (
    <div className="page">
      <Crumbs label={t.reports.title} trail={[{ to: paths.dailyReports(), text: t.reports.title }]} here={w.title} heading><Button href={downloadHref('/electricity/template', { query: { lang } })} download>{w.template}</Button></Crumbs>
      <div className="page-body"><section className="block">
      <p className="muted report-lead">{w.lead}</p>
      {report && !tried ? null : (
        <FilePicker label={w.file} accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" onFile={choose} chosen={file !== null}>
          {file ? w.chosen(file.name, bytes(file.size, lang)) : w.fileHint}
        </FilePicker>
      )}
      <ErrorAlert error={error} />
      {report ? <Outcome report={report} /> : null}
      {file ? (
        <div className="form-foot">
          {report ? null : <Button type="primary" loading={pending} onClick={() => send(true)}>{w.check}</Button>}
          {tried && report.days + report.baselines > 0 ? <Button type="primary" loading={pending} onClick={() => send(false)}>{w.land(number(report.rows - report.refused, lang))}</Button> : null}
          {report ? <Button onClick={() => choose(null)}>{w.again}</Button> : null}
        </div>
      ) : null}
      </section><MeterSystems /></div>
    </div>
  );
}

function Outcome({ report }: { report: ElectricityImport }) {
  const w = useDesk().reports.electricity;
  const figures: [string, number, boolean][] = [[w.rows, report.rows, false], [w.days, report.days, false], [w.baselines, report.baselines, false], [w.refused, report.refused, report.refused > 0]];
  return (
    <ImportOutcome title={report.dry_run ? w.tried : w.landed} figures={figures} words={w} refused={report.refused_rows.map((it) => ({ line: it.line, column: w.columns[it.column as keyof typeof w.columns], text: it.text, problem: w.faults[it.fault] }))} back={report.refused_file} />
  );
}
