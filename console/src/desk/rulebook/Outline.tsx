import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { OutlineEntry, OutlineNav } from '../parts/edit/OutlineNav';
import { useDesk } from '../strings';
import { isAt, LISTED_MOST, LISTS, type ListName, type Spot } from './edit';
import { entryId, type Editing } from './useEditing';
import { spotTitle, type Says } from './words';

/** Everything that a rulebook consists of. */
export function Outline({ editing, says }: { editing: Editing; says: Says }) {
  const t = useDesk();
  const { book, spot, faults } = editing;
  const w = t.rulebook;
  const entry = (at: Spot, text: string) => (
    <OutlineEntry id={entryId(at)} text={text} here={isAt(at, spot)} wrong={faults.filter((it) => isAt(it.spot, at)).length} onOpen={() => editing.go(at)} />
  );
  return (
    <OutlineNav label={w.edit.outline}>
      {LISTS.map((on: ListName) => (
        <section className="outline-group" key={on}>
          <h3>{w.lists[on]}</h3>
          <ol>{book[on].map((_, at) => <li key={at}>{entry({ on, at }, on === 'regimes' || on === 'routes' ? `${at + 1}. ${spotTitle({ on, at }, says)}` : spotTitle({ on, at }, says))}</li>)}</ol>
          <Button type="text" size="small" icon={<PlusOutlined />} disabled={book[on].length >= LISTED_MOST} onClick={() => editing.add(on)}>{w.edit.add[on]}</Button>
        </section>
      ))}
      <section className="outline-group">
        <h3>{w.lists.days}</h3>
        {entry({ on: 'days' }, w.days(book.holidays.length + book.workdays.length))}
      </section>
    </OutlineNav>
  );
}
