import { Button } from 'antd';
import type { ApplicationFile, FormField } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { isRequired } from '../../shared/forms/rules';
import { useDesk } from '../strings';
import { FieldFiles } from './FieldFiles';
import { FieldInput } from './FieldInput';
import { answerWords, applicantOf, faultWords, isOpen } from './model';
import { QuestionBox } from './QuestionBox';
import type { Draft } from './useDraft';

interface Props {
  file: ApplicationFile;
  field: FormField;
  draft: Draft;
  /** Also says that an answer is missing, not only that one is wrong. */
  strict: boolean;
  onBusy: (field: string, busy: boolean) => void;
}

/** One question of an open application: what is answered is saved, what was answered elsewhere is settled. */
export function Question({ file, field, draft, strict, onBusy }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.applications;
  const fault = draft.checked.faults.find((it) => it.field === field.key);
  const shown = fault && (strict || fault.code !== 'required') ? faultWords(field, fault, w, lang) : null;
  const open = isOpen(file, field.key);
  const marked = open && file.open_fields.length > 0;
  const answer = draft.answers[field.key];
  const { takes } = field;
  return (
    <QuestionBox
      field={field} required={isRequired(file.form, field, draft.answers, applicantOf(file.application))} fault={shown} open={open} className={marked ? ' is-marked' : ''}
      between={<Clash field={field} draft={draft} />}
    >
      {({ id, describedBy, invalid }) => {
        if (takes.kind === 'files') return <FieldFiles file={file} field={field} most={takes.most} open={open} onBusy={onBusy} />;
        if (!open) return <p className="ask-fixed">{answerWords(field, answer, w, lang)}</p>;
        return <FieldInput field={field} id={id} describedBy={describedBy} invalid={invalid} value={answer} onChange={(next) => draft.saver.set(field.key, next)} />;
      }}
    </QuestionBox>
  );
}

/** Two answers to one question: whoever sees it chooses. */
function Clash({ field, draft }: { field: FormField; draft: Draft }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.applications;
  const clash = draft.clashes[field.key];
  if (!clash) return null;
  return (
    <div className="ask-clash" role="alert">
      <b>{w.clash.title}</b>
      <p>{w.clash.mine}{t.gap}<q>{answerWords(field, clash.mine, w, lang)}</q></p>
      <p>{w.clash.theirs}{t.gap}<q>{answerWords(field, clash.theirs, w, lang)}</q></p>
      <div className="form-foot">
        <Button size="small" onClick={() => draft.saver.settle(field.key, 'mine')}>{w.clash.keepMine}</Button>
        <Button size="small" onClick={() => draft.saver.settle(field.key, 'theirs')}>{w.clash.takeTheirs}</Button>
      </div>
    </div>
  );
}
