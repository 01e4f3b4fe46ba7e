import { Button, Select, Switch } from 'antd';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { FormAnswer, FormDefinition, FormField } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { check, isRequired, type Applicant, type FormAnswers } from '../../shared/forms/rules';
import { FieldInput } from '../applications/FieldInput';
import { ACCEPTED, faultWords, sectionsOf } from '../applications/model';
import { QuestionBox } from '../applications/QuestionBox';
import { SectionBlock } from '../applications/SectionBlock';
import { FilePicker } from '../parts/FilePicker';
import { optionsOf } from '../parts/FilterControls';
import { useDesk } from '../strings';
import { titleOf } from '../parts/edit/words';
import { industriesOf, RISKS, SIZES, USUAL } from './applicant';
import { fieldsOf } from './edit';
import { industryWords } from './words';

interface Props {
  form: FormDefinition;
  /** The question that is being edited: shown, or said why it is not asked. */
  here?: FormField | null;
  /** How many things in the form are wrong. */
  faults?: number;
}

type Files = Record<string, string[]>;

/** The form as its applicants meet it, with their own controls and rules; what is answered here stays here. */
export function Preview({ form, here = null, faults = 0 }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const [applicant, setApplicant] = useState<Applicant>(USUAL);
  const [answers, setAnswers] = useState<FormAnswers>({});
  const [files, setFiles] = useState<Files>({});
  const [strict, setStrict] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const counts = useMemo(() => Object.fromEntries(Object.entries(files).map(([key, names]) => [key, names.length])), [files]);
  const checked = useMemo(() => check(form, answers, applicant, counts), [form, answers, applicant, counts]);
  const sections = useMemo(() => sectionsOf(form, checked, lang), [form, checked, lang]);
  const hereKey = here?.key;
  useEffect(() => {
    if (hereKey) box.current?.querySelector(`#ask-${CSS.escape(hereKey)}-box`)?.scrollIntoView({ block: 'nearest' });
  }, [hereKey]);
  const w = t.forms.preview;
  const answer = (key: string, next: FormAnswer | null) => setAnswers((before) => {
    const left = Object.fromEntries(Object.entries(before).filter(([name]) => name !== key));
    return next === null ? left : { ...left, [key]: next };
  });
  const again = () => { setAnswers({}); setFiles({}); setStrict(false); };
  const required = fieldsOf(form).filter((it) => checked.asked.has(it.key) && isRequired(form, it, answers, applicant));
  return (
    <div className="preview">
      <Head form={form} applicant={applicant} onChange={setApplicant} />
      <p className="preview-counts" role="status">
        <b>{w.asked(number(checked.asked.size, lang), number(fieldsOf(form).length, lang))}</b>
        <span>{w.required(number(required.length, lang))}</span>
        <span>{w.missing(number(checked.faults.length, lang))}</span>
      </p>
      <div className="preview-acts">
        <label><Switch size="small" checked={strict} onChange={setStrict} aria-label={w.strict} /> {w.strict}</label>
        <Button size="small" onClick={again}>{w.again}</Button>
      </div>
      {faults > 0 ? <p className="rules-note" role="note">{w.fault(faults)}</p> : null}
      {here && !checked.asked.has(here.key) ? <p className="rules-note" role="note">{w.notAsked(titleOf(here.label, t.editing, lang))}</p> : null}
      <div className="preview-form" ref={box}>
        {sections.length === 0 ? <p className="muted">{w.nothing}</p> : null}
        {sections.map((section, at) => (
          <SectionBlock key={`${section.key}-${at}`} section={section}>
            {section.fields.map((field, index) => {
              const fault = checked.faults.find((it) => it.field === field.key);
              const shown = fault && (strict || fault.code !== 'required') ? faultWords(field, fault, t.applications, lang) : null;
              return (
                <QuestionBox key={`${field.key}-${index}`} field={field} required={required.includes(field)} fault={shown} className={field.key === hereKey ? ' is-here' : ''}>
                  {({ id, describedBy, invalid }) => (field.takes.kind === 'files'
                    ? <TriedFiles field={field} names={files[field.key] ?? []} onChange={(names) => setFiles({ ...files, [field.key]: names })} />
                    : <FieldInput field={field} id={id} describedBy={describedBy} invalid={invalid} value={answers[field.key]} onChange={(next) => answer(field.key, next)} />)}
                </QuestionBox>
              );
            })}
          </SectionBlock>
        ))}
      </div>
    </div>
  );
}

/** Who the form is tried as. */
function Head({ form, applicant, onChange }: { form: FormDefinition; applicant: Applicant; onChange: (next: Applicant) => void }) {
  const t = useDesk();
  const words = useCommon();
  const id = useId();
  const w = t.forms.preview;
  return (
    <fieldset className="preview-head">
      <legend>{w.applicant}</legend>
      <label htmlFor={`${id}-industry`}>{w.industry}</label>
      <Select
        id={`${id}-industry`} size="small" showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={280} value={applicant.industry}
        options={industriesOf(form).map((value) => ({ value, label: industryWords(value, t.forms) }))} onChange={(industry: string) => onChange({ ...applicant, industry })}
      />
      <label htmlFor={`${id}-size`}>{w.size}</label>
      <Select id={`${id}-size`} size="small" value={applicant.size_class} options={optionsOf<string>(words.sizeClass, SIZES)} onChange={(size_class: string) => onChange({ ...applicant, size_class })} />
      <label htmlFor={`${id}-risk`}>{w.risk}</label>
      <Select id={`${id}-risk`} size="small" value={applicant.risk} options={optionsOf<string>(t.risks.levels, RISKS)} onChange={(risk: string) => onChange({ ...applicant, risk })} />
    </fieldset>
  );
}

/** Files by their names alone: none is sent. */
function TriedFiles({ field, names, onChange }: { field: FormField; names: string[]; onChange: (names: string[]) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.forms.preview;
  const most = field.takes.kind === 'files' ? field.takes.most : 0;
  return (
    <div className="ask-files">
      {names.length > 0 ? (
        <ul className="file-list" aria-label={w.files}>
          {names.map((name, at) => <li key={`${name}-${at}`}><span>{name}</span><Button size="small" danger aria-label={w.removeFile(name)} onClick={() => onChange(names.filter((_, index) => index !== at))}>{t.applications.files.removeConfirm}</Button></li>)}
        </ul>
      ) : null}
      {most <= names.length ? <p className="muted">{t.applications.files.full(most)}</p> : (
        <FilePicker key={names.length} label={`${t.applications.files.add}${t.gap}${field.label[lang]}`} accept={ACCEPTED} onFile={(file) => onChange([...names, file.name])} chosen={false}>{w.file}</FilePicker>
      )}
    </div>
  );
}
