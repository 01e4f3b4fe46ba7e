import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import type { FormAnswer, FormField } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { Choice } from '../parts/Choice';
import { useDesk } from '../strings';

/** More options than this are a list to open. */
const CHIPS_MOST = 8;

interface Props {
  field: FormField;
  id: string;
  /** Help and errors, for those who hear the page. */
  describedBy: string | undefined;
  invalid: boolean;
  value: FormAnswer | undefined;
  onChange: (answer: FormAnswer | null) => void;
}

/** What takes the answer to a question, by its kind; files are elsewhere. */
export function FieldInput({ field, id, describedBy, invalid, value, onChange }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.applications;
  const { takes } = field;
  const label = field.label[lang];
  const text = typeof value === 'string' ? value : '';
  const typed = (next: string) => onChange(next === '' ? null : next);
  const told = { id, 'aria-describedby': describedBy, 'aria-invalid': invalid, status: invalid ? 'error' as const : undefined };
  switch (takes.kind) {
    case 'text': return <Input {...told} value={text} autoComplete="off" onChange={(event) => typed(event.target.value)} />;
    case 'phone': return <Input {...told} type="tel" value={text} autoComplete="off" onChange={(event) => typed(event.target.value)} />;
    case 'date': return <Input {...told} className="ask-date" type="date" value={text} onChange={(event) => typed(event.target.value)} />;
    case 'prose':
      return (
        <>
          <Input.TextArea {...told} rows={4} value={text} onChange={(event) => typed(event.target.value)} />
          <small className="ask-count">{w.characters([...text.trim()].length, takes.most)}</small>
        </>
      );
    case 'number':
      return (
        <span className="ask-number">
          <InputNumber {...told} value={typeof value === 'number' ? value : null} precision={0} max={Number.MAX_SAFE_INTEGER} min={-Number.MAX_SAFE_INTEGER} controls={false} onChange={(next) => onChange(next === null ? null : Number(next))} />
          {takes.unit ? <span>{takes.unit[lang]}</span> : null}
          <small>{w.range(number(takes.least, lang), number(takes.most, lang))}</small>
        </span>
      );
    case 'yes_no':
      return <Chips id={id} label={label} value={typeof value === 'boolean' ? String(value) : undefined} options={[{ value: 'true', label: w.yes }, { value: 'false', label: w.no }]} onChange={(next) => onChange(next === null ? null : next === 'true')} />;
    case 'choice': {
      const options = takes.options.map((it) => ({ value: it.code, label: it.label[lang] }));
      if (options.length <= CHIPS_MOST) return <Chips id={id} label={label} value={text || undefined} options={options} onChange={onChange} />;
      return <Select {...told} aria-label={label} showSearch={{ optionFilterProp: 'label' }} allowClear placeholder={w.choose} value={text || null} options={options} onChange={(next: string | undefined) => onChange(next ?? null)} />;
    }
    case 'choices':
      return (
        <div role="group" aria-label={label} aria-describedby={describedBy} id={id} tabIndex={-1}>
          <Checkbox.Group
            className="ask-choices" value={Array.isArray(value) ? value : []} options={takes.options.map((it) => ({ value: it.code, label: it.label[lang] }))}
            onChange={(next) => onChange(next.length === 0 ? null : next)}
          />
        </div>
      );
    case 'files': return null;
  }
}

interface ChipsProps { id: string; label: string; value: string | undefined; options: { value: string; label: string }[]; onChange: (value: string | null) => void }

function Chips({ id, label, value, options, onChange }: ChipsProps) {
  const t = useDesk();
  return (
    <span className="ask-chips">
      <Choice id={id} label={label} value={value} options={options} onChange={onChange} />
      {value === undefined ? null : <Button type="link" size="small" aria-label={`${t.applications.clear} ${label}`} onClick={() => onChange(null)}>{t.applications.clear}</Button>}
    </span>
  );
}
