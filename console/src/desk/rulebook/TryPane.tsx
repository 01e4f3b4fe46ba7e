import { Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import type { RiskLevel, Rulebook, RulebookEffects } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { INDUSTRIES, RISKS, SIZES } from '../forms/applicant';
import { industryWords } from '../forms/words';
import { Pair } from '../parts/edit/Pair';
import { titleOf } from '../parts/edit/words';
import { optionsOf } from '../parts/FilterControls';
import { AreaPicker } from '../parts/PlacePicker';
import { ErrorState } from '../parts/states';
import { useDesk } from '../strings';
import { Changes } from './Compare';
import type { Part } from './diff';
import { becomes, regimeOf, routeOf, type Case } from './rules';
import type { Editing } from './useEditing';
import { useSays } from './useSays';
import { routePart, type Says } from './words';

/** What a draft would do, and to whom; nothing is stored. */
export function TryPane({ before, editing }: { before: Rulebook; editing: Editing }) {
  const t = useDesk();
  const { book, tried, faults } = editing;
  const w = t.rulebook.tries;
  return (
    <section className="edit-preview" aria-label={w.title}>
      <p className="form-lead">{w.lead}</p>
      <div className="try">
        <section>
          <h3>{w.effects}</h3>
          {tried.error && !tried.known ? <ErrorState error={tried.error} retry={tried.retry} /> : tried.effects ? <Effects effects={tried.effects} /> : <p>{faults.length > 0 || tried.faults.length > 0 ? w.waits : t.editing.checking}</p>}
        </section>
        <section><Applicant before={before} after={book} /></section>
        <section className="compare">
          <h3>{w.changes}</h3>
          <Changes before={before} after={book} same={w.nothing} />
        </section>
      </div>
    </section>
  );
}

export function Effects({ effects }: { effects: RulebookEffects }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.rulebook.tries;
  if (effects.stay + effects.filed + effects.sent_back === 0) return <p role="status">{w.nobody}</p>;
  return (
    <>
      <div className="try-counts" role="status">
        {(['stay', 'filed', 'sent_back'] as const).map((it) => <div key={it} className={it !== 'stay' && effects[it] > 0 ? 'is-grave' : ''}>{w.sum[it]}<b>{number(effects[it], lang)}</b></div>)}
      </div>
      <small>{w.effectsHint}</small>
    </>
  );
}

/** One enterprise, before and after. */
function Applicant({ before, after }: { before: Rulebook; after: Rulebook }) {
  const t = useDesk();
  const words = useCommon();
  const id = useId();
  const [it, setIt] = useState<Case>({ industry: 'C', size_class: 'below_scale', risk: 'low', area: '' });
  const [then, now] = [useSays(before), useSays(after)];
  const w = t.rulebook.tries;
  const p = t.forms.preview;
  const rows = rowsOf(before, after, it, then, now, t.review.regimes);
  const differs = rows.some((row) => row.was !== row.is);
  return (
    <>
      <fieldset className="preview-head">
        <legend>{p.applicant}</legend>
        <label htmlFor={`${id}-industry`}>{p.industry}</label>
        <Select id={`${id}-industry`} size="small" showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={280} value={it.industry} options={INDUSTRIES.map((value) => ({ value: value as string, label: industryWords(value, t.forms) }))} onChange={(industry: string) => setIt({ ...it, industry })} />
        <label htmlFor={`${id}-size`}>{p.size}</label>
        <Select id={`${id}-size`} size="small" value={it.size_class} options={optionsOf<string>(words.sizeClass, SIZES)} onChange={(size_class: string) => setIt({ ...it, size_class })} />
        <label htmlFor={`${id}-risk`}>{p.risk}</label>
        <Select id={`${id}-risk`} size="small" value={it.risk} options={optionsOf<RiskLevel>(t.risks.levels, RISKS)} onChange={(risk: RiskLevel) => setIt({ ...it, risk })} />
        <label htmlFor={`${id}-area`}>{w.area}</label>
        <AreaPicker id={`${id}-area`} label={w.area} value={it.area || null} onChange={(area) => setIt({ ...it, area: area ?? '' })} />
        {it.area === '' ? <small>{w.areaHint}</small> : null}
      </fieldset>
      <p role="status"><b>{differs ? w.differs : w.sameFor}</b></p>
      {rows.map((row) => (row.was === row.is ? <dl className="book-facts" key={row.name}><dt>{row.name}</dt><dd>{row.is}</dd></dl> : <Pair key={row.name} name={row.name} was={row.was} is={row.is} />))}
      {regimeOf(before, it) === regimeOf(after, it) ? null : <dl className="book-facts"><dt>{w.underWay}</dt><dd>{w.becomes[becomes(before, after, it)]}</dd></dl>}
    </>
  );
}

interface Line { name: string; was: ReactNode; is: ReactNode }
const FACTS: Part[] = ['lead', 'opinions', 'visit', 'reply_hours', 'decision_working_days'];

function rowsOf(before: Rulebook, after: Rulebook, it: Case, then: Says, now: Says, regimes: Record<'approval' | 'filing' | 'closed', string>): Line[] {
  const { w, e, lang } = now;
  const [old, next] = [routeOf(before, it), routeOf(after, it)];
  const lines: Line[] = [{ name: w.parts.regime, was: regimes[regimeOf(before, it)], is: regimes[regimeOf(after, it)] }];
  if (!old || !next) return lines;
  lines.push({ name: w.tries.route, was: titleOf(old.name, e, lang), is: titleOf(next.name, e, lang) });
  return [...lines, ...FACTS.map((part) => ({ name: w.parts[part], was: routePart(part, old, then), is: routePart(part, next, now) }))];
}
