import { useState } from 'react';
import { Link, Navigate, useParams } from 'react-router';
import { useLang } from '../../../i18n/LangProvider';
import { EMPTY_ITEM, itemsOf, type FindingKind, type Item } from '../../../shared/visits/model';
import { Choice, Field } from '../../parts/fields';
import { Icon } from '../../parts/Icon';
import { Problem } from '../../parts/states';
import { DutySubScreen } from '../parts';
import { dayAfter, DUE_MOST_DAYS } from '../round';
import { useDutyWords } from '../words';
import { Photos } from './Photos';
import type { Making } from './VisitRoutes';

const KINDS: FindingKind[] = ['good', 'defect', 'not_applicable'];

/** One item of the checklist. */
export function ItemPage(making: Making) {
  const { at: text = '1' } = useParams();
  const items = itemsOf(making.file);
  const at = Number(text) - 1;
  const item = items[at];
  const back = `/duty/visits/${making.file.inspection.id}`;
  if (!item) return <Navigate to={back} replace />;
  return <One key={item.key} item={item} at={at} of={items.length} back={back} {...making} />;
}

function One({ item, at, of, back, report, it, photosOf, faults, marked }: Making & { item: Item; at: number; of: number; back: string }) {
  const t = useDutyWords();
  const { lang } = useLang();
  const draft = report.draft.items[item.key] ?? EMPTY_ITEM;
  const fault = faults.get(item.key);
  const mine = it.photos.filter((photo) => photo.item === item.key);
  const there = photosOf(item.key) - mine.filter((photo) => photo.refused === null).length;
  const options = KINDS.filter((kind) => kind !== 'not_applicable' || !item.critical).map((value) => ({ value, label: t.item.findings[value] }));
  // What is missing is said once something was said, and where the server found it missing.
  const shown = fault && (draft.finding !== null || marked.has(item.key)) ? t.item.faults[fault] : null;
  const next = at + 1 < of ? `${back}/items/${at + 2}` : `${back}/sign`;
  return (
    <DutySubScreen
      title={t.item.of(at + 1, of)} back={back}
      foot={<>{at > 0 ? <Link className="m-button m-grow" to={`${back}/items/${at}`} replace>{t.item.previous}</Link> : null}<Link className="m-button m-button-go m-grow" to={next} replace>{at + 1 < of ? t.item.next : t.item.toSign}</Link></>}
    >
      <section className="m-card m-form">
        <h2 className="d-ask">{item.critical ? <em className="d-critical">{t.visit.critical}</em> : null}{item.label[lang]}</h2>
        <div className="d-three"><Choice label={t.item.how} options={options} value={draft.finding} onChange={(finding) => it.setItem(item.key, { finding })} /></div>
        {draft.finding === 'defect' ? <Wanting draft={draft} onChange={(change) => it.setItem(item.key, change)} /> : null}
        <Camera onPicture={(picture) => it.add(item.key, picture)} />
        {there > 0 ? <p className="m-note">{t.item.there(there)}</p> : null}
        <Photos photos={mine} onDrop={it.drop} />
        <Problem>{shown}</Problem>
      </section>
    </DutySubScreen>
  );
}

/** What is wanting, and by when it is put right. */
function Wanting({ draft, onChange }: { draft: typeof EMPTY_ITEM; onChange: (change: Partial<typeof EMPTY_ITEM>) => void }) {
  const t = useDutyWords().item;
  const now = Date.now();
  const days: [string, number][] = [[t.tomorrow, 1], [t.days(3), 3], [t.days(7), 7]];
  return (
    <>
      <Field label={t.wanting}>{({ id }) => <textarea id={id} className="m-input" rows={2} maxLength={500} value={draft.note} onChange={(event) => onChange({ note: event.target.value })} />}</Field>
      <Field label={t.fixBy}>{({ id }) => <input id={id} className="m-input" type="date" min={dayAfter(now, 0)} max={dayAfter(now, DUE_MOST_DAYS)} value={draft.due_on} onChange={(event) => onChange({ due_on: event.target.value })} />}</Field>
      <div className="d-quick">{days.map(([label, after]) => <button key={after} type="button" className="m-button" aria-pressed={draft.due_on === dayAfter(now, after)} onClick={() => onChange({ due_on: dayAfter(now, after) })}>{label}</button>)}</div>
    </>
  );
}

function Camera({ onPicture }: { onPicture: (picture: Blob) => Promise<void> }) {
  const t = useDutyWords().item;
  const [busy, setBusy] = useState(false);
  const [broken, setBroken] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    setBroken(false);
    await onPicture(file).catch(() => setBroken(true));
    setBusy(false);
  };
  return (
    <>
      <label className="m-button m-wide d-camera">
        <Icon name="camera" />{busy ? t.taking : t.take}
        <input type="file" accept="image/jpeg,image/png" capture="environment" onChange={(event) => { void take(event.target.files?.[0]); event.target.value = ''; }} />
      </label>
      <Problem>{broken ? t.noPicture : null}</Problem>
    </>
  );
}
