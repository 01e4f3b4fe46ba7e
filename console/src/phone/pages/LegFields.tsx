import type { Leg, LegKind } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { dayKey } from '../../shared/format';
import type { Problems } from '../answers';
import { Field, TextField } from '../parts/fields';
import { useWords } from '../words';

interface Props { legs: Leg[]; problems: Problems; onChange: (legs: Leg[]) => void }
const KINDS: LegKind[] = ['train', 'flight', 'coach', 'ship', 'car'];

/** How she travelled there: what finds fellow travellers later. */
export function LegFields({ legs, problems, onChange }: Props) {
  const t = useWords();
  const words = useCommon();
  const today = dayKey(Date.now());
  const set = (row: number, part: Partial<Leg>) => onChange(legs.map((it, at) => (at === row ? { ...it, ...part } : it)));
  const problem = (row: number, field: keyof Leg) => problems[`legs.${row}.${field}`] ?? null;
  return (
    <section className="m-card m-form" id="q-legs">
      <div><h2 className="m-question">{t.declare.legs}</h2><p className="m-hint">{t.declare.legsHint}</p></div>
      {legs.map((it, row) => (
        <fieldset key={row} className="m-part">
          <legend>{t.declare.legNo(row + 1)}</legend>
          <div className="m-two">
            <Field label={t.declare.kind}>
              {({ id }) => <select id={id} className="m-input" value={it.kind} onChange={(event) => set(row, { kind: event.target.value as LegKind })}>{KINDS.map((kind) => <option key={kind} value={kind}>{words.legKind[kind]}</option>)}</select>}
            </Field>
            <TextField label={t.declare.number[it.kind]} problem={problem(row, 'number')} value={it.number} onChange={(number) => set(row, { number })} maxLength={20} autoCapitalize="characters" autoComplete="off" />
          </div>
          <TextField label={t.declare.on} problem={problem(row, 'on')} value={it.on} onChange={(on) => set(row, { on })} type="date" max={today} />
          <div className="m-two">
            <TextField label={t.declare.legFrom} problem={problem(row, 'from')} value={it.from} onChange={(from) => set(row, { from })} maxLength={60} />
            <TextField label={t.declare.legTo} problem={problem(row, 'to')} value={it.to} onChange={(to) => set(row, { to })} maxLength={60} />
          </div>
          {it.kind === 'car' ? null : (
            <div className="m-two">
              {it.kind === 'train' ? <TextField label={t.declare.carriage} value={it.carriage ?? ''} onChange={(carriage) => set(row, { carriage: carriage || null })} maxLength={20} /> : null}
              <TextField label={t.declare.seat} value={it.seat ?? ''} onChange={(seat) => set(row, { seat: seat || null })} maxLength={20} />
            </div>
          )}
          <button type="button" className="m-link" onClick={() => onChange(legs.filter((_, at) => at !== row))}>{t.declare.remove}</button>
        </fieldset>
      ))}
      <button type="button" className="m-button" onClick={() => onChange([...legs, { kind: 'train', number: '', on: '', carriage: null, seat: null, from: '', to: '' }])}>{t.declare.addLeg}</button>
    </section>
  );
}
