// A person without a terminal: by scanner (F1) or by hand (F2), with the handheld thermometer's reading.
import { useRef, useState } from 'react';
import type { FormEvent, KeyboardEvent } from 'react';
import { useNow, usePage } from '../context';
import { foreignOf } from '../foreign/text';
import { passListWords } from '../passes/words';
import { passOf } from '../pass';
import { WORDS } from '../phrases';
import type { Answer, EntryInput } from '../runtime';
import type { BoardState } from '../state';
import { readReading, tidyReading, withoutLast } from '../temperature';
import type { Mask, RosterEntry } from '../wire';
import { CameraScan } from './CameraScan';
import { Dialog } from './Dialog';
import { Choice, Field, Problem } from './fields';
import { NumPad } from './NumPad';

interface Props {
  mode: 'scan' | 'manual';
  /** What the scanner typed before the dialog was open. */
  typed: string;
  state: BoardState;
  find: (code: string) => RosterEntry | null;
  onSubmit: (entry: EntryInput) => Promise<Answer>;
  /** A certificate of somebody else's: it stands for no person on the roster. */
  onForeign: (text: string) => void;
  onClose: () => void;
}
type By = 'employee_no' | 'card_no';
const MASKS: readonly Mask[] = ['worn', 'missing', 'worn_wrong', 'unknown'];
const MOST_LANES = 8;

export function EntryDialog({ mode, typed, state, find, onSubmit, onForeign, onClose }: Props) {
  const { t, lang } = usePage();
  const [by, setBy] = useState<By>('employee_no');
  const [code, setCode] = useState(typed);
  const [reading, setReading] = useState('');
  const [mask, setMask] = useState<Mask>('unknown');
  const [direction, setDirection] = useState<'in' | 'out'>(state.direction === 'out' ? 'out' : 'in');
  const [lane, setLane] = useState(state.lane ?? 1);
  const [active, setActive] = useState<'code' | 'reading'>('code');
  const [errors, setErrors] = useState<{ code?: string; reading?: string; form?: string }>({});
  const [busy, setBusy] = useState(false);
  const readingField = useRef<HTMLInputElement>(null);
  const codeField = useRef<HTMLInputElement>(null);
  const pass = passOf(code);
  const foreign = foreignOf(code);
  const person = code.trim() === '' || pass || foreign ? null : find(code.trim());
  const offline = state.net.kind === 'offline';
  const serverNow = useNow() + state.clock_offset_ms;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    if (foreign) return onForeign(foreign);
    const plain = code.trim();
    if (plain === '') {
      setErrors({ code: t.entry.codeMissing });
      codeField.current?.focus();
      return;
    }
    const read = readReading(reading);
    if (read.kind === 'out_of_range') {
      setErrors({ reading: t.entry.temperatureRange });
      readingField.current?.focus();
      return;
    }
    setBusy(true);
    const answer = await onSubmit({
      ...(pass ? { employee_no: null, card_no: null, pass } : identity(mode, by, plain, person)),
      direction,
      lane,
      temperature_c: read.kind === 'celsius' ? read.celsius : null,
      mask,
    });
    setBusy(false);
    if (answer.ok) onClose();
    else setErrors({ form: t.error(answer.code) });
  }

  /** A scanner ends with Enter: the reading comes next, and its Enter gives the verdict. */
  function onCodeKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || foreign || reading !== '' || code.trim() === '' || state.rules?.temperature_required === false) return;
    event.preventDefault();
    readingField.current?.focus();
  }

  function scanned(text: string): void {
    const shown = foreignOf(text);
    if (shown) return onForeign(shown);
    setCode(text);
    (state.rules?.temperature_required === false ? codeField : readingField).current?.focus();
  }

  function press(digit: string): void {
    if (active === 'reading') setReading((it) => tidyReading(it + digit));
    else setCode((it) => it + digit);
  }

  const codeLabel = mode === 'scan' ? t.entry.scanLabel : by === 'card_no' ? t.entry.cardNo : t.entry.employeeNo;
  return (
    <Dialog title={mode === 'scan' ? t.entry.scanTitle : t.entry.manualTitle} wide onClose={onClose}>
      <form className="g-form g-form-pad" onSubmit={(event) => void submit(event)} noValidate>
        <div className="g-fields">
          {mode === 'manual' && (
            <Choice label={t.entry.by} value={by} onChange={setBy} options={[{ value: 'employee_no', label: t.entry.employeeNo }, { value: 'card_no', label: t.entry.cardNo }]} />
          )}
          <Field label={codeLabel} error={errors.code ?? null} hint={<Found code={code} foreign={foreign !== null} pass={pass && (offline ? passListWords(t, state.passes, serverNow) : t.entry.passLead)} person={person} lead={mode === 'scan' ? t.entry.scanLead : null} known={state.roster !== null} />}>
            {({ id, describedBy, invalid }) => (
              <input id={id} ref={codeField} data-autofocus autoFocus className="g-input g-input-big" value={code} autoComplete="off" autoCapitalize="characters" spellCheck={false}
                aria-describedby={describedBy} aria-invalid={invalid} onKeyDown={onCodeKey} onFocus={() => setActive('code')}
                onChange={(event) => setCode(event.target.value)} />
            )}
          </Field>
          {mode === 'scan' && <CameraScan onCode={scanned} />}
          <Field label={t.entry.temperature} error={errors.reading ?? null} hint={t.entry.temperatureHint}>
            {({ id, describedBy, invalid }) => (
              <input id={id} ref={readingField} className="g-input g-input-big" value={reading} inputMode="decimal" autoComplete="off"
                aria-describedby={describedBy} aria-invalid={invalid} onFocus={() => setActive('reading')} onChange={(event) => setReading(tidyReading(event.target.value))} />
            )}
          </Field>
          <Choice label={t.entry.mask} value={mask} onChange={setMask} options={MASKS.map((value) => ({ value, label: WORDS[lang].mask[value] }))} />
          <div className="g-pair">
            {state.direction === 'both' && (
              <Choice label={t.entry.direction} value={direction} onChange={setDirection} options={(['in', 'out'] as const).map((value) => ({ value, label: t.entry.directions[value] }))} />
            )}
            {1 < state.lanes && state.lane === null && (
              <Choice label={t.entry.lane} value={String(lane)} onChange={(value) => setLane(Number(value))}
                options={Array.from({ length: Math.min(state.lanes, MOST_LANES) }, (_, i) => ({ value: String(i + 1), label: String(i + 1) }))} />
            )}
          </div>
          {offline && !pass && <p className="g-note">{t.entry.offline}</p>}
          <Problem text={errors.form ?? null} />
        </div>
        <div className="g-side-pad">
          <NumPad onDigit={press}
            onBack={() => (active === 'reading' ? setReading(withoutLast) : setCode((it) => it.slice(0, -1)))}
            onClear={() => (active === 'reading' ? setReading('') : setCode(''))} />
          <button type="submit" className="g-key g-key-go g-submit" disabled={busy}><b>{foreign ? t.foreign.check : t.entry.submit}</b><kbd>Enter</kbd></button>
        </div>
      </form>
    </Dialog>
  );
}

