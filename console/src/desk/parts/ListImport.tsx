import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { downloadHref, post, type ListImportReport, type RefusedFile } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import type { ListColumn, ListImportStrings, ListName } from '../../i18n/listImport';
import { bytes, number } from '../../shared/format';
import { useInvalidate, useSubmit } from '../data';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { ErrorAlert } from './ErrorAlert';
import { ImportOutcome } from './ImportOutcome';
import { FilePicker } from './FilePicker';
import { Crumbs } from './PageHead';
import { saveRefused } from './refusedFile';
import '../reports/reports.css';

interface Sent { dryRun: boolean; name: string; size: number; changed: number; file: File }

const LISTS: Record<ListName, () => string> = { areas: paths.areas, enterprises: paths.enterprises, sites: paths.sites, premises: paths.premises, gates: paths.gates, devices: paths.devices, assignments: paths.officers, officers: () => paths.accounts(), 'area-risks': paths.areaRisks, visitors: () => paths.visitors() };

/** Rows of one file, where it is not 20,000. */
const ROWS: Partial<Record<ListName, number>> = { areas: 100_000, officers: 2_000, 'area-risks': 2_000, visitors: 500 };

/** A list as a file: tried, looked at, then landed; what is refused comes back as a file. */
export function ListImport({ list }: { list: ListName }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.listImport;
  const invalidate = useInvalidate();
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<ListImportReport | null>(null);
  const [asking, setAsking] = useState(false);
  const { submit, pending, error, clear } = useSubmit<Sent, ListImportReport>(
    ({ dryRun, file: sent }, idempotencyKey) => post(`/${list}/content`, { query: { dry_run: dryRun ? 'true' : 'false', lang, origin: window.location.origin }, body: sent, idempotencyKey }),
    { onDone: (it) => { setReport(it); if (!it.dry_run) invalidate(list, 'sites', 'gates', 'officers', 'grid', 'accounts'); } },
  );
  const choose = (next: File | null) => {
    setFile(next);
    setReport(null);
    clear();
  };
  const send = async (dryRun: boolean) => {
    if (file) await submit({ dryRun, name: file.name, size: file.size, changed: file.lastModified, file });
    setAsking(false);
  };
  const tried = report?.dry_run === true;
  const acts = report ? report.created + report.changed : 0;
  return (
    <div className="page">
      <Crumbs label={w.of[list]} trail={[{ to: LISTS[list](), text: w.of[list] }]} here={w.title[list]} heading><Button href={downloadHref(`/${list}/template`, { query: { lang } })} download>{w.template}</Button></Crumbs>
      <div className="page-body"><section className="block">
        <p className="muted report-lead">{w.lead[list]}</p>
        {report && !tried ? null : (
          <FilePicker label={w.pick} accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" onFile={choose} chosen={file !== null}>
            {file ? `${file.name}${t.gap}${bytes(file.size, lang)}` : w.fileHint(number(ROWS[list] ?? 20_000, lang))}
          </FilePicker>
        )}
        <ErrorAlert error={error} />
        {report ? <Outcome list={list} report={report} /> : null}
        {file ? (
          <div className="form-foot">
            {report ? null : <Button type="primary" loading={pending} onClick={() => void send(true)}>{w.check}</Button>}
            {tried && acts > 0 ? <Button type="primary" onClick={() => setAsking(true)}>{w.land(number(acts, lang))}</Button> : null}
            {report && !tried ? <Link to={LISTS[list]()}><Button type="primary">{w.toList}</Button></Link> : null}
            {report ? <Button onClick={() => choose(null)}>{w.again}</Button> : null}
          </div>
        ) : null}
      </section></div>
      <Modal open={asking} title={w.land(number(acts, lang))} okText={w.sure} cancelText={w.notYet} confirmLoading={pending} destroyOnHidden onOk={() => send(false)} onCancel={() => setAsking(false)}>
        <p>{report ? w.consequence(number(report.created, lang), number(report.changed, lang), number(report.refused, lang)) : null}</p>
      </Modal>
    </div>
  );
}

function Outcome({ list, report }: { list: ListName; report: ListImportReport }) {
  const w = useDesk().listImport;
  const figures: [string, number, boolean][] = [
    [w.rows, report.rows, false], [w.created, report.created, false], [w.changed, report.changed, false], [w.unchanged, report.unchanged, false], [w.refused, report.refused, report.refused > 0],
  ];
  return (
    <ImportOutcome title={report.dry_run ? w.tried : w.landed} figures={figures} words={w} refused={report.refused_rows.map((it) => ({ line: it.line, column: w.columns[it.column as ListColumn], text: it.text, problem: w.faults[it.fault] }))} back={report.refused_file}>
      {report.told_file ? <Told words={w.told[list === 'visitors' ? 'visitors' : 'officers']} file={report.told_file} /> : null}
      {report.changes.length > 0 ? <Changes report={report} /> : null}
    </ImportOutcome>
  );
}

/** What is told once: whoever leaves the page without it has lost it. */
function Told({ words, file }: { words: ListImportStrings['told']['officers']; file: RefusedFile }) {
  return (
    <Alert type="warning" showIcon title={words.title} description={words.hint} action={<Button type="primary" onClick={() => saveRefused(file)}>{words.download}</Button>} />
  );
}

function Changes({ report }: { report: ListImportReport }) {
  const { lang } = useLang();
  const words = useCommon();
  const { listImport: w, grid, risks } = useDesk();
  const value = (column: string, text: string) => {
    const known: Record<string, Record<string, string>> = { size_class: words.sizeClass, kind: { ...words.siteKind, ...grid.premisesKind }, direction: words.direction, level: risks.levels, closed: { true: w.yes, false: w.no } };
    return known[column]?.[text] ?? (text || '—');
  };
  const acts = report.created + report.changed;
  return (
    <>
      <h2>{report.dry_run ? w.willTitle : w.didTitle}</h2>
      <div className="scroll-x">
        <table className="plain-table">
          <thead><tr><th>{w.line}</th><th>{w.name}</th><th>{w.what}</th></tr></thead>
          <tbody>
            {report.changes.map((it) => (
              <tr key={it.line}>
                <td>{it.line}</td>
                <td>{it.name}</td>
                <td>
                  {it.is_new ? <div>{w.isNew}</div> : null}
                  {it.fields.map((field) => <div key={field.column}>{field.column === 'followers' ? w.follow(number(Number(field.to), lang)) : w.from(w.columns[field.column as ListColumn], value(field.column, field.from), value(field.column, field.to))}</div>)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {acts > report.changes.length ? <p className="muted">{w.more(number(acts - report.changes.length, lang))}</p> : null}
    </>
  );
}
