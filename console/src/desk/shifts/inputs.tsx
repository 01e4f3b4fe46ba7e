import { Input, InputNumber, Select } from 'antd';
import { useId, type ReactNode } from 'react';
import { clock, minuteOf } from './model';

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return <div className="shift-field"><label htmlFor={id}>{label}</label>{children(id)}</div>;
}

interface Of<V> { label: string; value: V; disabled: boolean; onChange: (value: V) => void }

export function TextField({ label, value, disabled, onChange }: Of<string>) {
  return <Field label={label}>{(id) => <Input id={id} value={value} maxLength={120} disabled={disabled} onChange={(event) => onChange(event.target.value)} />}</Field>;
}

export function CountField({ label, value, disabled, onChange, min = 1, max = 5_000 }: Of<number> & { min?: number; max?: number }) {
  return <Field label={label}>{(id) => <InputNumber id={id} value={value} min={min} max={max} precision={0} disabled={disabled} onChange={(next) => onChange(next ?? min)} />}</Field>;
}

export function TimeField({ label, value, disabled, onChange }: Of<number>) {
  return <Field label={label}>{(id) => <Input id={id} type="time" value={clock(value)} disabled={disabled} onChange={(event) => onChange(minuteOf(event.target.value) ?? value)} />}</Field>;
}

export function NamesField({ label, value, disabled, onChange, options, placeholder }: Of<string[]> & { options: string[]; placeholder?: string }) {
  return <Field label={label}>{(id) => <Select id={id} mode="multiple" value={value} placeholder={placeholder} disabled={disabled} options={options.map((it) => ({ value: it, label: it }))} onChange={onChange} />}</Field>;
}

export function PickField<V extends string | number>({ label, value, disabled, onChange, options }: Of<V> & { options: { value: V; label: string }[] }) {
  return <Field label={label}>{(id) => <Select<V> id={id} value={value} disabled={disabled} options={options} onChange={onChange} />}</Field>;
}
