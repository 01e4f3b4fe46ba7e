import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, InputNumber, Select } from 'antd';
import type { FormCondition, FormField } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { optionsOf } from '../parts/FilterControls';
import { useDesk } from '../strings';
import { titleOf } from '../parts/edit/words';
import { INDUSTRIES, isIndustry, RISKS, SIZES } from './applicant';
import { DEPTH_MOST, suits } from './conditions';
import { industryWords } from './words';

type Is = FormCondition['is'];
const LEAVES: Is[] = ['yes', 'chosen', 'at_least', 'industry', 'size', 'risk'];
const GROUPS: Is[] = ['all', 'any', 'not'];

interface Props {
  condition: FormCondition;
  onChange: (next: FormCondition) => void;
  /** Takes it out of its group; none for the outermost. */
  onRemove?: () => void;
  /** What may be asked about. */
  before: FormField[];
  label: string;
  depth?: number;
}

/** What a condition begins as: about an earlier question when there is one. */
export function freshCondition(before: FormField[]): FormCondition {
  const is = LEAVES.find((it) => before.some((field) => suits(it, field.takes))) ?? 'industry';
  return made(is, null);
}

/** A condition of another kind; the question and what stands inside are kept where they still go. */
function made(is: Is, from: FormCondition | null): FormCondition {
  const field = from && 'field' in from ? from.field : '';
  switch (is) {
    case 'all':
    case 'any': return { is, of: from ? (from.is === 'all' || from.is === 'any' ? from.of : from.is === 'not' ? [from.of] : [from]) : [] };
    case 'not': return { is, of: from ?? { is: 'industry', begins: [] } };
    case 'yes': return { is, field };
    case 'chosen': return { is, field, codes: [] };
    case 'at_least': return { is, field, value: 1 };
    case 'industry': return { is, begins: [] };
    case 'size': return { is, classes: [] };
    case 'risk': return { is, levels: [] };
  }
}

function changed(is: Is, from: FormCondition, before: FormField[]): FormCondition {
  const next = made(is, from);
  if (!('field' in next)) return next;
  const fits = before.some((it) => it.key === next.field && suits(is, it.takes));
  return fits ? next : { ...next, field: '' };
}

/** One condition, and those inside it. */
export function ConditionEditor({ condition, onChange, onRemove, before, label, depth = 0 }: Props) {
  const t = useDesk();
  const w = t.forms.conditions;
  const kinds = [...LEAVES, ...(depth < DEPTH_MOST ? GROUPS : [])].filter((it) => it === condition.is || !['yes', 'chosen', 'at_least'].includes(it) || before.some((field) => suits(it, field.takes)));
  const grouped = condition.is === 'all' || condition.is === 'any' || condition.is === 'not';
  return (
    <div className={grouped ? 'cond is-group' : 'cond'} role="group" aria-label={label}>
      <div className="cond-line">
        <Select<Is> className="cond-is" aria-label={w.kind} value={condition.is} popupMatchSelectWidth={false} options={kinds.map((value) => ({ value, label: w.is[value] }))} onChange={(is) => onChange(changed(is, condition, before))} />
        <span className="cond-what"><Leaf condition={condition} onChange={onChange} before={before} /></span>
        {onRemove ? <Button type="text" size="small" icon={<CloseOutlined />} aria-label={w.remove} onClick={onRemove} /> : null}
      </div>
      {condition.is === 'all' || condition.is === 'any' ? <Members condition={condition} onChange={onChange} before={before} label={label} depth={depth} /> : null}
      {condition.is === 'not' ? <ConditionEditor condition={condition.of} onChange={(of) => onChange({ ...condition, of })} before={before} label={`${label} 1`} depth={depth + 1} /> : null}
      {depth === 0 && condition.is !== 'all' && condition.is !== 'any' ? (
        <Button size="small" icon={<PlusOutlined />} onClick={() => onChange({ is: 'all', of: [condition, freshCondition(before)] })}>{w.add}</Button>
      ) : null}
    </div>
  );
}

