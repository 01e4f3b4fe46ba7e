import { Select } from 'antd';
import { useState } from 'react';
import type { RiskLevel, RulebookGroup } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useGet } from '../data';
import { INDUSTRIES, isIndustry, RISKS, SIZES } from '../forms/applicant';
import { industryWords } from '../forms/words';
import { optionsOf } from '../parts/FilterControls';
import { Row } from '../parts/edit/inputs';
import { useDebounced } from '../parts/useDebounced';
import { useDesk } from '../strings';
import type { Says } from './words';

interface Props { group: RulebookGroup; wrong: string | null; says: Says; hint: string; onChange: (next: RulebookGroup) => void }

/** Whom a rule is about: industry and size and risk and area. */
export function GroupEditor({ group, wrong, says, hint, onChange }: Props) {
  const t = useDesk();
  const words = useCommon();
  const w = t.rulebook.edit;
  const misspelt = group.industries.some((it) => !isIndustry(it));
  return (
    <fieldset className="book-group">
      <legend>{w.group}</legend>
      <small>{hint}</small>
      {wrong ? <p className="ask-fault" role="alert">{wrong}</p> : null}
      <div className="book-group-lists">
        <Row label={w.industries} hint={w.industriesHint} wrong={misspelt ? w.industryRule : null}>
          {(told) => (
            <Select
              {...told} mode="tags" placeholder={w.anyone} optionFilterProp="label" tokenSeparators={[',', '，', '、', ' ']} value={group.industries}
              options={INDUSTRIES.map((value) => ({ value, label: industryWords(value, t.forms) }))} onChange={(list: string[]) => onChange({ ...group, industries: list.map((it) => it.trim().toUpperCase()) })}
            />
          )}
        </Row>
        <Row label={w.sizes} wrong={null}>
          {(told) => <Select {...told} mode="multiple" placeholder={w.anyone} optionFilterProp="label" value={group.size_classes} options={optionsOf<string>(words.sizeClass, SIZES)} onChange={(size_classes: string[]) => onChange({ ...group, size_classes })} />}
        </Row>
        <Row label={w.risks} wrong={null}>
          {(told) => <Select {...told} mode="multiple" placeholder={w.anyone} optionFilterProp="label" value={group.risks} options={optionsOf<RiskLevel>(t.risks.levels, RISKS)} onChange={(risks: RiskLevel[]) => onChange({ ...group, risks })} />}
        </Row>
        <Row label={w.areas} wrong={null}>
          {(told) => <Areas told={told} value={group.areas} name={says.area} onChange={(areas) => onChange({ ...group, areas })} />}
        </Row>
      </div>
    </fieldset>
  );
}

/** Areas by name or code; with all that is below them. */
function Areas({ told, value, name, onChange }: { told: { id: string; 'aria-describedby': string | undefined }; value: string[]; name: (code: string) => string; onChange: (next: string[]) => void }) {
  const t = useDesk();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), 250);
  const found = useGet('/areas', { query: { search, limit: 30 } }, { keep: true });
  const options = new Map((found.data?.items ?? []).map((it) => [it.code, it.name]));
  for (const code of value) if (!options.has(code)) options.set(code, name(code));
  return (
    <Select
      {...told} mode="multiple" placeholder={t.rulebook.edit.anyone} loading={found.isFetching} showSearch={{ onSearch: setText, filterOption: false }} value={value} onChange={onChange}
      options={[...options].map(([code, label]) => ({ value: code, label, title: code }))}
      optionRender={(option) => <span className="found"><span>{option.data.label}</span><small>{option.data.value}</small></span>}
    />
  );
}
