import { useId, type InputHTMLAttributes, type ReactNode } from 'react';

interface FieldProps { label: string; hint?: string; problem?: string | null; children: (ids: { id: string; describedBy?: string; invalid: boolean }) => ReactNode }

/** A label, its control, and what is wrong with it in words. */
export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  const describedBy = problem ? `${id}-problem` : hint ? `${id}-hint` : undefined;
  return (
    <div className="m-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, describedBy, invalid: Boolean(problem) })}
      {problem ? <p id={`${id}-problem`} className="m-problem" role="alert">{problem}</p> : hint ? <p id={`${id}-hint`} className="m-hint">{hint}</p> : null}
    </div>
  );
}

type TextProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> & { label: string; hint?: string; problem?: string | null; value: string; onChange: (value: string) => void };

export function TextField({ label, hint, problem, value, onChange, ...rest }: TextProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {({ id, describedBy, invalid }) => (
        <input {...rest} id={id} className="m-input" value={value} aria-describedby={describedBy} aria-invalid={invalid} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}

/** One of a few, as large buttons. */
export function Choice<V extends string>({ label, options, value, onChange }: { label: string; options: { value: V; label: string }[]; value: V | null; onChange: (value: V) => void }) {
  const name = useId();
  return (
    <fieldset className="m-choice">
      <legend>{label}</legend>
      <div>
        {options.map((it) => (
          <label key={it.value} className={it.value === value ? 'is-on' : ''}>
            <input type="radio" name={name} checked={it.value === value} onChange={() => onChange(it.value)} />{it.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
