import { Button } from 'antd';
import { useState } from 'react';
import { downloadHref, post, type QuestionImport as Report } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { bytes } from '../../shared/format';
import { useInvalidate, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { FilePicker } from '../parts/FilePicker';
import { saveRefused } from '../parts/refusedFile';
import { useDesk } from '../strings';
import type { Sent } from './questionFile';

const SHOWN = 20;
interface Props { course: string; version: number; dirty: boolean }

/** A file of questions: tried, looked at, then put behind the bank; what is refused comes back as a file. */
export function QuestionImport({ course, version, dirty }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.training;
  const invalidate = useInvalidate();
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const { submit, pending, error, clear } = useSubmit<Sent, Report>(
    ({ dryRun, version: seen, file: sent }, idempotencyKey) => post('/courses/{id}/questions/import', { path: { id: course }, query: { version: seen, dry_run: dryRun ? 'true' : 'false', lang }, body: sent, idempotencyKey }),
    // What somebody else did meanwhile is read, and the file is tried against it.
    { onDone: (it) => { setReport(it); if (!it.dry_run) invalidate('courses'); }, onError: (failure) => { if (failure.code === 'state') { setReport(null); invalidate('courses'); } } },
  );
  const choose = (next: File | null) => {
    setFile(next);
    setReport(null);
    clear();
  };
  const send = (dryRun: boolean) => {
    if (file) void submit({ dryRun, version, name: file.name, size: file.size, changed: file.lastModified, file });
  };
  const tried = report?.dry_run === true;
  return (
    <section className="block" aria-label={w.importing.title}>
      <h2>{w.importing.title} <Button size="small" href={downloadHref('/courses/question-template', { query: { lang } })} download>{w.importing.template}</Button></h2>
      <p className="muted">{w.importing.lead}</p>
      {dirty ? <p className="course-problem" role="status">{w.importing.dirty}</p> : null}
      {report && !tried ? null : (
        <FilePicker label={w.importing.file} accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" onFile={choose} chosen={file !== null}>
          {file ? w.chosen(file.name, bytes(file.size, lang)) : w.importing.fileHint}
        </FilePicker>
      )}
      <ErrorAlert error={error} />
      {report ? <Outcome report={report} /> : null}
      {file ? (
        <div className="form-foot">
          {report ? null : <Button type="primary" loading={pending} disabled={dirty} onClick={() => send(true)}>{w.importing.check}</Button>}
          {tried && report.added > 0 ? <Button type="primary" loading={pending} disabled={dirty} onClick={() => send(false)}>{w.importing.land(report.added)}</Button> : null}
          {report ? <Button onClick={() => choose(null)}>{w.importing.again}</Button> : null}
        </div>
      ) : null}
    </section>
  );
}

function Outcome({ report }: { report: Report }) {
  const w = useDesk().training.importing;
  const { refused, refused_file: file } = report;
  const figures: [string, number, boolean][] = [[w.rows, report.rows, false], [w.added, report.added, false], [w.refused, refused.length, refused.length > 0], [w.inBank, report.bank_count, false]];
  return (
    <div className="import-outcome">
      <div role="status">
        <p><b>{report.added === 0 ? w.nothing : report.dry_run ? w.willDo(report.added) : w.done(report.added)}</b></p>
        <dl className="import-figures">{figures.map(([label, value, bad]) => <div key={label} className={bad ? 'bad' : ''}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      </div>
      {refused.length > 0 ? (
        <div className="import-refused">
          <h3>{w.refusedTitle} {file ? <Button size="small" onClick={() => saveRefused(file)}>{w.download(refused.length)}</Button> : null}</h3>
          <p className="muted">{w.refusedHint}</p>
          <div className="scroll-x">
            <table className="plain-table">
              <thead><tr><th>{w.line}</th><th>{w.column}</th><th>{w.question}</th><th>{w.problem}</th></tr></thead>
              <tbody>{refused.slice(0, SHOWN).map((it) => <tr key={it.line}><td>{it.line}</td><td>{it.column}</td><td>{it.text}</td><td>{w.faults[it.fault]}</td></tr>)}</tbody>
            </table>
          </div>
          {refused.length > SHOWN ? <p className="muted">{w.more(refused.length - SHOWN)}</p> : null}
        </div>
      ) : null}
    </div>
  );
}
