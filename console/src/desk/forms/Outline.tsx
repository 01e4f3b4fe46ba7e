import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { FormDefinition, FormSection } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { useDesk } from '../strings';
import { OutlineEntry, OutlineNav } from '../parts/edit/OutlineNav';
import { titleOf } from '../parts/edit/words';
import { FIELDS_MOST, fieldsOf, SECTIONS_MOST, type Spot } from './edit';
import { isAt, type Placed } from './faults';

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
  const w = t.forms.edit;
  const full = form.sections.length >= SECTIONS_MOST;
  return (
    <OutlineNav label={w.outline}>
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
    </OutlineNav>
  );
}

function SectionEntry({ section, at, here, faults, onSpot }: { section: FormSection; at: number; here: Spot; faults: Placed[]; onSpot: (spot: Spot) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const open = here.on !== 'form' && here.section === at;
  // What is wrong in a closed section is counted at the section.
  const mine = open ? faults : faults.map((it) => (it.spot.on === 'field' && it.spot.section === at ? { ...it, spot: { on: 'section' as const, section: at } } : it));
  return <Entry spot={{ on: 'section', section: at }} here={here} text={`${at + 1}. ${titleOf(section.title, t.editing, lang)}`} faults={mine} onSpot={onSpot} open={open} strong />;
}

function Fields({ form, section, at, spot, faults, onSpot, onAdd }: { form: FormDefinition; section: FormSection; at: number; spot: Spot; faults: Placed[]; onSpot: (spot: Spot) => void; onAdd: () => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.forms.edit;
  return (
    <>
      <ol className="outline-fields">
        {section.fields.map((it, index) => <li key={index}><Entry spot={{ on: 'field', section: at, field: index }} here={spot} text={titleOf(it.label, t.editing, lang)} faults={faults} onSpot={onSpot} /></li>)}
      </ol>
      <Button className="outline-add" type="text" size="small" icon={<PlusOutlined />} disabled={fieldsOf(form).length >= FIELDS_MOST} aria-label={w.addHere(titleOf(section.title, t.editing, lang))} onClick={onAdd}>{w.addQuestion}</Button>
    </>
  );
}

interface EntryProps { spot: Spot; here: Spot; text: string; faults: Placed[]; onSpot: (spot: Spot) => void; open?: boolean; strong?: boolean }

function Entry({ spot, here, faults, onSpot, ...props }: EntryProps) {
  return <OutlineEntry {...props} id={entryId(spot)} here={isAt(spot, here)} wrong={faults.filter((it) => isAt(it.spot, spot)).length} onOpen={() => onSpot(spot)} />;
}
