import type { Stay } from '../../api';
import { dayKey } from '../../shared/format';
import type { Problems } from '../answers';
import { TextField } from '../parts/fields';
import { useWords } from '../words';

interface Props { stays: Stay[]; problems: Problems; onChange: (stays: Stay[]) => void }

/** Where she stayed in the last fourteen days, besides home. */
export function StayFields({ stays, problems, onChange }: Props) {
  const t = useWords();
  const today = dayKey(Date.now());
  const set = (row: number, part: Partial<Stay>) => onChange(stays.map((it, at) => (at === row ? { ...it, ...part } : it)));
  const problem = (row: number, field: keyof Stay) => problems[`places.${row}.${field}`] ?? null;
  return (
    <section className="m-card m-form" id="q-places">
      <div><h2 className="m-question">{t.declare.places}</h2><p className="m-hint">{t.declare.placesHint}</p></div>
      {stays.map((it, row) => (
        <fieldset key={row} className="m-part">
          <legend>{t.declare.placeNo(row + 1)}</legend>
          <TextField label={t.declare.place} hint={t.declare.placeHint} problem={problem(row, 'place')} value={it.place} onChange={(place) => set(row, { place })} maxLength={120} />
          <div className="m-two m-dates">
            <TextField label={t.declare.from} problem={problem(row, 'from')} value={it.from} onChange={(from) => set(row, { from })} type="date" max={today} />
            <TextField label={t.declare.until} problem={problem(row, 'until')} value={it.until} onChange={(until) => set(row, { until })} type="date" max={today} />
          </div>
          <label className="m-check"><input type="checkbox" checked={it.affected} onChange={(event) => set(row, { affected: event.target.checked })} />{t.declare.affected}</label>
          <button type="button" className="m-link" onClick={() => onChange(stays.filter((_, at) => at !== row))}>{t.declare.remove}</button>
        </fieldset>
      ))}
      <button type="button" className="m-button" onClick={() => onChange([...stays, { place: '', from: '', until: '', affected: false }])}>{t.declare.addPlace}</button>
    </section>
  );
}
