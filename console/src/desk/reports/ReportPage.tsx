import { App, Button, Input, InputNumber } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { put, type DailyReportPath, type ReportFile, type SupplyItem } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { useGet, useSubmit } from '../data';
import { dropDraft, readDraft, saveDraft } from '../parts/drafts';
import { ErrorAlert } from '../parts/ErrorAlert';
import { Crumbs } from '../parts/PageHead';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { bodyOf, countedItems, draftOf, faultsOf, FIGURES, ITEMS, sameAsBefore, type Count, type FigureKey, type ReportDraft } from './model';
import { Doubts } from './parts';
import './reports.css';

/** One unit's day: said in a minute, with yesterday's figures and what the gates saw beside it. */
export function Component() {
  const { unit = '', day = '' } = useParams();
  const path = { unit_id: unit, day };
  const { data, error, refetch } = useGet('/daily-reports/{unit_id}/{day}', { path });
  if (data) return <Report key={`${unit} ${day}`} file={data} path={path} reload={() => void refetch()} />;
  return <div className="page">{error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />}</div>;
}

interface Props { file: ReportFile; path: DailyReportPath; reload: () => void }

function Report({ file, path, reload }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const can = useCan();
  const [editing, setEditing] = useState(file.report === null);
  const w = t.reports;
  const mayFile = can('file_reports') && file.open;
  return (
    <div className="page report-page">
      <Crumbs label={t.reports.title} trail={[{ to: paths.dailyReports(), text: w.title }]} here={file.unit_name} heading><b>{file.day}</b></Crumbs>
      <div className="page-body">
        {file.site_id ? <p className="muted">{file.enterprise_name}</p> : null}
        {file.reminded_at && !file.report ? <p className="report-told" role="status">{w.wereReminded(dayTime(file.reminded_at, lang))}</p> : null}
        <section className="block">
          {mayFile && editing ? <ReportForm file={file} path={path} reload={reload} onDone={() => setEditing(false)} /> : <Filed file={file} onEdit={mayFile ? () => setEditing(true) : null} />}
        </section>
      </div>
    </div>
  );
}

function Filed({ file, onEdit }: { file: ReportFile; onEdit: (() => void) | null }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.reports;
  const n = (it: number | null | undefined) => (it === null || it === undefined ? '—' : number(it, lang));
  const { report } = file;
  if (!report) return <p className="report-none">{file.open ? w.notYet : w.neverFiled}</p>;
  return (
    <>
      <p className="report-filed">
        <span>{w.filedBy(report.filed_by, dayTime(report.changed_at, lang))}</span>
        {report.late ? <span className="warn">{w.late}</span> : null}
        <Doubts of={report.doubts} />
        {onEdit ? <Button onClick={onEdit}>{w.correct}</Button> : null}
      </p>
      <dl className="report-sums">
        {FIGURES.map((key) => <div key={key}><dt>{w.figures[key]}</dt><dd>{n(report.figures[key])}</dd></div>)}
        <div><dt>{w.seen}</dt><dd>{n(file.seen)}</dd></div>
        <div><dt>{w.kwhShort}</dt><dd>{n(report.figures.electricity_kwh)}</dd></div>
      </dl>
      {report.note ? <p className="report-note">{report.note}</p> : null}
      {file.supplies.length > 0 ? <SupplyTable file={file} /> : null}
    </>
  );
}

function SupplyTable({ file }: { file: ReportFile }) {
  const { lang } = useLang();
  const w = useDesk().reports;
  const n = (it: number | null | undefined) => (it === null || it === undefined ? '—' : number(it, lang));
  const outlook = new Map(file.outlook.filter((it) => it.day === file.day).map((it) => [it.item, it]));
  const days = (it: number | null | undefined) => (it === null || it === undefined ? w.noBurn : <span className={it < 3 ? 'bad' : ''}>{w.days(it)}</span>);
  return (
    <div className="scroll-x">
      <table className="plain-table">
        <thead><tr><th>{w.item}</th><th>{w.stock}</th><th>{w.received}</th><th>{w.used}</th><th>{w.daysLeft}</th><th>{w.gapTitle}</th></tr></thead>
        <tbody>
          {file.supplies.map((it) => {
            const left = outlook.get(it.item);
            return <tr key={it.item}><th scope="row">{w.items[it.item]}</th><td>{n(it.stock)}</td><td>{n(it.received)}</td><td>{n(it.used)}</td><td>{left ? days(left.days_left) : '—'}</td><td>{left ? n(left.gap) : '—'}</td></tr>;
          })}
        </tbody>
      </table>
    </div>
  );
}

