import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Row } from '../parts/edit/inputs';
import { useDesk } from '../strings';
import { dayAdded, dayDropped, type DayList } from './edit';
import type { Editing } from './useEditing';
import { dayWords, type Says } from './words';

/** Days off beside Saturdays and Sundays, and weekends on which people work. */
export function DaysEditor({ editing, says }: { editing: Editing; says: Says }) {
  const { w } = says;
  return (
    <>
      <p className="form-lead">{w.edit.daysHint}</p>
      <Days list="holidays" editing={editing} says={says} />
      <Days list="workdays" editing={editing} says={says} />
    </>
  );
}

function Days({ list, editing, says: { w, lang } }: { list: DayList; editing: Editing; says: Says }) {
  const t = useDesk();
  const { book, change } = editing;
  const [day, setDay] = useState('');
  const faults = editing.faults.filter((it) => it.spot.on === 'days' && it.fault.input.startsWith(list));
  const isWrong = (at: number) => faults.some((it) => it.fault.input === `${list}.${at}`);
  const wrong = faults.length === 0 ? null : faults.some((it) => it.fault.code === 'size') ? w.faults.size.days : w.faults.day;
  const add = () => {
    change(dayAdded(book, list, day));
    setDay('');
  };
  return (
    <fieldset className="book-group">
      <legend>{w[list]}</legend>
      {book[list].length === 0 ? <p className="muted">{w.none[list]}</p> : (
        <ul className="day-list">
          {book[list].map((it, at) => (
            <li key={it} className={isWrong(at) ? 'is-wrong' : ''}>
              {dayWords(it, lang)}
              <Button type="text" size="small" icon={<CloseOutlined />} aria-label={w.edit.dropDay(it)} onClick={() => change(dayDropped(book, list, it))} />
            </li>
          ))}
        </ul>
      )}
      {wrong ? <p className="ask-fault" role="alert">{wrong}</p> : null}
      <Row label={w.edit.addDays[list]} wrong={null}>
        {(told) => (
          <span className="day-add">
            <Input {...told} type="date" value={day} onChange={(event) => setDay(event.target.value)} onPressEnter={add} />
            <Button size="small" icon={<PlusOutlined />} disabled={day === ''} aria-label={`${w.edit.addDay}${t.gap}${w[list]}`} onClick={add}>{w.edit.addDay}</Button>
          </span>
        )}
      </Row>
    </fieldset>
  );
}
