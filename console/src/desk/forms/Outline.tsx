import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, type KeyboardEvent } from 'react';
import type { FormDefinition, FormSection } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { useDesk } from '../strings';
import { FIELDS_MOST, fieldsOf, SECTIONS_MOST, type Spot } from './edit';
import { isAt, type Placed } from './faults';
import { titleOf } from './words';

interface Props {
  form: FormDefinition;
  spot: Spot;
  faults: Placed[];
  onSpot: (spot: Spot) => void;
  onAddSection: () => void;
  onAddField: (section: number) => void;
}

/** The name of an entry in the page, for whoever moves it from the keyboard. */
export function entryId(spot: Spot): string {
  return spot.on === 'form' ? 'entry-form' : spot.on === 'section' ? `entry-${spot.section}` : `entry-${spot.section}-${spot.field}`;
}

/** Sections and the questions of the open one; up and down go from entry to entry. */
export function Outline({ form, spot, faults, onSpot, onAddSection, onAddField }: Props) {
  const t = useDesk();
  const nav = useRef<HTMLElement>(null);
  const w = t.forms.edit;
  const walk = (event: KeyboardEvent) => {
    if (event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    const entries = [...(nav.current?.querySelectorAll<HTMLButtonElement>('.outline-entry') ?? [])];
    const at = entries.indexOf(event.target as HTMLButtonElement);
    if (at < 0) return;
    event.preventDefault();
    entries[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  };
  const full = form.sections.length >= SECTIONS_MOST;
  return (
    <nav className="outline" aria-label={w.outline} ref={nav} onKeyDown={walk}>
      <Entry spot={{ on: 'form' }} here={spot} text={w.whole} faults={faults} onSpot={onSpot} />
      <ol>
        {form.sections.map((section, at) => (
          <li key={at}>
            <SectionEntry section={section} at={at} here={spot} faults={faults} onSpot={onSpot} />
            {spot.on !== 'form' && spot.section === at ? <Fields form={form} section={section} at={at} spot={spot} faults={faults} onSpot={onSpot} onAdd={() => onAddField(at)} /> : null}
          </li>
        ))}
      </ol>
      <Button size="small" icon={<PlusOutlined />} disabled={full} onClick={onAddSection}>{w.addSection}</Button>
      {full || fieldsOf(form).length >= FIELDS_MOST ? <small role="note">{w.full}</small> : null}
    </nav>
  );
}

function SectionEntry({ section, at, here, faults, onSpot }: { section: FormSection; at: number; here: Spot; faults: Placed[]; onSpot: (spot: Spot) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const open = here.on !== 'form' && here.section === at;
  // What is wrong in a closed section is counted at the section.
  const mine = open ? faults : faults.map((it) => (it.spot.on === 'field' && it.spot.section === at ? { ...it, spot: { on: 'section' as const, section: at } } : it));
  return <Entry spot={{ on: 'section', section: at }} here={here} text={`${at + 1}. ${titleOf(section.title, t.forms, lang)}`} faults={mine} onSpot={onSpot} open={open} strong />;
}

function Fields({ form, section, at, spot, faults, onSpot, onAdd }: { form: FormDefinition; section: FormSection; at: number; spot: Spot; faults: Placed[]; onSpot: (spot: Spot) => void; onAdd: () => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.forms.edit;
  return (
    <>
      <ol className="outline-fields">
        {section.fields.map((it, index) => <li key={index}><Entry spot={{ on: 'field', section: at, field: index }} here={spot} text={titleOf(it.label, t.forms, lang)} faults={faults} onSpot={onSpot} /></li>)}
      </ol>
      <Button className="outline-add" type="text" size="small" icon={<PlusOutlined />} disabled={fieldsOf(form).length >= FIELDS_MOST} aria-label={w.addHere(titleOf(section.title, t.forms, lang))} onClick={onAdd}>{w.addQuestion}</Button>
    </>
  );
}

interface EntryProps { spot: Spot; here: Spot; text: string; faults: Placed[]; onSpot: (spot: Spot) => void; open?: boolean; strong?: boolean }

function Entry({ spot, here, text, faults, onSpot, open, strong = false }: EntryProps) {
  const t = useDesk();
  const wrong = faults.filter((it) => isAt(it.spot, spot)).length;
  return (
    <button type="button" id={entryId(spot)} className={`outline-entry${strong ? ' is-section' : ''}`} aria-current={isAt(spot, here) ? 'true' : undefined} aria-expanded={open} onClick={() => onSpot(spot)}>
      <span>{text}</span>
      {wrong > 0 ? <em className="outline-wrong"><span aria-hidden>▲ {wrong}</span><span className="sr-only">{t.forms.edit.faultsAt(wrong)}</span></em> : null}
    </button>
  );
}
