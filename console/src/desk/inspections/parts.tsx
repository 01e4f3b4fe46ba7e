import type { InspectionFile, InspectionView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { fullTime } from '../../shared/format';
import { StateTag, type Tone } from '../parts/StateTag';
import { useDesk } from '../strings';

const TONES: Record<InspectionView['state'], Tone> = { planned: 'waits', passed: 'good', failed: 'bad', cancelled: 'plain' };

export function InspectionStateOf({ state }: { state: InspectionView['state'] }) {
  const t = useDesk();
  return <StateTag tone={TONES[state]}>{t.inspections.states[state]}</StateTag>;
}

/** The words of an item; its key when the checklist no longer has it. */
export function itemLabel(file: InspectionFile, key: string, lang: 'zh' | 'en'): string {
  return file.checklist.sections.flatMap((it) => it.items).find((it) => it.key === key)?.label[lang] ?? key;
}

/** What was found wanting at this application, and whether it was put right. */
export function Defects({ file }: { file: InspectionFile }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.inspections;
  if (file.defects.length === 0) return null;
  return (
    <section className="block">
      <h2>{w.defects}</h2>
      <ul className="inspection-defects">
        {file.defects.map((it) => (
          <li key={it.id} className={it.fixed_at ? 'muted' : ''}>
            <b>{it.critical ? `${w.critical}${t.gap}` : ''}{itemLabel(file, it.item, lang)}</b>
            <p>{it.note}</p>
            <small className={it.late ? 'bad' : ''}>{it.fixed_at ? w.fixed(fullTime(it.fixed_at)) : it.late ? `▲ ${w.lateSince(it.due_on)}` : w.dueOn(it.due_on)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
