import { useEffect, useId, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useLang } from '../../../i18n/LangProvider';
import { isSignature } from '../../../shared/forms/signature';
import { SignatureFrame } from '../../../shared/forms/SignatureFrame';
import { itemsOf, passes } from '../../../shared/visits/model';
import { Field, TextField } from '../../parts/fields';
import { Icon } from '../../parts/Icon';
import { Sheet } from '../../parts/Sheet';
import { Problem } from '../../parts/states';
import { useWords } from '../../words';
import { DutySubScreen } from '../parts';
import { useDutyAccount } from '../session';
import { useDutyWords } from '../words';
import type { Making } from './VisitRoutes';

/** What is left to fill in, what else is to be said, and both signatures. */
export function SignPage(making: Making) {
  const { file, report, it, faults } = making;
  const { draft } = report;
  const t = useDutyWords();
  const account = useDutyAccount();
  const [tried, setTried] = useState(false);
  const [asking, ask] = useState(false);
  const unnamed = draft.officer === '' && draft.officer_strokes.length === 0;
  useEffect(() => {
    if (unnamed) it.set({ officer: account.name });
    // Once: a name that was taken out stays out.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only when the page opens
  }, []);
  const back = `/duty/visits/${file.inspection.id}`;
  const signed = draft.officer.trim() !== '' && draft.witness.trim() !== '' && isSignature(draft.officer_strokes) && isSignature(draft.witness_strokes);
  const submit = () => {
    setTried(true);
    if (faults.size === 0 && signed) ask(true);
  };
  return (
    <DutySubScreen title={t.sign.title} back={back} foot={<button type="button" className="m-button m-button-go m-grow" onClick={submit}>{t.sign.send}</button>}>
      {faults.size > 0 ? <Missing {...making} back={back} tried={tried} /> : null}
      <section className="m-card m-form">
        <Field label={t.sign.summary}>{({ id }) => <textarea id={id} className="m-input" rows={2} maxLength={1000} value={draft.summary} onChange={(event) => it.set({ summary: event.target.value })} />}</Field>
        <Signing who="witness" {...making} />
        <Signing who="officer" {...making} />
        <Problem>{tried && !signed ? t.sign.names : null}</Problem>
      </section>
      {asking ? <Sure passes={passes(file, draft)} onSend={() => it.submit()} back={back} onClose={() => ask(false)} /> : null}
    </DutySubScreen>
  );
}

/** How many are named at once; the count says how many there are. */
const SHOWN = 5;

function Missing({ file, faults, back, tried }: Making & { back: string; tried: boolean }) {
  const t = useDutyWords();
  const { lang } = useLang();
  const items = itemsOf(file);
  const shown = new Set([...faults.keys()].slice(0, SHOWN));
  return (
    <section className="m-card m-warn" role={tried ? 'alert' : undefined}>
      <b>{t.sign.missing(faults.size)}</b>
      <ul className="d-missing">
        {items.flatMap((item, at) => {
          const fault = faults.get(item.key);
          return fault && shown.has(item.key) ? [<li key={item.key}><Link className="m-link" to={`${back}/items/${at + 1}`}>{item.label[lang]}　{t.item.faults[fault]}<Icon name="next" /></Link></li>] : [];
        })}
      </ul>
    </section>
  );
}

function Signing({ who, report, it }: Making & { who: 'officer' | 'witness' }) {
  const t = useDutyWords().sign;
  const id = useId();
  const [begun, begin] = useState(0);
  const key = `${who}_strokes` as const;
  const strokes = report.draft[key];
  return (
    <div className="d-sign">
      <TextField label={t[who]} value={report.draft[who]} maxLength={60} autoComplete="off" onChange={(name) => it.set({ [who]: name })} />
      <p id={id} className="m-hint">{t.hint}</p>
      <SignatureFrame key={begun} value={strokes} onChange={(next) => it.sign(key, next)} label={t.pad(t[who])} describedBy={id} />
      <button type="button" className="m-link" disabled={strokes.length === 0} onClick={() => { begin((before) => before + 1); it.sign(key, []); }}>{t.clear}</button>
    </div>
  );
}

function Sure({ passes: passed, onSend, back, onClose }: { passes: boolean; onSend: () => Promise<void>; back: string; onClose: () => void }) {
  const t = useDutyWords().sign;
  const phone = useWords();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    await onSend();
    void navigate(back, { replace: true });
  };
  return (
    <Sheet title={t.sure} onClose={onClose}>
      <p className="m-note">{passed ? t.willPass : t.willFail}</p>
      <button type="button" className="m-button m-button-go" disabled={busy} onClick={() => void send()}>{t.send}</button>
      <button type="button" className="m-button" onClick={onClose}>{phone.cancel}</button>
    </Sheet>
  );
}