function Members({ condition, onChange, before, label, depth }: { condition: Extract<FormCondition, { is: 'all' | 'any' }>; onChange: (next: FormCondition) => void; before: FormField[]; label: string; depth: number }) {
  const t = useDesk();
  const w = t.forms.conditions;
  const { of } = condition;
  const remove = (at: number) => {
    const left = of.filter((_, index) => index !== at);
    const [only] = left;
    // A group of one is that one.
    onChange(left.length === 1 && only ? only : { ...condition, of: left });
  };
  return (
    <>
      {of.map((it, at) => (
        <ConditionEditor
          key={at} condition={it} before={before} label={`${label} ${at + 1}`} depth={depth + 1}
          onChange={(next) => onChange({ ...condition, of: of.map((one, index) => (index === at ? next : one)) })} onRemove={() => remove(at)}
        />
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => onChange({ ...condition, of: [...of, freshCondition(before)] })}>{w.add}</Button>
    </>
  );
}

function Leaf({ condition, onChange, before }: { condition: FormCondition; onChange: (next: FormCondition) => void; before: FormField[] }) {
  const t = useDesk();
  const words = useCommon();
  const w = t.forms.conditions;
  switch (condition.is) {
    case 'yes': return <QuestionSelect condition={condition} before={before} onChange={onChange} />;
    case 'chosen': return <><QuestionSelect condition={condition} before={before} onChange={onChange} /><Codes condition={condition} before={before} onChange={onChange} /></>;
    case 'at_least':
      return (
        <>
          <QuestionSelect condition={condition} before={before} onChange={onChange} />
          <InputNumber aria-label={w.value} precision={0} controls={false} value={condition.value} onChange={(value) => onChange({ ...condition, value: value ?? 0 })} />
        </>
      );
    case 'industry': return <Begins condition={condition} onChange={onChange} />;
    case 'size': return <Select mode="multiple" className="cond-many" optionFilterProp="label" aria-label={w.classes} placeholder={t.list.pick} value={condition.classes} options={optionsOf<string>(words.sizeClass, SIZES)} onChange={(classes: string[]) => onChange({ ...condition, classes })} />;
    case 'risk': return <Select mode="multiple" className="cond-many" optionFilterProp="label" aria-label={w.levels} placeholder={t.list.pick} value={condition.levels} options={optionsOf<string>(t.risks.levels, RISKS)} onChange={(levels: string[]) => onChange({ ...condition, levels })} />;
    default: return null;
  }
}

type Asking = Extract<FormCondition, { field: string }>;

function QuestionSelect({ condition, before, onChange }: { condition: Asking; before: FormField[]; onChange: (next: FormCondition) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.forms.conditions;
  const options = before.filter((it) => suits(condition.is, it.takes)).map((it) => ({ value: it.key, label: titleOf(it.label, t.editing, lang) }));
  const lost = condition.field !== '' && !options.some((it) => it.value === condition.field);
  return (
    <Select
      className="cond-question" aria-label={w.question} placeholder={w.pick} showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={320} status={lost ? 'error' : undefined} notFoundContent={w.none}
      value={condition.field || null} options={lost ? [{ value: condition.field, label: w.lost(condition.field), disabled: true }, ...options] : options}
      onChange={(field: string) => onChange(condition.is === 'chosen' ? { ...condition, field, codes: [] } : { ...condition, field })}
    />
  );
}

function Codes({ condition, before, onChange }: { condition: Extract<FormCondition, { is: 'chosen' }>; before: FormField[]; onChange: (next: FormCondition) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const takes = before.find((it) => it.key === condition.field)?.takes;
  const options = takes && 'options' in takes ? takes.options.map((it) => ({ value: it.code, label: titleOf(it.label, t.editing, lang) })) : [];
  return <Select mode="multiple" className="cond-many" aria-label={t.forms.conditions.codes} placeholder={t.forms.conditions.codes} optionFilterProp="label" value={condition.codes} options={options} onChange={(codes: string[]) => onChange({ ...condition, codes })} />;
}

function Begins({ condition, onChange }: { condition: Extract<FormCondition, { is: 'industry' }>; onChange: (next: FormCondition) => void }) {
  const t = useDesk();
  const w = t.forms.conditions;
  const wrong = condition.begins.some((it) => !isIndustry(it));
  return (
    <span className="cond-many">
      <Select
        mode="tags" aria-label={w.begins} placeholder={w.beginsHint} optionFilterProp="label" tokenSeparators={[',', '，', '、', ' ']} status={wrong ? 'error' : undefined} value={condition.begins}
        options={INDUSTRIES.map((value) => ({ value, label: industryWords(value, t.forms) }))} onChange={(begins: string[]) => onChange({ ...condition, begins: begins.map((it) => it.trim().toUpperCase()) })}
      />
      {wrong ? <small className="ask-fault" role="alert">{w.beginsRule}</small> : null}
    </span>
  );
}
