import { Button } from 'antd';
import { useState } from 'react';
import { downloadHref, post, type ManifestReport } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { bytes, number } from '../../shared/format';
import { useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { FilePicker } from '../parts/FilePicker';
import { ImportOutcome } from '../parts/ImportOutcome';
import { useDesk } from '../strings';
import './visitors.css';

interface Sent { dryRun: boolean; file: File; turn: number }

/** A manifest from a file: tried, looked at, then landed; what is refused comes back as a file. */
export function ManifestFile({ coach }: { coach: string }) {
  const t = useDesk();
  const w = t.visitors.coach;
  const { lang } = useLang();
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<ManifestReport | null>(null);
  const { submit, pending, error, clear } = useSubmit<Sent, ManifestReport>(
    ({ dryRun, file: sent }, idempotencyKey) => post('/coaches/{id}/passengers/content', { path: { id: coach }, query: { dry_run: dryRun ? 'true' : 'false', lang }, body: sent, idempotencyKey }),
    { onDone: setReport, invalidates: ['coaches'] },
  );
  const choose = (next: File | null) => {
    setFile(next);
    setReport(null);
    clear();
  };
  const send = (dryRun: boolean) => { if (file) void submit({ dryRun, file, turn: file.lastModified }); };
  const tried = report?.dry_run === true;
  const figures: [string, number, boolean][] = report ? [[w.rows, report.rows, false], [w.created, report.created, false], [w.unchanged, report.unchanged, false], [w.refused, report.refused, report.refused > 0]] : [];
  return (
    <section className="block manifest-file">
      <p className="muted">{w.manifestLead}</p>
      <FilePicker label={w.pick} accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" onFile={choose} chosen={file !== null}>
        {file ? `${file.name}${t.gap}${bytes(file.size, lang)}` : w.pickHint}
      </FilePicker>
      <ErrorAlert error={error} />
      {report ? (
        <ImportOutcome
          title={tried ? w.tried : w.landed} figures={figures} words={t.listImport} back={report.refused_file}
          refused={report.refused_rows.map((it) => ({ line: it.line, column: w.columns[it.column as keyof typeof w.columns], text: it.text, problem: w.faults[it.fault] }))}
        />
      ) : null}
      <div className="form-foot">
        {file && !report ? <Button type="primary" loading={pending} onClick={() => send(true)}>{w.check}</Button> : null}
        {tried && report.created > 0 ? <Button type="primary" loading={pending} onClick={() => send(false)}>{w.land(number(report.created, lang))}</Button> : null}
        {report ? <Button onClick={() => choose(null)}>{w.again}</Button> : null}
        <Button href={downloadHref('/coaches/template', { query: { lang } })} download>{w.template}</Button>
      </div>
    </section>
  );
}
