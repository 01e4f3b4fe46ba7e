import { Button } from 'antd';
import { useState } from 'react';
import { post, type ImportReport } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { bytes } from '../../shared/format';
import { useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { FilePicker } from '../parts/FilePicker';
import { Crumbs } from '../parts/PageHead';
import { saveRefused } from '../parts/refusedFile';
import { saveText } from '../parts/saveText';
import { paths } from '../paths';
import { useDesk } from '../strings';
import './areas.css';

interface Run { file: File; dryRun: boolean }
const SHOWN = 50;

/** Upload, look at what would change, then let it happen. */
export function Component() {
  const t = useDesk();
  const { lang } = useLang();
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const { submit, pending, error } = useSubmit<Run, ImportReport>(
    (run, idempotencyKey) => post('/areas/import', { query: { dry_run: run.dryRun ? 'true' : 'false' }, body: run.file, idempotencyKey }),
    { onDone: setReport, invalidates: ['areas'] },
  );
  const choose = (next: File | null) => {
    setFile(next);
    setReport(null);
  };
  return (
    <div className="page">
      <Crumbs heading label={t.areas.title} trail={[{ to: paths.areas(), text: t.areas.title }]} here={t.areaImport.title}>
        <Button size="small" onClick={() => saveText('areas-template.csv', 'code,name,valid_from\n')}>{t.areaImport.template}</Button>
      </Crumbs>
      <div className="import-body">
        <p className="form-lead">{t.areaImport.lead}</p>
        <FilePicker label={t.areaImport.file} accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" onFile={choose} chosen={file !== null}>
          {file ? t.csv.chosen(file.name, bytes(file.size, lang)) : t.csv.hint}
        </FilePicker>
        <ErrorAlert error={error} />
        {report ? <Report report={report} /> : null}
        <div className="form-foot">
          {file && !report ? <Button type="primary" loading={pending} onClick={() => void submit({ file, dryRun: true })}>{t.areaImport.check}</Button> : null}
          {file && report?.dry_run ? <Button type="primary" loading={pending} disabled={report.created + report.updated === 0} onClick={() => void submit({ file, dryRun: false })}>{t.areaImport.run}</Button> : null}
          {report ? <Button onClick={() => choose(null)}>{t.areaImport.again}</Button> : null}
        </div>
      </div>
    </div>
  );
}

function Report({ report }: { report: ImportReport }) {
  const t = useDesk();
  const words = useCommon();
  const { failed_file: back } = report;
  const figures: [string, number, boolean][] = [
    [t.areaImport.rows, report.rows, false], [t.areaImport.created, report.created, false], [t.areaImport.updated, report.updated, false],
    [t.areaImport.unchanged, report.unchanged, false], [t.areaImport.failed, report.failed_count, report.failed_count > 0],
  ];
  return (
    <section role="status">
      <p style={{ marginBottom: 8 }}><b>{report.dry_run ? `${t.areaImport.dryRun} ${t.areaImport.willDo(report.created, report.updated)}` : t.areaImport.done}</b></p>
      <dl className="report">{figures.map(([label, value, bad]) => <div key={label} className={bad ? 'bad' : ''}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      {report.failed.length > 0 ? (
        <div className="block" style={{ marginTop: 16 }}>
          <h2>{t.areaImport.failedTitle} {back ? <Button size="small" onClick={() => saveRefused(back)}>{t.csv.failedDownload(report.failed_count)}</Button> : null}</h2>
          <p className="muted">{t.areaImport.failedHint}</p>
          <div className="scroll-x">
            <table className="plain-table">
              <thead><tr><th>{t.csv.line}</th><th>{t.csv.column}</th><th>{t.csv.value}</th><th>{t.csv.problem}</th></tr></thead>
              <tbody>{report.failed.slice(0, SHOWN).map((row) => <tr key={`${row.line}${row.column}`}><td>{row.line}</td><td>{row.column}</td><td>{row.value}</td><td>{words.error(row.code, {})}</td></tr>)}</tbody>
            </table>
          </div>
          {report.failed_count > SHOWN ? <p className="muted">{t.areaImport.failedMore(report.failed_count - SHOWN)}</p> : null}
        </div>
      ) : null}
    </section>
  );
}
