import { Select } from 'antd';
import type { FormCondition, FormDefinition, FormField, Prefill } from '../../api';
import { Choice } from '../parts/Choice';
import { optionsOf } from '../parts/FilterControls';
import { useDesk } from '../strings';
import { ConditionEditor, freshCondition } from './ConditionEditor';
import { earlier } from './conditions';
import { fieldAt, KINDS, optionRenamed, prefillsFor, renamed, takesOf, withField, type Kind, type Spot } from './edit';
import { MaybeWordsRow, NameRow, Row, WordsRow, type Wrong } from '../parts/edit/inputs';
import { Limits } from './Limits';
import { OptionsEditor } from './OptionsEditor';
import { conditionWords, type Says } from './words';

export interface EditorProps { form: FormDefinition; wrong: Wrong; says: Says; onChange: (next: FormDefinition, mark?: string) => void }

/** One question: its words, what it takes, when it must be answered and when it is asked. */
export function FieldEditor({ form, spot, wrong, says, onChange }: EditorProps & { spot: Extract<Spot, { on: 'field' }> }) {
  const t = useDesk();
  const w = t.forms.edit;
  const field = fieldAt(form, spot);
  if (!field) return null;
  const { takes } = field;
  const put = (next: FormField, mark?: string) => onChange(withField(form, spot.section, spot.field, next), mark && `${spot.section}.${spot.field}.${mark}`);
  const before = earlier(form, spot.section, spot.field);
  return (
    <>
      <WordsRow name="label" label={w.label} value={field.label} wrong={wrong} onChange={(label, mark) => put({ ...field, label }, mark)} />
      <MaybeWordsRow name="help" label={w.help} long value={field.help} wrong={wrong} onChange={(help, mark) => put({ ...field, help }, mark || undefined)} />
      <div className="edit-pair">
        <Row label={w.kind} wrong={null}>
          {({ id }) => <Select<Kind> id={id} value={takes.kind} options={optionsOf(w.kinds, KINDS)} listHeight={320} onChange={(kind) => put({ ...field, takes: takesOf(kind, takes), prefill: field.prefill && prefillsFor(kind).includes(field.prefill) ? field.prefill : null })} />}
        </Row>
        <NameRow label={t.editing.key} value={field.key} hint={field.key === 'planned' ? w.planned : w.keyHint} wrong={wrong('key')} onChange={(key) => onChange(renamed(form, spot, key))} />
      </div>
      <Limits takes={takes} wrong={wrong} onChange={(next, mark) => put({ ...field, takes: next }, mark)} />
      {'options' in takes ? <OptionsEditor key={field.key} options={takes.options} wrong={wrong} onChange={(options, mark) => put({ ...field, takes: { ...takes, options } }, mark)} onRename={(at, code) => onChange(optionRenamed(form, spot, at, code))} breaks={form} spot={spot} says={says} /> : null}
      <Required field={field} before={before} wrong={wrong} says={says} onChange={put} />
      <ShownWhen condition={field.shown_when} before={before} wrong={wrong('shown_when')} says={says} onChange={(shown_when) => put({ ...field, shown_when })} />
      {prefillsFor(takes.kind).length > 0 || wrong('prefill') ? (
        <Row label={w.prefill} wrong={wrong('prefill')}>
          {(told) => <Select<Prefill | ''> {...told} value={field.prefill ?? ''} options={[{ value: '', label: w.noPrefill }, ...optionsOf(w.prefills, prefillsFor(takes.kind))]} onChange={(next) => put({ ...field, prefill: next === '' ? null : next })} />}
        </Row>
      ) : null}
    </>
  );
}

function Required({ field, before, wrong, says, onChange }: { field: FormField; before: FormField[]; wrong: Wrong; says: Says; onChange: (next: FormField) => void }) {
  const t = useDesk();
  const w = t.forms.edit;
  const { required } = field;
  const choose = (need: 'always' | 'never' | 'when') => onChange({ ...field, required: need === 'when' ? { need, condition: required.need === 'when' ? required.condition : freshCondition(before) } : { need } });
  return (
    <Row label={w.required} wrong={wrong('required')} group>
      {() => (
        <>
          <Choice label={w.required} value={required.need} options={optionsOf(w.needs)} onChange={choose} />
          {required.need === 'when' ? (
            <>
              <ConditionEditor label={w.needs.when} condition={required.condition} before={before} onChange={(condition) => onChange({ ...field, required: { need: 'when', condition } })} />
              <p className="cond-words">{conditionWords(required.condition, says)}</p>
            </>
          ) : null}
        </>
      )}
    </Row>
  );
}

interface ShownProps { condition: FormCondition | null; before: FormField[]; wrong: string | null; says: Says; onChange: (next: FormCondition | null) => void }

/** When a question or a section is asked. */
export function ShownWhen({ condition, before, wrong, says, onChange }: ShownProps) {
  const t = useDesk();
  const w = t.forms.edit;
  const choose = (value: 'always' | 'when') => onChange(value === 'when' ? (condition ?? freshCondition(before)) : null);
  return (
    <Row label={w.shown} wrong={wrong} group>
      {() => (
        <>
          <Choice label={w.shown} value={condition ? 'when' : 'always'} options={[{ value: 'always', label: w.shownAlways }, { value: 'when', label: w.shownWhen }]} onChange={choose} />
          {condition ? <><ConditionEditor label={w.shownWhen} condition={condition} before={before} onChange={onChange} /><p className="cond-words">{conditionWords(condition, says)}</p></> : null}
        </>
      )}
    </Row>
  );
}
