import { Button, Input } from 'antd';
import { useState } from 'react';
import { post, type ShapesReport } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { bytes } from '../../shared/format';
import { useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { FilePicker } from '../parts/FilePicker';
import { Crumbs } from '../parts/PageHead';
import { paths } from '../paths';
import { useDesk } from '../strings';
import '../areas/areas.css';
import './grid.css';

interface Run { file: File; dryRun: boolean; property: string }
const SHOWN = 50;

/** Upload the district's polygons, look at what would change, then let it happen. */
export function Component() {
  const t = useDesk();
  const w = t.grid.shapes;
  const { lang } = useLang();
  const [file, setFile] = useState<File | null>(null);
  const [property, setProperty] = useState('');
  const [report, setReport] = useState<ShapesReport | null>(null);
  const { submit, pending, error } = useSubmit<Run, ShapesReport>(
    (run, idempotencyKey) => post('/areas/shapes/import', { query: { dry_run: run.dryRun ? 'true' : 'false', property: run.property || undefined }, body: run.file, idempotencyKey }),
    { onDone: setReport, invalidates: ['areas', 'grid'] },
  );
  const choose = (next: File | null) => {
    setFile(next);
    setReport(null);
  };
  const run = (dryRun: boolean) => { if (file) void submit({ file, dryRun, property: property.trim() }); };
  return (
    <div className="page">
      <Crumbs heading label={t.grid.map.title} trail={[{ to: paths.gridMap(), text: t.grid.map.title }]} here={w.title} />
      <div className="import-body">
        <p className="form-lead">{w.lead}</p>
        <FilePicker label={w.file} accept=".geojson,.json,application/geo+json" onFile={choose} chosen={file !== null}>{file ? `${file.name}${t.gap}${bytes(file.size, lang)}` : w.hint}</FilePicker>
        <label className="property">{w.property} <Input value={property} onChange={(event) => { setProperty(event.target.value); setReport(null); }} placeholder="code" /> <small>{w.propertyHint}</small></label>
        <ErrorAlert error={error} />
        {report ? <Report report={report} /> : null}
        <div className="form-foot">
          {file && !report ? <Button type="primary" loading={pending} onClick={() => run(true)}>{t.areaImport.check}</Button> : null}
          {file && report?.dry_run ? <Button type="primary" loading={pending} disabled={report.created + report.updated === 0} onClick={() => run(false)}>{t.areaImport.run}</Button> : null}
          {report ? <Button onClick={() => choose(null)}>{t.areaImport.again}</Button> : null}
        </div>
      </div>
    </div>
  );
}

function Report({ report }: { report: ShapesReport }) {
  const t = useDesk();
  const words = useCommon();
  const w = t.grid.shapes;
  const figures: [string, number, boolean][] = [
    [w.features, report.features, false], [t.areaImport.created, report.created, false], [t.areaImport.updated, report.updated, false],
    [t.areaImport.unchanged, report.unchanged, false], [t.areaImport.failed, report.failed_count, report.failed_count > 0],
  ];
  return (
    <section role="status">
      <p style={{ marginBottom: 8 }}><b>{report.dry_run ? t.areaImport.dryRun : t.areaImport.done}</b></p>
      <dl className="report">{figures.map(([label, value, bad]) => <div key={label} className={bad ? 'bad' : ''}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      {report.failed.length > 0 ? (
        <div className="block" style={{ marginTop: 16 }}>
          <h2>{w.failed}</h2>
          <div className="scroll-x">
            <table className="plain-table">
              <thead><tr><th>{w.feature}</th><th>{t.csv.value}</th><th>{t.csv.problem}</th></tr></thead>
              <tbody>{report.failed.slice(0, SHOWN).map((row) => <tr key={row.line}><td>{row.line}</td><td>{row.value}</td><td>{words.error(row.code, {})}</td></tr>)}</tbody>
            </table>
          </div>
        </div>
      ) : null}
    </section>
  );
}
