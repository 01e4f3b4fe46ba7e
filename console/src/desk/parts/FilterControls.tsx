import { SearchOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { fromLocalInput, toLocalInput } from '../../shared/format';
import { useDesk } from '../strings';

interface SelectProps { label: string; value: string | undefined; options: { value: string; label: string }[]; onChange: (value: string | undefined) => void }

/** A filter as a chip: it wears the accent only while it is set. */
export function FilterSelect({ label, value, options, onChange }: SelectProps) {
  const t = useDesk();
  return (
    <Select<string>
      size="small" className={value ? 'chip set' : 'chip'} aria-label={label} prefix={label} placeholder={t.list.all}
      value={value ?? null} options={options} allowClear popupMatchSelectWidth={false}
      onChange={(next: string | undefined) => onChange(next ?? undefined)}
    />
  );
}

export function optionsOf<K extends string>(words: Record<K, string>, keys?: readonly K[]): { value: K; label: string }[] {
  return (keys ?? (Object.keys(words) as K[])).map((value) => ({ value, label: words[value] }));
}

interface TextProps { label: string; value: string | undefined; onChange: (value: string | undefined) => void; hint?: string }

const TYPING_MS = 300;

/** Searches when the typing pauses, or at once on Enter. */
export function FilterText({ label, value, onChange, hint }: TextProps) {
  const [text, setText] = useState(value ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(value ?? ''), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const apply = (next: string, afterMs: number) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(next.trim() || undefined), afterMs);
  };
  return (
    <Input
      size="small" className={value ? 'chip-text set' : 'chip-text'} aria-label={label} placeholder={hint ?? label} prefix={<SearchOutlined />} allowClear
      value={text} onChange={(event) => apply(event.target.value, TYPING_MS)} onPressEnter={() => apply(text, 0)}
    />
  );
}

interface TimeProps { label: string; value: string | undefined; onChange: (value: string | undefined) => void }

/** A point in time, typed in the district's zone, on the wire in UTC. */
export function FilterTime({ label, value, onChange }: TimeProps) {
  return (
    <label className={value ? 'chip-time set' : 'chip-time'}>
      {label}
      <input type="datetime-local" value={value ? toLocalInput(value) : ''} onChange={(event) => onChange(event.target.value ? fromLocalInput(event.target.value) : undefined)} />
    </label>
  );
}

interface DateProps { label: string; value: string; onChange: (value: string | undefined) => void }

/** A day; emptied, it is the list's own again. */
export function FilterDate({ label, value, onChange }: DateProps) {
  return <Input type="date" size="small" className="filter-date" aria-label={label} value={value} onChange={(event) => onChange(event.target.value || undefined)} />;
}
