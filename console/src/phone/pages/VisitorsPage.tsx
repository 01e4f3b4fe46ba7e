import { useState } from 'react';
import { get, post, type VisitorBrief, type VisitorFile, type VisitorNew } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useMine, useMyPages, useMyWrite } from '../data';
import { QrCode } from '../parts/QrCode';
import { SubScreen } from '../parts/Screen';
import { Sheet } from '../parts/Sheet';
import { TextField } from '../parts/fields';
import { Empty, Failed, Problem, Waiting } from '../parts/states';
import { useWords } from '../words';

/** Whom she has announced, and announcing somebody. */
export function VisitorsPage() {
  const t = useWords();
  const v = t.visits;
  const words = useCommon();
  const [sheet, setSheet] = useState<'new' | VisitorFile | null>(null);
  const [leaving, setLeaving] = useState<VisitorBrief | null>(null);
  const all = useMyPages<VisitorBrief>('/me/visitors');
  const show = useMyWrite<string, VisitorFile>((id) => get('/me/visitors/{id}', { path: { id } }), [], setSheet);
  const cancel = useMyWrite<string, VisitorBrief>((id, idempotencyKey) => post('/me/visitors/{id}/cancellation', { path: { id }, body: { note: null }, idempotencyKey }), ['/me/visitors'], () => setLeaving(null));
  const foot = <button type="button" className="m-button m-button-go m-grow" onClick={() => setSheet('new')}>{v.add}</button>;
  return (
    <SubScreen title={v.title} back="/mine" foot={foot}>
      <p className="m-note">{v.lead}</p>
      {all.loading ? <Waiting /> : null}
      {all.error ? <Failed error={all.error} retry={all.retry} /> : null}
      {!all.loading && !all.error && all.items.length === 0 ? <Empty title={v.none} /> : null}
      {all.items.length > 0 ? (
        <ul className="m-list">
          {all.items.map((it) => (
            <li key={it.id}>
              <div className="m-list-row"><b>{it.masked_name}</b><span className={`m-tag is-${it.state === 'announced' ? 'accepted' : it.state === 'requested' ? 'open' : 'refused'}`}>{it.arrived_at ? v.came : v.state[it.state]}</span></div>
              <small>{it.site_name}{'　'}{v.hours(it.from, it.until, it.start, it.end)}</small>
              {it.note ? <small>{v.note(it.note)}</small> : null}
              {it.state === 'requested' || it.state === 'announced' ? (
                <div className="m-list-row">
                  <button type="button" className="m-link" disabled={show.isPending} onClick={() => show.mutate(it.id)}>{v.show}</button>
                  <button type="button" className="m-link" onClick={() => setLeaving(it)}>{v.cancel}</button>
                </div>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {show.error ? <Problem>{words.error(show.error.code, show.error.params)}</Problem> : null}
      {all.more ? <button type="button" className="m-button m-wide" disabled={all.loadingMore} onClick={all.more}>{t.more}</button> : null}
      {sheet === 'new' ? <NewSheet onClose={() => setSheet(null)} onDone={setSheet} /> : null}
      {sheet && sheet !== 'new' ? <CodeSheet file={sheet} onClose={() => setSheet(null)} /> : null}
      {leaving ? (
        <Sheet title={v.cancel} onClose={() => setLeaving(null)}>
          <p className="m-note">{v.cancelSure}</p>
          {cancel.error ? <Problem>{words.error(cancel.error.code, cancel.error.params)}</Problem> : null}
          <button type="button" className="m-button m-button-grave" disabled={cancel.isPending} onClick={() => cancel.mutate(leaving.id)}>{v.cancel}</button>
          <button type="button" className="m-button" onClick={() => setLeaving(null)}>{t.back}</button>
        </Sheet>
      ) : null}
    </SubScreen>
  );
}

/** What her visitor shows, and how to send it. */
function CodeSheet({ file, onClose }: { file: VisitorFile; onClose: () => void }) {
  const v = useWords().visits;
  const [copied, setCopied] = useState(false);
  const link = `${window.location.origin}/m/visit#${file.code}`;
  const copy = async () => {
    await navigator.clipboard?.writeText(v.shareText(file.site_name, link));
    setCopied(true);
  };
  return (
    <Sheet title={v.code} onClose={onClose}>
      <QrCode text={file.code} label={v.code} />
      <p className="m-code">{file.code}</p>
      {file.state === 'requested' ? <p className="m-note">{v.waitsFor}</p> : null}
      <button type="button" className="m-button m-button-go" onClick={() => void copy()}>{v.share}</button>
      {copied ? <p className="m-hint" role="status">{v.copied}</p> : null}
    </Sheet>
  );
}

const BLANK = { name: '', phone: '', document_number: '', company: '', purpose: '', plate: '', on: '', start: '09:00', end: '18:00' };
type Typed = typeof BLANK;

function NewSheet({ onClose, onDone }: { onClose: () => void; onDone: (file: VisitorFile) => void }) {
  const t = useWords();
  const v = t.visits;
  const words = useCommon();
  const file = useMine('/me/file').data;
  const sites = file?.employments.filter((it) => it.until === null) ?? [];
  const [site, setSite] = useState<string | null>(null);
  const [typed, setTyped] = useState<Typed>(BLANK);
  const send = useMyWrite<VisitorNew, VisitorFile>((body, idempotencyKey) => post('/me/visitors', { body, idempotencyKey }), ['/me/visitors'], onDone);
  const chosen = site ?? sites[0]?.site_id ?? '';
  const text = (it: string) => it.trim() || null;
  const submit = () => send.mutate({
    site_id: chosen, name: typed.name, phone: typed.phone, document_kind: null, document_number: text(typed.document_number), company: text(typed.company), purpose: text(typed.purpose), plate: text(typed.plate),
    from: typed.on, until: null, start: typed.start, end: typed.end,
  });
  const problem = (field: string) => (send.error?.field === field ? words.error(send.error.code, send.error.params) : null);
  const field = (name: keyof Typed, label: string, more: { hint?: string; type?: string; inputMode?: 'tel'; wire?: string } = {}) => (
    <TextField label={label} hint={more.hint} type={more.type} inputMode={more.inputMode} autoComplete="off" value={typed[name]} problem={problem(more.wire ?? name)} onChange={(value) => setTyped((before) => ({ ...before, [name]: value }))} />
  );
  const named = ['name', 'phone', 'document_number', 'company', 'purpose', 'plate', 'from', 'until', 'start', 'end'];
  return (
    <Sheet title={v.add} onClose={onClose}>
      <form className="m-form" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        {sites.length > 1 ? (
          <div className="m-field"><label htmlFor="visit-site">{v.site}</label>
            <select id="visit-site" className="m-input" value={chosen} onChange={(event) => setSite(event.target.value)}>{sites.map((it) => <option key={it.site_id} value={it.site_id}>{it.site_name}</option>)}</select>
          </div>
        ) : null}
        {field('name', v.name)}
        {field('phone', v.phone, { type: 'tel', inputMode: 'tel' })}
        {field('on', v.on, { type: 'date', wire: 'from' })}
        {field('start', v.start, { type: 'time' })}
        {field('end', v.end, { type: 'time' })}
        {field('company', v.company)}
        {field('purpose', v.purpose)}
        {field('plate', v.plate, { hint: v.plateHint })}
        {field('document_number', v.document, { hint: v.documentHint })}
        {send.error && !named.includes(send.error.field ?? '') ? <Problem>{send.error.isOffline ? t.offline.title : words.error(send.error.code, send.error.params)}</Problem> : null}
        {problem('until') ? <Problem>{problem('until')}</Problem> : null}
        <button type="submit" className="m-button m-button-go" disabled={send.isPending || !typed.name.trim() || !typed.phone.trim() || !typed.on}>{v.send}</button>
        <button type="button" className="m-button" onClick={onClose}>{t.cancel}</button>
      </form>
    </Sheet>
  );
}
