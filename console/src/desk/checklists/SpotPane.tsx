import { Select, Switch } from 'antd';
import type { PhotoNeed } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { Choice } from '../parts/Choice';
import { NameRow, Row, WordsRow, type Wrong } from '../parts/edit/inputs';
import { Standing } from '../parts/edit/Standing';
import { titleOf } from '../parts/edit/words';
import { useDesk } from '../strings';
import { itemAt, withItem, withSection } from './edit';
import type { Editing } from './useEditing';
import { useFaultWords } from './useFaultWords';

const PHOTOS: PhotoNeed[] = ['never', 'defect', 'always'];

/** What is being edited, and where it stands. */
export function SpotPane({ editing }: { editing: Editing }) {
  const t = useDesk();
  const { lang } = useLang();
  const words = useFaultWords();
  const { list, spot, visit } = editing;
  const w = t.checklists.edit;
  const section = list.sections[spot.section];
  const item = itemAt(list, spot);
  const title = titleOf(item?.label ?? section?.title ?? { zh: '', en: '' }, t.editing, lang);
  const wrong: Wrong = (input) => [...new Set(editing.wrongAt(input).map((it) => words(it.fault)))].join(t.gap) || null;
  return (
    <section className="edit-pane" aria-label={w.panes.edit}>
      <header className="edit-head">
        <h2><small>{item ? w.item : w.section}</small>{title}</h2>
        {section ? (
          <Standing title={title} up={editing.canMove(-1)} down={editing.canMove(1)} onMove={editing.move} onRemove={editing.askRemove}>
            {item && list.sections.length > 1 ? (
              <Select<number>
                size="small" className="edit-section" aria-label={w.moveTo} popupMatchSelectWidth={false} value={spot.section}
                options={list.sections.map((it, value) => ({ value, label: `${value + 1}. ${titleOf(it.title, t.editing, lang)}` }))} onChange={editing.moveInto}
              />
            ) : null}
          </Standing>
        ) : null}
      </header>
      {wrong('whole') ? <p className="ask-fault" role="alert">{wrong('whole')}</p> : null}
      {spot.on === 'item' ? <ItemInputs key={visit} editing={editing} wrong={wrong} /> : section ? (
        <WordsRow key={visit} name="title" label={w.sectionName} value={section.title} wrong={wrong} onChange={(next, mark) => editing.change(withSection(list, spot.section, { ...section, title: next }), `${spot.section}.${mark}`)} />
      ) : null}
    </section>
  );
}

function ItemInputs({ editing, wrong }: { editing: Editing; wrong: Wrong }) {
  const t = useDesk();
  const { list, spot, change } = editing;
  const w = t.checklists;
  const item = itemAt(list, spot);
  if (spot.on !== 'item' || !item) return null;
  const put = (next: Partial<typeof item>, mark?: string) => change(withItem(list, spot, { ...item, ...next }), mark && `${spot.section}.${spot.item}.${mark}`);
  return (
    <>
      <WordsRow name="label" label={w.edit.label} long value={item.label} wrong={wrong} onChange={(label, mark) => put({ label }, mark)} />
      <Row label={w.edit.critical} hint={w.edit.criticalHint} wrong={null}>
        {({ id, 'aria-describedby': describedBy }) => <span><Switch id={id} aria-describedby={describedBy} checked={item.critical} onChange={(critical) => put({ critical })} /></span>}
      </Row>
      <Row label={w.edit.photo} wrong={null} group>
        {() => <Choice<PhotoNeed> label={w.edit.photo} value={item.photo} options={PHOTOS.map((value) => ({ value, label: w.photos[value] }))} onChange={(photo) => put({ photo })} />}
      </Row>
      <NameRow label={t.editing.key} value={item.key} hint={w.edit.keyHint} wrong={wrong('key')} onChange={(key) => put({ key })} />
    </>
  );
}
