import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import type { FormDefinition } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { useDesk } from '../strings';
import { fieldAt, moved, sectionAt, type Spot } from './edit';
import { FieldEditor } from './FieldEditor';
import type { Wrong } from './inputs';
import { PledgeEditor, SectionEditor } from './SectionEditor';
import { titleOf, type Says } from './words';

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
  const title = thing ? titleOf(thing, t.forms, lang) : w.whole;
  return (
    <section className="edit-pane" aria-label={w.panes.edit}>
      <header className="edit-head">
        <h2><small>{spot.on === 'form' ? t.forms.title : spot.on === 'section' ? w.section : w.question}</small>{title}</h2>
        {thing ? <Standing {...props} title={title} /> : null}
      </header>
      {spot.on === 'field' ? <FieldEditor key={props.visit} {...props} spot={spot} /> : spot.on === 'section' ? <SectionEditor key={props.visit} {...props} spot={spot} /> : <PledgeEditor key={props.visit} {...props} />}
    </section>
  );
}

/** Up, down, elsewhere, away. */
function Standing({ form, spot, title, onMove, onMoveInto, onRemove }: Props & { title: string }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.forms.edit;
  return (
    <div className="edit-acts">
      <Button size="small" icon={<ArrowUpOutlined />} aria-label={w.upOf(title)} aria-keyshortcuts="Alt+ArrowUp" disabled={!moved(form, spot, -1)} onClick={() => onMove(-1)}>{w.up}</Button>
      <Button size="small" icon={<ArrowDownOutlined />} aria-label={w.downOf(title)} aria-keyshortcuts="Alt+ArrowDown" disabled={!moved(form, spot, 1)} onClick={() => onMove(1)}>{w.down}</Button>
      {spot.on === 'field' && form.sections.length > 1 ? (
        <Select<number>
          size="small" className="edit-section" aria-label={w.moveTo} popupMatchSelectWidth={false} value={spot.section}
          options={form.sections.map((it, value) => ({ value, label: `${value + 1}. ${titleOf(it.title, t.forms, lang)}` }))} onChange={onMoveInto}
        />
      ) : null}
      <Button size="small" danger icon={<DeleteOutlined />} aria-label={w.removeOf(title)} onClick={onRemove}>{w.remove}</Button>
    </div>
  );
}
