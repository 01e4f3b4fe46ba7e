import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { downloadHref, post, type DecisionImport } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { bytes, number } from '../../shared/format';
import { useInvalidate, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { FilePicker } from '../parts/FilePicker';
import { ImportOutcome } from '../parts/ImportOutcome';
import { Crumbs } from '../parts/PageHead';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { CHANGED } from './AskDialog';
import { BatchChoice, batchOf } from './BatchChoice';
import { StateOf } from './StateOf';
import '../reports/reports.css';

interface Sent { dryRun: boolean; batch: string; name: string; size: number; changed: number; file: File }

/** A file of decisions: tried, looked at, then decided; what may not be decided comes back as a file. */
export function Component() {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.review.fromFile;
  const invalidate = useInvalidate();
  const [file, setFile] = useState<File | null>(null);
  const [batch, setBatch] = useState('');
  const [report, setReport] = useState<DecisionImport | null>(null);
  const { submit, pending, error, clear } = useSubmit<Sent, DecisionImport>(
    ({ dryRun, batch: put, file: sent }, idempotencyKey) => {
      const { category, batch: no } = batchOf(put);
      const listed = category === null || no === null ? {} : { category, batch: no };
      return post('/applications/decisions/content', { query: { dry_run: dryRun ? 'true' : 'false', lang, ...listed }, body: sent, idempotencyKey });
    },
    { onDone: (it) => { setReport(it); if (!it.dry_run) invalidate(...CHANGED, 'sites', 'whitelist-batches'); } },
  );
  const choose = (next: File | null) => {
    setFile(next);
    setReport(null);
    clear();
  };
  const send = (dryRun: boolean) => {
    if (file) void submit({ dryRun, batch, name: file.name, size: file.size, changed: file.lastModified, file });
  };
  const tried = report?.dry_run === true;
  return (
    <div className="page">
      <Crumbs label={t.review.title} trail={[{ to: paths.review(), text: t.review.title }]} here={w.title} heading><Button href={downloadHref('/applications/decisions/template', { query: { lang } })} download>{w.template}</Button></Crumbs>
      <div className="page-body"><section className="block">
        <p className="muted report-lead">{w.lead}</p>
        {report && !tried ? null : (
          <>
            <FilePicker label={w.pick} accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" onFile={choose} chosen={file !== null}>
              {file ? `${file.name}${t.gap}${bytes(file.size, lang)}` : w.fileHint}
            </FilePicker>
            <BatchChoice value={batch} onChange={setBatch} />
          </>
        )}
        <ErrorAlert error={error} />
        {report ? <Outcome report={report} /> : null}
        {file ? (
          <div className="form-foot">
            {report ? null : <Button type="primary" loading={pending} onClick={() => send(true)}>{w.check}</Button>}
            {tried && report.decided > 0 ? <Button type="primary" loading={pending} onClick={() => send(false)}>{w.decide(number(report.decided, lang))}</Button> : null}
            {report && !tried ? <Link to={paths.review()}><Button type="primary">{w.toList}</Button></Link> : null}
            {report ? <Button onClick={() => choose(null)}>{w.again}</Button> : null}
          </div>
        ) : null}
      </section></div>
    </div>
  );
}

function Outcome({ report }: { report: DecisionImport }) {
  const t = useDesk();
  const w = t.review.fromFile;
  const figures: [string, number, boolean][] = [[w.rows, report.rows, false], [w.decided, report.decided, false], [w.refused, report.refused, report.refused > 0]];
  return (
    <ImportOutcome title={report.dry_run ? w.tried : w.done} figures={figures} words={w} refused={report.refused_rows.map((it) => ({ line: it.line, column: w.columns[it.column as keyof typeof w.columns], text: it.text, problem: w.faults[it.fault] }))} back={report.refused_file}>
      {report.made.length > 0 ? (
        <>
          <h2>{report.dry_run ? w.will : w.did}</h2>
          <div className="scroll-x"><table className="plain-table">
            <thead><tr><th>{w.line}</th><th>{t.review.number}</th><th>{t.review.enterprise}</th><th>{t.review.state}</th></tr></thead>
            <tbody>{report.made.map((it) => <tr key={it.line}><td>{it.line}</td><td>{it.number}</td><td>{it.enterprise_name}</td><td><StateOf state={it.from} /> → <StateOf state={it.to} /></td></tr>)}</tbody>
          </table></div>
        </>
      ) : null}
    </ImportOutcome>
  );
}
