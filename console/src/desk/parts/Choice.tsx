import { useId } from 'react';

interface Props<V extends string> {
  value?: V;
  onChange?: (value: V) => void;
  options: { value: V; label: string }[];
  /** The group's name for those who cannot see it. */
  label: string;
  id?: string;
}

/** One of a few, all visible at once: real radio buttons that look like chips. */
export function Choice<V extends string>({ value, onChange, options, label, id }: Props<V>) {
  const name = useId();
  return (
    <div className="choice" role="radiogroup" aria-label={label} id={id}>
      {options.map((option) => (
        <label key={option.value} className={option.value === value ? 'on' : ''}>
          <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChange?.(option.value)} />
          {option.label}
        </label>
      ))}
    </div>
  );
}