interface FoundProps {
  code: string;
  foreign: boolean;
  /** What becomes of the pass that was scanned. */
  pass: string | null;
  person: RosterEntry | null;
  lead: string | null;
  known: boolean;
}

function Found({ code, foreign, pass, person, lead, known }: FoundProps) {
  const { t } = usePage();
  if (person) {
    return <span className="g-found"><b>{person.masked_name}</b>{[person.team, t.person.tail(person.tail)].filter(Boolean).join(t.gap)}</span>;
  }
  if (foreign) return <span className="g-found"><b>{t.foreign.title}</b>{t.foreign.lead}</span>;
  if (pass) return <span className="g-found"><b>{t.entry.pass}</b>{pass}</span>;
  return <>{3 < code.trim().length && known ? t.entry.notOnRoster : (lead ?? '')}</>;
}

/** A scanned code is a card number unless the roster knows it as an employee's. */
function identity(mode: 'scan' | 'manual', by: By, code: string, person: RosterEntry | null): Pick<EntryInput, 'employee_no' | 'card_no' | 'pass'> {
  const scannedEmployee = mode === 'scan' && person?.employee_no === code;
  const asEmployee = mode === 'scan' ? scannedEmployee : by === 'employee_no';
  return asEmployee ? { employee_no: code, card_no: null, pass: null } : { employee_no: null, card_no: code, pass: null };
}
