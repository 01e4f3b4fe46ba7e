import { Alert, Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { InspectionFile, InspectionReported } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { isSignature } from '../../shared/forms/signature';
import { SignaturePad } from '../applications/SignaturePad';
import { ErrorAlert } from '../parts/ErrorAlert';
import { GraveDialog } from '../parts/GraveDialog';
import { useDesk } from '../strings';
import { ItemField } from './ItemField';
import { EMPTY_ITEM, faultsOf, passes, sectionsOf } from './model';
import { useReport, type Reporting } from './useReport';

/** What is found, item by item, while walking through the site. */
export function ReportForm({ file, onDone }: { file: InspectionFile; onDone: (answer: InspectionReported) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const it = useReport(file, onDone);
  const [tried, setTried] = useState(false);
  const [asking, ask] = useState(false);
  const w = t.inspections;
  const photos = (item: string) => it.photos.filter((photo) => photo.item === item).length + file.photos.filter((photo) => photo.item === item && !it.photos.some((own) => own.id === photo.id)).length;
  const faults = faultsOf(file, it.draft, photos);
  const signed = it.draft.officer.trim() !== '' && it.draft.witness.trim() !== '' && isSignature(it.draft.officer_strokes) && isSignature(it.draft.witness_strokes);
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
                key={item.key} item={item} draft={it.draft.items[item.key] ?? EMPTY_ITEM} fault={tried ? (faults.get(item.key) ?? null) : null} photos={it.photos.filter((photo) => photo.item === item.key)}
                onChange={(change) => it.setItem(item.key, change)} onPicture={(picture) => it.add(item.key, picture)} onDrop={(photo) => void it.drop(photo)}
              />
            ))}
          </fieldset>
        ))}
        <label className="inspection-label">{w.summary}<Input.TextArea rows={3} maxLength={1000} value={it.draft.summary} onChange={(event) => it.set({ summary: event.target.value })} /></label>
        <Signing it={it} who="officer" tried={tried} />
        <Signing it={it} who="witness" tried={tried} />
        <ErrorAlert error={it.error && !it.waiting ? it.error : null} />
        <div role="status">
          {it.waiting ? <Alert type="info" showIcon title={w.waitsForNetwork} action={<Button size="small" loading={it.sending} onClick={() => it.resend()}>{w.sendNow}</Button>} /> : null}
          {!it.waiting && unsent > 0 ? <small>{w.unsent(unsent)}</small> : null}
          {tried && (faults.size > 0 || !signed) ? <p className="bad">{w.notWhole(faults.size + (signed ? 0 : 1))}</p> : null}
        </div>
        <div className="acts"><Button type="primary" size="large" disabled={it.waiting} onClick={submit}>{w.send}</Button></div>
      </section>
      {asking ? (
        <GraveDialog<null>
          title={w.sendTitle} confirmText={w.send} danger={false} needsReason={false} invalidates={[]} onClose={() => ask(false)} onDone={() => ask(false)}
          consequence={<p>{passes(file, it.draft) ? w.willPass : w.willFail}</p>} send={async () => { await it.submit(); return null; }}
        />
      ) : null}
    </>
  );
}

function Signing({ it, who, tried }: { it: Reporting; who: 'officer' | 'witness'; tried: boolean }) {
  const t = useDesk();
  const id = useId();
  const w = t.inspections;
  const key = `${who}_strokes` as const;
  const wrong = tried && (it.draft[who].trim() === '' || !isSignature(it.draft[key]));
  return (
    <div className={wrong ? 'inspection-sign wrong' : 'inspection-sign'}>
      <label className="inspection-label">{w[who]}<Input maxLength={60} value={it.draft[who]} aria-invalid={wrong} onChange={(event) => it.set({ [who]: event.target.value })} /></label>
      <p id={id} className={wrong ? 'bad' : 'muted'}>{w.signHint}</p>
      <SignaturePad describedBy={id} value={it.draft[key]} onChange={(next) => it.sign(key, next)} />
    </div>
  );
}
