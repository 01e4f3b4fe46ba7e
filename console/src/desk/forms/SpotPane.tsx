import { Select } from 'antd';
import type { FormDefinition } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { useDesk } from '../strings';
import type { Wrong } from '../parts/edit/inputs';
import { Standing } from '../parts/edit/Standing';
import { titleOf } from '../parts/edit/words';
import { fieldAt, moved, sectionAt, type Spot } from './edit';
import { FieldEditor } from './FieldEditor';
import { PledgeEditor, SectionEditor } from './SectionEditor';
import type { Says } from './words';

interface Props {
  form: FormDefinition;
  spot: Spot;
  /** Changes when something else is edited, not when it is moved. */
  visit: number;
  wrong: Wrong;
  says: Says;
  onChange: (next: FormDefinition, mark?: string) => void;
  onMove: (by: -1 | 1) => void;
  onMoveInto: (section: number) => void;
  onRemove: () => void;
}

/** What is being edited, and where it stands. */
export function SpotPane(props: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const { form, spot } = props;
  const w = t.forms.edit;
  const thing = fieldAt(form, spot)?.label ?? sectionAt(form, spot)?.title ?? null;
  const title = thing ? titleOf(thing, t.editing, lang) : w.whole;
  return (
    <section className="edit-pane" aria-label={w.panes.edit}>
      <header className="edit-head">
        <h2><small>{spot.on === 'form' ? t.forms.title : spot.on === 'section' ? w.section : w.question}</small>{title}</h2>
        {thing ? <Place {...props} title={title} /> : null}
      </header>
      {spot.on === 'field' ? <FieldEditor key={props.visit} {...props} spot={spot} /> : spot.on === 'section' ? <SectionEditor key={props.visit} {...props} spot={spot} /> : <PledgeEditor key={props.visit} {...props} />}
    </section>
  );
}

/** Where it stands, and elsewhere. */
function Place({ form, spot, title, onMove, onMoveInto, onRemove }: Props & { title: string }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.forms.edit;
  return (
    <Standing title={title} up={moved(form, spot, -1) !== null} down={moved(form, spot, 1) !== null} onMove={onMove} onRemove={onRemove}>
      {spot.on === 'field' && form.sections.length > 1 ? (
        <Select<number>
          size="small" className="edit-section" aria-label={w.moveTo} popupMatchSelectWidth={false} value={spot.section}
          options={form.sections.map((it, value) => ({ value, label: `${value + 1}. ${titleOf(it.title, t.editing, lang)}` }))} onChange={onMoveInto}
        />
      ) : null}
    </Standing>
  );
}
