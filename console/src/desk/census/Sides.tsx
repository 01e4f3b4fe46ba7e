import { Checkbox } from 'antd';
import type { CandidateView, CensusDetail, CensusField } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { PremisesPicker } from '../grid/pickers';
import { EnterprisePicker } from '../parts/PlacePicker';
import { useDesk } from '../strings';
import { linesOf } from './model';

interface LinesProps { detail: CensusDetail; candidate: CandidateView | null; take: CensusField[] | null; onTake: (take: CensusField[]) => void }

/** What was found and what is registered, field by field; where they differ, the register may take it over. */
export function Lines({ detail, candidate, take, onTake }: LinesProps) {
  const t = useDesk();
  const w = t.census;
  const words = useCommon();
  const { lang } = useLang();
  const lines = linesOf(detail, candidate, { kind: (code) => w.kinds[code], size: (code) => words.sizeClass[code as keyof typeof words.sizeClass] ?? code, people: (n) => number(n, lang) });
  const toggle = (field: CensusField, on: boolean) => onTake(on ? [...(take ?? []), field] : (take ?? []).filter((it) => it !== field));
  return (
    <table className="plain-table census-lines">
      <thead><tr><th><span className="sr-only">{w.column}</span></th><th>{w.found}</th>{candidate ? <th>{w.register}</th> : null}{take ? <th>{w.take}</th> : null}</tr></thead>
      <tbody>
        {lines.map((it) => (
          <tr key={it.column} className={it.differs ? 'differs' : undefined}>
            <th scope="row">{w.columns[it.column]} {it.differs ? <span className="mark">{w.differs}</span> : null}</th>
            <td data-label={candidate ? w.found : undefined}>{it.found || '—'}</td>
            {candidate ? <td data-label={w.register}>{it.registered || '—'}</td> : null}
            {take ? <td className="take">{it.field ? <Checkbox aria-label={w.takeField(w.fields[it.field])} checked={take.includes(it.field)} onChange={(event) => { if (it.field) toggle(it.field, event.target.checked); }}>{w.take}</Checkbox> : null}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CandidatesProps { detail: CensusDetail; chosen: number; onChoose: (at: number) => void; other: string | undefined; onOther: ((id: string | undefined) => void) | null }

/** The enterprises, or premises, that a finding may be, and why. */
export function Candidates({ detail, chosen, onChoose, other, onOther }: CandidatesProps) {
  const t = useDesk();
  const w = t.census;
  const premises = detail.finding.kind !== 'enterprise';
  const OtherPicker = premises ? PremisesPicker : EnterprisePicker;
  return (
    <section className="block">
      <h2>{premises ? w.premisesLabel : w.candidatesLabel}</h2>
      {detail.candidates.length === 0 ? <p className="muted">{w.noCandidate}</p> : null}
      <ul className="census-candidates">
        {detail.candidates.map((it, at) => (
          <li key={it.id}>
            <button type="button" aria-pressed={at === chosen} onClick={() => onChoose(at)}>
              <b>{at + 1}. {it.name}</b>
              <small>{it.score > 0 ? `${w.score(it.score)}${t.gap}` : ''}{it.signs.map((sign) => w.signs[sign]).join(t.gap)}</small>
              <small>{premises ? w.kinds[it.kind] : it.credit_code}</small>
            </button>
          </li>
        ))}
      </ul>
      {detail.out_of_reach > 0 ? <p className="muted">{w.outOfReach(detail.out_of_reach)}</p> : null}
      {onOther ? <div className="census-other"><label htmlFor="census-other">{premises ? w.otherPremises : w.other}</label><OtherPicker id="census-other" label={premises ? w.otherPremisesPick : w.otherPick} value={other ?? null} onChange={onOther} /></div> : null}
    </section>
  );
}
