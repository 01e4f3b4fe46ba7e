// Inputs of the editor: each with its label, and what is wrong with it in words beneath.
import { Button, Input, InputNumber } from 'antd';
import { useEffect, useId, useState, type ReactNode } from 'react';
import type { Wording } from '../../../api';
import { useDesk } from '../../strings';

/** What is wrong at an input, in words. */
export type Wrong = (input: string) => string | null;

interface RowProps { label: ReactNode; hint?: ReactNode; wrong: string | null; group?: boolean; children: (told: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean; status: 'error' | undefined }) => ReactNode }

export function Row({ label, hint, wrong, group = false, children }: RowProps) {
  const id = useId();
  const describedBy = [hint ? `${id}-hint` : '', wrong ? `${id}-wrong` : ''].filter(Boolean).join(' ') || undefined;
  return (
    <div className={`edit-row${wrong ? ' is-wrong' : ''}`}>
      {group ? <b className="edit-label">{label}</b> : <label className="edit-label" htmlFor={id}>{label}</label>}
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': wrong !== null, status: wrong ? 'error' : undefined })}
      {hint ? <small id={`${id}-hint`}>{hint}</small> : null}
      {wrong ? <p className="ask-fault" id={`${id}-wrong`} role="alert">{wrong}</p> : null}
    </div>
  );
}

interface WordsProps { name: string; label: string; value: Wording; long?: boolean; wrong: Wrong; onChange: (next: Wording, mark: string) => void }

/** One text in both languages. */
export function WordsRow({ name, label, value, long = false, wrong, onChange }: WordsProps) {
  const t = useDesk();
  const w = t.editing;
  return (
    <div className="edit-words">
      {(['zh', 'en'] as const).map((lang) => (
        <Row key={lang} label={w.inBoth(label, w[lang])} wrong={wrong(`${name}.${lang}`)}>
          {(told) => {
            const shared = { ...told, value: value[lang], lang: lang === 'zh' ? 'zh-CN' : 'en', autoComplete: 'off', onChange: (event: { target: { value: string } }) => onChange({ ...value, [lang]: event.target.value }, `${name}.${lang}`) };
            return long ? <Input.TextArea {...shared} autoSize={{ minRows: 2, maxRows: 10 }} /> : <Input {...shared} />;
          }}
        </Row>
      ))}
    </div>
  );
}

interface MaybeProps extends Omit<WordsProps, 'value' | 'onChange'> { value: Wording | null; onChange: (next: Wording | null, mark: string) => void }

/** A text that may be left out. */
export function MaybeWordsRow({ value, onChange, ...props }: MaybeProps) {
  const t = useDesk();
  const w = t.editing;
  if (!value) return <div className="edit-row is-offer"><Button size="small" onClick={() => onChange({ zh: '', en: '' }, '')}>{w.addText(props.label)}</Button></div>;
  return (
    <div className="edit-maybe">
      <WordsRow {...props} value={value} onChange={onChange} />
      <Button type="link" size="small" onClick={() => onChange(null, '')}>{w.dropText(props.label)}</Button>
    </div>
  );
}

interface NameProps { id?: string; label: string; value: string; hint?: ReactNode; wrong: string | null; onChange: (next: string) => void }

/** A name that others refer to: it counts when it is whole, not while it is typed. */
export function NameRow({ label, value, hint, wrong, onChange }: NameProps) {
  return <Row label={label} hint={hint} wrong={wrong}>{(told) => <NameInput {...told} value={value} onChange={onChange} />}</Row>;
}

type NameInputProps = { id?: string; value: string; onChange: (next: string) => void; 'aria-label'?: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean; status?: 'error'; size?: 'small' };

export function NameInput({ value, onChange, ...props }: NameInputProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const done = () => {
    if (typed.trim() !== value) onChange(typed.trim());
    else setTyped(value);
  };
  return <Input {...props} className="edit-code" autoComplete="off" spellCheck={false} value={typed} onChange={(event) => setTyped(event.target.value)} onBlur={done} onPressEnter={done} />;
}

interface NumberProps { label: string; value: number; least: number; most: number; wrong: string | null; onChange: (next: number) => void }

/** A whole number; an empty one is the smallest. */
export function NumberRow({ label, value, least, most, wrong, onChange }: NumberProps) {
  return (
    <Row label={label} wrong={wrong}>
      {(told) => <InputNumber {...told} className="edit-number" value={value} min={least} max={most} precision={0} controls={false} onChange={(next) => onChange(next ?? Math.max(0, least))} />}
    </Row>
  );
}
