import { SearchOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { fromLocalInput, toLocalInput } from '../../shared/format';
import { useDesk } from '../strings';
import { useDebounced } from './useDebounced';

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

export function FilterText({ label, value, onChange, hint }: TextProps) {
  const [text, setText] = useState(value ?? '');
  const settled = useDebounced(text.trim(), 300);
  useEffect(() => setText(value ?? ''), [value]);
  useEffect(() => {
    if (settled === text.trim() && settled !== (value ?? '')) onChange(settled || undefined);
    // Only what was typed starts a search, not the address changing.
  }, [settled]);
  return (
    <Input
      size="small" className={value ? 'chip-text set' : 'chip-text'} aria-label={label} placeholder={hint ?? label} prefix={<SearchOutlined />} allowClear
      value={text} onChange={(event) => setText(event.target.value)} onPressEnter={() => onChange(text.trim() || undefined)}
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
