import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { downloadHref, post, type CensusReport } from '../../api';
import type { CensusColumn } from '../../i18n/census';
import { useLang } from '../../i18n/LangProvider';
import { bytes, number } from '../../shared/format';
import { useInvalidate, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { ImportOutcome } from '../parts/ImportOutcome';
import { FilePicker } from '../parts/FilePicker';
import { Crumbs } from '../parts/PageHead';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { OUTCOMES } from './model';
import '../reports/reports.css';

interface Sent { dryRun: boolean; name: string; size: number; changed: number; file: File }

/** A list from door to door: tried, looked at, then landed; what is refused comes back as a file. */
export function Component() {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.census;
  const invalidate = useInvalidate();
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<CensusReport | null>(null);
  const { submit, pending, error, clear } = useSubmit<Sent, CensusReport>(
    ({ dryRun, file: sent }, idempotencyKey) => post('/census/content', { query: { dry_run: dryRun ? 'true' : 'false', lang, name: sent.name }, body: sent, idempotencyKey }),
    { onDone: (it) => { setReport(it); if (!it.dry_run) invalidate('census'); } },
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
      <Crumbs label={w.title} trail={[{ to: paths.census(), text: w.title }]} here={w.importTitle} heading><Button href={downloadHref('/census/template', { query: { lang } })} download>{w.template}</Button></Crumbs>
      <div className="page-body"><section className="block">
        <p className="muted report-lead">{w.importLead}</p>
        {report && !tried ? null : (
          <FilePicker label={w.pick} accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" onFile={choose} chosen={file !== null}>
            {file ? `${file.name}${t.gap}${bytes(file.size, lang)}` : w.fileHint}
          </FilePicker>
        )}
        <ErrorAlert error={error} />
        {report ? <Outcome report={report} /> : null}
        {file ? (
          <div className="form-foot">
            {report ? null : <Button type="primary" loading={pending} onClick={() => send(true)}>{w.check}</Button>}
            {tried && report.landed > 0 ? <Button type="primary" loading={pending} onClick={() => send(false)}>{w.land(number(report.landed, lang))}</Button> : null}
            {report?.import_id ? <Link to={paths.census({ import_id: report.import_id })}><Button type="primary">{w.toReview}</Button></Link> : null}
            {report ? <Button onClick={() => choose(null)}>{w.again}</Button> : null}
          </div>
        ) : null}
      </section></div>
    </div>
  );
}

function Outcome({ report }: { report: CensusReport }) {
  const w = useDesk().census;
  const figures: [string, number, boolean][] = [
    [w.rows, report.rows, false], [report.dry_run ? w.landing : w.landed, report.landed, false],
    ...OUTCOMES.map((it): [string, number, boolean] => [w.outcomes[it], report[it], false]), [w.known, report.known, false], [w.refused, report.refused, report.refused > 0],
  ];
  return (
    <ImportOutcome title={report.dry_run ? w.tried : w.landed} figures={figures} words={w} refused={report.refused_rows.map((it) => ({ line: it.line, column: w.columns[it.column as CensusColumn], text: it.text, problem: w.faults[it.fault] }))} back={report.refused_file} />
  );
}
