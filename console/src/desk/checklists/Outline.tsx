import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useLang } from '../../i18n/LangProvider';
import { OutlineEntry, OutlineNav } from '../parts/edit/OutlineNav';
import { titleOf } from '../parts/edit/words';
import { useDesk } from '../strings';
import { isAt, ITEMS_MOST, itemsOf, SECTIONS_MOST, type Spot } from './edit';
import { entryId, type Editing } from './useEditing';

/** Sections and the items of the open one. */
export function Outline({ editing }: { editing: Editing }) {
  const t = useDesk();
  const { lang } = useLang();
  const { list, spot, faults } = editing;
  const w = t.checklists.edit;
  const full = { sections: list.sections.length >= SECTIONS_MOST, items: itemsOf(list).length >= ITEMS_MOST };
  const entry = (at: Spot, text: string, wrong: number, open?: boolean) => (
    <OutlineEntry id={entryId(at)} text={text} here={isAt(at, spot)} wrong={wrong} onOpen={() => editing.go(at)} open={open} strong={at.on === 'section'} />
  );
  return (
    <OutlineNav label={w.outline}>
      <ol>
        {list.sections.map((section, at) => {
          const open = spot.section === at;
          const title = titleOf(section.title, t.editing, lang);
          // What is wrong in a closed section is counted at the section.
          const wrong = faults.filter((it) => it.spot.section === at && (!open || it.spot.on === 'section')).length;
          return (
            <li key={at}>
              {entry({ on: 'section', section: at }, `${at + 1}. ${title}`, wrong, open)}
              {open ? (
                <>
                  <ol className="outline-fields">
                    {section.items.map((it, item) => {
                      const place: Spot = { on: 'item', section: at, item };
                      return <li key={item}>{entry(place, titleOf(it.label, t.editing, lang), faults.filter((one) => isAt(one.spot, place)).length)}</li>;
                    })}
                  </ol>
                  <Button className="outline-add" type="text" size="small" icon={<PlusOutlined />} disabled={full.items} aria-label={w.addHere(title)} onClick={() => editing.addItem(at)}>{w.addItem}</Button>
                </>
              ) : null}
            </li>
          );
        })}
      </ol>
      <Button size="small" icon={<PlusOutlined />} disabled={full.sections} onClick={editing.addSection}>{w.addSection}</Button>
      {full.sections || full.items ? <small role="note">{w.full}</small> : null}
    </OutlineNav>
  );
}
