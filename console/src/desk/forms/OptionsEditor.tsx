import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { FormDefinition, FormOption } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { moved as swapped } from '../training/model';
import { useDesk } from '../strings';
import { RemoveDialog } from '../parts/edit/dialogs';
import { titleOf } from '../parts/edit/words';
import { brokenBy } from './conditions';
import { fieldAt, freeCode, OPTIONS_MOST, withField, type Spot } from './edit';
import { NameInput, type Wrong } from '../parts/edit/inputs';
import { brokenWords, type Says } from './words';

interface Props {
  options: FormOption[];
  wrong: Wrong;
  onChange: (next: FormOption[], mark?: string) => void;
  onRename: (at: number, code: string) => void;
  /** The form and the question, to say which conditions ask for an option. */
  breaks: FormDefinition;
  spot: Extract<Spot, { on: 'field' }>;
  says: Says;
}

/** The answers of a choice, in their order. */
export function OptionsEditor({ options, wrong, onChange, onRename, breaks, spot, says }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const [removing, setRemoving] = useState<number | null>(null);
  const w = t.forms.edit;
  const put = (at: number, next: FormOption, mark?: string) => onChange(options.map((it, index) => (index === at ? next : it)), mark);
  const left = (at: number) => options.filter((_, index) => index !== at);
  const add = () => {
    onChange([...options, { code: freeCode(options), label: { zh: '', en: '' } }]);
    setTimeout(() => document.getElementById(`option-${options.length}-zh`)?.focus());
  };
  const broken = (at: number) => {
    const field = fieldAt(breaks, spot);
    return field && 'options' in field.takes ? brokenBy(breaks, withField(breaks, spot.section, spot.field, { ...field, takes: { ...field.takes, options: left(at) } })) : [];
  };
  const remove = (at: number) => (broken(at).length === 0 ? onChange(left(at)) : setRemoving(at));
  const gone = removing === null ? undefined : options[removing];
  return (
    <fieldset className="edit-options">
      <legend>{w.options}</legend>
      <ol>
        {options.map((it, at) => {
          const faults = [wrong(`options.${at}.zh`), wrong(`options.${at}.en`), wrong(`options.${at}.code`)].filter((one) => one !== null);
          const words = (key: 'zh' | 'en') => ({ id: `option-${at}-${key}`, 'aria-label': t.editing.inBoth(w.option(at + 1), t.editing[key]), placeholder: t.editing[key], 'aria-invalid': wrong(`options.${at}.${key}`) !== null, status: wrong(`options.${at}.${key}`) ? 'error' as const : undefined, value: it.label[key], autoComplete: 'off', onChange: (event: { target: { value: string } }) => put(at, { ...it, label: { ...it.label, [key]: event.target.value } }, `options.${at}.${key}`) });
          return (
            <li key={at}>
              <Input {...words('zh')} />
              <Input {...words('en')} />
              <NameInput aria-label={w.codeOf(at + 1)} aria-invalid={wrong(`options.${at}.code`) !== null} status={wrong(`options.${at}.code`) ? 'error' : undefined} value={it.code} onChange={(code) => onRename(at, code)} />
              <span className="edit-option-acts">
                <Button type="text" size="small" icon={<ArrowUpOutlined />} aria-label={w.optionUp(at + 1)} disabled={at === 0} onClick={() => onChange(swapped(options, at, -1))} />
                <Button type="text" size="small" icon={<ArrowDownOutlined />} aria-label={w.optionDown(at + 1)} disabled={at === options.length - 1} onClick={() => onChange(swapped(options, at, 1))} />
                <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={w.removeOption(at + 1)} onClick={() => remove(at)} />
              </span>
              {faults.length > 0 ? <p className="ask-fault" role="alert">{[...new Set(faults)].join(t.gap)}</p> : null}
            </li>
          );
        })}
      </ol>
      {wrong('options') ? <p className="ask-fault" role="alert">{wrong('options')}</p> : null}
      <Button size="small" icon={<PlusOutlined />} disabled={options.length >= OPTIONS_MOST} onClick={add}>{w.addOption}</Button>
      {gone && removing !== null ? (
        <RemoveDialog title={w.removeOptionTitle(titleOf(gone.label, t.editing, lang))} lead={w.breaks} broken={broken(removing).map((it) => brokenWords(it, says))} confirm={t.editing.remove} onClose={() => setRemoving(null)} onConfirm={() => { onChange(left(removing)); setRemoving(null); }} />
      ) : null}
    </fieldset>
  );
}
