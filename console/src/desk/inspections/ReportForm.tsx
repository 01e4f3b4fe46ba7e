import { Alert, Button, Input } from 'antd';
import { useEffect, useId, useState } from 'react';
import { ApiError, type InspectionFile } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { isSignature } from '../../shared/forms/signature';
import { EMPTY_ITEM, faultsOf, passes, sectionsOf, type ReportDraft } from '../../shared/visits/model';
import type { Done, KeptReport } from '../../shared/visits/store';
import { useReport, type Reporting } from '../../shared/visits/useReport';
import { SignaturePad } from '../applications/SignaturePad';
import { ErrorAlert } from '../parts/ErrorAlert';
import { GraveDialog } from '../parts/GraveDialog';
import { LoadingState } from '../parts/states';
import { useInvalidate } from '../data';
import { useSession } from '../session/session';
import { useDesk } from '../strings';
import { ItemField } from './ItemField';

/** What is found, item by item, while walking through the site. */
export function ReportForm({ file, onDone }: { file: InspectionFile; onDone: (answer: Done) => void }) {
  const t = useDesk();
  const invalidate = useInvalidate();
  const it = useReport(useSession().account.id, file);
  const done = it.report?.done ?? null;
  const { discard } = it;
  useEffect(() => {
    if (!done) return;
    onDone(done);
    void discard();
    invalidate('inspections', 'applications');
    // Once for what became of it.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the others change with every word
  }, [done]);
  if (it.broken) return <Alert type="error" showIcon title={t.inspections.notKept} />;
  return it.report ? <Filling file={file} it={it} report={it.report} /> : <LoadingState />;
}

function Filling({ file: whole, it, report }: { file: InspectionFile; it: Reporting; report: KeptReport }) {
  const t = useDesk();
  const { lang } = useLang();
  const [tried, setTried] = useState(false);
  const [asking, ask] = useState(false);
  const w = t.inspections;
  const { file, draft } = report;
  const photos = (item: string) => it.photos.filter((photo) => photo.item === item).length + whole.photos.filter((photo) => photo.item === item && !it.photos.some((own) => own.id === photo.id)).length;
  const faults = faultsOf(file, draft, photos);
  const signed = draft.officer.trim() !== '' && draft.witness.trim() !== '' && isSignature(draft.officer_strokes) && isSignature(draft.witness_strokes);
  const waiting = report.waiting !== null;
  const submit = () => {
    setTried(true);
    if (faults.size === 0 && signed) ask(true);
    else document.querySelector('.inspection-item.wrong, .inspection-sign.wrong')?.scrollIntoView({ block: 'center' });
  };
  const unsent = it.photos.filter((photo) => !photo.sent).length;
  return (
    <>
      <section className="block">
        <h2>{w.report}<small>{t.gap}{w.filled(file.items.length - [...faults.values()].filter((fault) => fault === 'missing').length, file.items.length)}</small></h2>
        <p className="muted">{w.keeps}</p>
        {sectionsOf(file).map((section) => (
          <fieldset key={section.title.zh} className="inspection-section">
            <legend>{section.title[lang]}</legend>
            {section.items.map((item) => (
              <ItemField
                key={item.key} item={item} draft={draft.items[item.key] ?? EMPTY_ITEM} fault={tried ? (faults.get(item.key) ?? null) : null} photos={it.photos.filter((photo) => photo.item === item.key)}
                onChange={(change) => it.setItem(item.key, change)} onPicture={(picture) => it.add(item.key, picture)} onDrop={it.drop}
              />
            ))}
          </fieldset>
        ))}
        <label className="inspection-label">{w.summary}<Input.TextArea rows={3} maxLength={1000} value={draft.summary} onChange={(event) => it.set({ summary: event.target.value })} /></label>
        <Signing it={it} draft={draft} who="officer" tried={tried} />
        <Signing it={it} draft={draft} who="witness" tried={tried} />
        <ErrorAlert error={report.refused && !waiting ? new ApiError(report.refused.status, report.refused) : null} />
        <div role="status">
          {waiting ? <Alert type="info" showIcon title={w.waitsForNetwork} action={<Button size="small" loading={it.sending} onClick={() => it.resend()}>{w.sendNow}</Button>} /> : null}
          {!waiting && unsent > 0 ? <small>{w.unsent(unsent)}</small> : null}
          {tried && (faults.size > 0 || !signed) ? <p className="bad">{w.notWhole(faults.size + (signed ? 0 : 1))}</p> : null}
        </div>
        <div className="acts"><Button type="primary" size="large" disabled={waiting} onClick={submit}>{w.send}</Button></div>
      </section>
      {asking ? (
        <GraveDialog<null>
          title={w.sendTitle} confirmText={w.send} danger={false} needsReason={false} invalidates={[]} onClose={() => ask(false)} onDone={() => ask(false)}
          consequence={<p>{passes(file, draft) ? w.willPass : w.willFail}</p>} send={async () => { await it.submit(); return null; }}
        />
      ) : null}
    </>
  );
}

function Signing({ it, draft, who, tried }: { it: Reporting; draft: ReportDraft; who: 'officer' | 'witness'; tried: boolean }) {
  const t = useDesk();
  const id = useId();
  const w = t.inspections;
  const key = `${who}_strokes` as const;
  const wrong = tried && (draft[who].trim() === '' || !isSignature(draft[key]));
  return (
    <div className={wrong ? 'inspection-sign wrong' : 'inspection-sign'}>
      <label className="inspection-label">{w[who]}<Input maxLength={60} value={draft[who]} aria-invalid={wrong} onChange={(event) => it.set({ [who]: event.target.value })} /></label>
      <p id={id} className={wrong ? 'bad' : 'muted'}>{w.signHint}</p>
      <SignaturePad describedBy={id} value={draft[key]} onChange={(next) => it.sign(key, next)} />
    </div>
  );
}
