import type { ReactNode } from 'react';
import type { FormField } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { useDesk } from '../strings';

const LABELLED = new Set(['text', 'prose', 'number', 'date', 'phone', 'choice']);

/** What an input of the question has to know. */
export interface Told { id: string; describedBy: string | undefined; invalid: boolean }

interface Props {
  field: FormField;
  required: boolean;
  /** What is wrong with the answer, in words. */
  fault: string | null;
  /** Whether it can be answered at all. */
  open?: boolean;
  className?: string;
  /** Between the question and its answer. */
  between?: ReactNode;
  children: (told: Told) => ReactNode;
}

/** One question as the applicant sees it: what is asked, what helps, the answer, what is wrong with it. */
export function QuestionBox({ field, required, fault, open = true, className = '', between, children }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const id = `ask-${field.key}`;
  const label = field.label[lang];
  const describedBy = [field.help ? `${id}-help` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ') || undefined;
  return (
    <div className={`ask${fault ? ' is-wrong' : ''}${className}`} id={`${id}-box`}>
      <div className="ask-label">{open && LABELLED.has(field.takes.kind) ? <label htmlFor={id}>{label}</label> : <b>{label}</b>}{required ? <em className="ask-mark">{t.applications.required}</em> : null}</div>
      {field.help ? <p className="ask-help" id={`${id}-help`}>{field.help[lang]}</p> : null}
      {between}
      {children({ id, describedBy, invalid: fault !== null })}
      {open ? null : <small>{t.applications.readOnly}</small>}
      {fault ? <p className="ask-fault" id={`${id}-fault`} role="alert">{fault}</p> : null}
    </div>
  );
}