function ReportForm({ file, path, reload, onDone }: Props & { onDone: () => void }) {
  const t = useDesk();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const w = t.reports;
  const name = `report.${path.unit_id}.${path.day}`;
  const [draft, setDraft] = useState<ReportDraft>(() => readDraft<ReportDraft>(name) ?? draftOf(file));
  const [items, setItems] = useState<SupplyItem[]>(() => ITEMS.filter((it) => countedItems(file).includes(it) || draft.supplies[it].stock !== null));
  const [asked, setAsked] = useState(false);
  const faults = faultsOf(draft);
  const revision = file.report?.revision ?? null;
  const { submit, pending, error } = useSubmit<ReportDraft, ReportFile>((it, idempotencyKey) => put('/daily-reports/{unit_id}/{day}', { path, body: bodyOf(it, revision), idempotencyKey }), {
    invalidates: ['daily-reports', 'report-duties', 'supplies'],
    onDone: () => { dropDraft(name); void message.success(w.done); onDone(); void navigate(paths.dailyReport(path.unit_id, path.day), { replace: true }); },
    onError: (failure) => { if (failure.code === 'state') reload(); },
  });
  // Kept on this device as it is typed: a phone call in between costs nothing.
  useEffect(() => saveDraft(name, draft), [draft, name]);
  const change = (next: Partial<ReportDraft>) => setDraft((it) => ({ ...it, ...next }));
  const send = () => {
    setAsked(true);
    if (Object.keys(faults).length === 0) void submit(draft);
  };
  const rest = ITEMS.filter((it) => !items.includes(it));
  return (
    <form className="report-form" onSubmit={(event) => { event.preventDefault(); send(); }}>
      {file.before ? <p className="report-before"><Button onClick={() => setDraft((it) => sameAsBefore(it, file))}>{w.same(file.before.day)}</Button><small>{w.sameHint}</small></p> : null}
      <fieldset>
        <legend>{w.people}</legend>
        {FIGURES.map((key) => <Figure key={key} field={key} file={file} value={draft.figures[key]} fault={asked ? faults[key] : undefined} onChange={(value) => change({ figures: { ...draft.figures, [key]: value } })} />)}
      </fieldset>
      <fieldset>
        <legend>{w.supplies}</legend>
        <p className="muted">{w.suppliesHint}</p>
        {items.map((item) => (
          <div key={item} className="report-supply" role="group" aria-label={w.items[item]}>
            <b>{w.items[item]}</b>
            <Numbered label={w.stock} value={draft.supplies[item].stock} onChange={(stock) => change({ supplies: { ...draft.supplies, [item]: { ...draft.supplies[item], stock } } })} wrong={asked && faults[item] ? w.faults[faults[item]] : undefined} />
            <Numbered label={w.received} value={draft.supplies[item].received} onChange={(received) => change({ supplies: { ...draft.supplies, [item]: { ...draft.supplies[item], received } } })} />
          </div>
        ))}
        {rest.length > 0 ? <p className="report-more">{rest.map((item) => <Button key={item} size="small" onClick={() => setItems((had) => [...had, item])}>{w.addItem(w.items[item])}</Button>)}</p> : null}
      </fieldset>
      <fieldset>
        <legend>{w.other}</legend>
        {file.site_id ? null : <Numbered label={w.kwh} value={draft.electricity_kwh} onChange={(electricity_kwh) => change({ electricity_kwh })} />}
        <label className="report-label"><span>{w.note}</span><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} value={draft.note} onChange={(event) => change({ note: event.target.value })} /></label>
      </fieldset>
      <ErrorAlert error={error} />
      {asked && Object.keys(faults).length > 0 ? <p className="bad" role="alert">{w.notWhole(Object.keys(faults).length)}</p> : null}
      <div className="form-foot report-foot"><Button type="primary" htmlType="submit" size="large" loading={pending}>{revision === null ? w.send : w.sendCorrected}</Button></div>
    </form>
  );
}

interface FigureProps { field: FigureKey; file: ReportFile; value: Count; fault: 'required' | 'above_on_duty' | undefined; onChange: (value: Count) => void }

function Figure({ field, file, value, fault, onChange }: FigureProps) {
  const { lang } = useLang();
  const w = useDesk().reports;
  const hints = [file.before ? w.lastTime(number(file.before.figures[field], lang)) : null, field === 'on_duty' && file.seen !== null && file.seen !== undefined ? w.gatesSaw(number(file.seen, lang)) : null];
  return <Numbered label={w.figures[field]} value={value} hint={hints.filter(Boolean).join('　')} wrong={fault ? w.faults[fault] : undefined} onChange={onChange} />;
}

function Numbered({ label, value, hint, wrong, onChange }: { label: string; value: Count; hint?: string; wrong?: string; onChange: (value: Count) => void }) {
  return (
    <label className="report-label">
      <span>{label}{hint ? <small>{hint}</small> : null}</span>
      <InputNumber<number> min={0} precision={0} inputMode="numeric" value={value} status={wrong ? 'error' : undefined} aria-invalid={wrong ? true : undefined} onChange={onChange} />
      {wrong ? <em role="alert">{wrong}</em> : null}
    </label>
  );
}
