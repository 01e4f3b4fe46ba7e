// Clinical readings of those who pass, from which the box learns what this site adds to its estimates. Only while a technician wants it.
import { useCallback, useEffect, useId, useState } from 'react';
import type { FormEvent } from 'react';
import { pairsAtDoor, type PairingState } from '../../api';
import { clock, dayTime } from '../../shared/format';
import { usePage } from '../context';
import { Dialog } from '../dialogs/Dialog';
import { Choice, Field, Problem } from '../dialogs/fields';
import { NumPad } from '../dialogs/NumPad';
import { readReading, tidyReading, withoutLast } from '../temperature';

type Act = Parameters<typeof pairsAtDoor>;
type Site = 'oral' | 'tympanic';
const ASKED_EVERY_MS = 2000;

export function PairingDialog({ onClose }: { onClose: () => void }) {
  const { t } = usePage();
  const w = t.door.pairing;
  const { state, problem, act } = usePairs();
  const [site, setSite] = useState<Site>('tympanic');
  const [chosen, setChosen] = useState<number | null>(null);
  const [reading, setReading] = useState('');
  const [sure, setSure] = useState(false);
  const [fever, setFever] = useState(false);
  const open = state?.waiting.filter((it) => !it.is_paired) ?? [];
  const no = open.find((it) => it.no === chosen)?.no ?? open[0]?.no ?? null;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const read = readReading(reading);
    if (no === null || read.kind !== 'celsius') return;
    const taken = await act('', { no, clinical_c: read.celsius, site });
    if (!taken) return;
    setFever(state !== null && state.fever_from_c <= read.celsius);
    setReading('');
    setChosen(null);
  }

  return (
    <Dialog title={w.title} wide onClose={onClose}>
      <form className="g-form g-form-pad" onSubmit={(event) => void submit(event)} noValidate>
        <div className="g-fields">
          <p className="g-note">{w.lead}</p>
          {state ? <Standing state={state} /> : null}
          <Choice<Site> label={w.site} value={site} onChange={setSite} options={[{ value: 'tympanic', label: w.sites.tympanic }, { value: 'oral', label: w.sites.oral }]} />
          <Waiting state={state} value={no} onChange={setChosen} />
          <Field label={w.reading} error={readReading(reading).kind === 'out_of_range' && reading.length > 3 ? t.entry.temperatureRange : null}>
            {({ id, describedBy, invalid }) => (
              <input id={id} data-autofocus autoFocus className="g-input g-input-huge" value={reading} inputMode="decimal" autoComplete="off" aria-describedby={describedBy} aria-invalid={invalid}
                onChange={(event) => { setFever(false); setReading(tidyReading(event.target.value)); }} />
            )}
          </Field>
          {fever ? <p className="g-problem" role="alert">{w.fever}</p> : null}
          <Problem text={problem} />
          <div className="g-pairing-acts">
            <button type="button" className="g-key" disabled={(state?.last_no ?? null) === null} onClick={() => { setFever(false); void act('/undo'); }}>{w.undo}</button>
            <button type="button" className="g-key g-key-go" disabled={!state?.learnt} onClick={() => void act('/adoption')}>{w.adopt}</button>
            {sure
              ? <button type="button" className="g-key" onClick={() => { setSure(false); void act('/forgetting'); }}>{w.forgetSure}</button>
              : <button type="button" className="g-key" disabled={!state || (state.pairs === 0 && !state.in_use)} onClick={() => setSure(true)}>{w.forget}</button>}
          </div>
        </div>
        <div className="g-side-pad">
          <NumPad onDigit={(digit) => setReading((it) => tidyReading(it + digit))} onBack={() => setReading(withoutLast)} onClear={() => setReading('')} />
          <button type="submit" className="g-key g-key-go g-submit" disabled={no === null || readReading(reading).kind !== 'celsius'}><b>{w.submit}</b><kbd>Enter</kbd></button>
        </div>
      </form>
    </Dialog>
  );
}

function usePairs() {
  const { t } = usePage();
  const [state, setState] = useState<PairingState | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const faults = t.door.pairing.faults;
  const act = useCallback(async (...what: Act): Promise<boolean> => {
    const said = await pairsAtDoor(...what);
    if (said.ok) setState(said.state);
    setProblem(said.ok ? null : faults[said.fault]);
    return said.ok;
  }, [faults]);
  useEffect(() => {
    const ask = async (): Promise<void> => {
      const said = await pairsAtDoor();
      if (said.ok) setState(said.state);
    };
    void ask();
    const timer = setInterval(() => void ask(), ASKED_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return { state, problem, act };
}

/** What the pairs say, and what is in use. */
function Standing({ state }: { state: PairingState }) {
  const { t, lang } = usePage();
  const w = t.door.pairing;
  const { learnt, refused, in_use } = state;
  return (
    <div role="status"><dl className="g-pairing-facts">
      <div><dt>{w.pairs}</dt><dd>{w.of(state.pairs, state.pairs_least)}</dd></div>
      <div><dt>{w.learnt}</dt><dd>{learnt ? w.offset(signed(learnt.by), learnt.u.toFixed(2)) : refused ? w.refused(refused) : '—'}{learnt && !learnt.slope ? ` ${w.noSlope}` : ''}</dd></div>
      <div><dt>{w.inUse}</dt><dd>{in_use ? w.since(signed(in_use.offset.by), dayTime(in_use.since, lang)) : w.shipped}</dd></div>
    </dl></div>
  );
}

function Waiting({ state, value, onChange }: { state: PairingState | null; value: number | null; onChange: (no: number) => void }) {
  const { t } = usePage();
  const w = t.door.pairing;
  const name = useId();
  const open = state?.waiting.filter((it) => !it.is_paired) ?? [];
  if (open.length === 0) return <p className="g-note">{w.nobody}</p>;
  return (
    <fieldset className="g-people">
      <legend>{w.who}</legend>
      {open.slice(0, 4).map((it) => (
        <label key={it.no} className={it.no === value ? 'g-chosen' : undefined}>
          <input type="radio" name={name} value={it.no} checked={it.no === value} onChange={() => onChange(it.no)} />
          <b>{it.masked_name ?? t.person.unknown}</b>
          <span>{w.estimated(it.estimate_c.toFixed(1))}</span>
          <time>{clock(Date.parse(it.at))}</time>
        </label>
      ))}
    </fieldset>
  );
}

/** Two decimals of a kelvin, with its sign. */
const signed = (kelvin: number): string => `${kelvin < 0 ? '−' : '+'}${Math.abs(kelvin).toFixed(2)}`;
