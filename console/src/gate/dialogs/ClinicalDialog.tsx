// The clinical thermometer's reading, which decides a hold for temperature.
import { useState } from 'react';
import type { FormEvent } from 'react';
import { VerdictShape } from '../../shared/VerdictShape';
import { usePage } from '../context';
import { degrees } from '../phrases';
import { personOf } from '../rows';
import type { Row } from '../rows';
import type { Answer } from '../runtime';
import type { BoardState } from '../state';
import { readReading, tidyReading, withoutLast } from '../temperature';
import { Dialog } from './Dialog';
import { Field, Problem } from './fields';
import { NumPad } from './NumPad';
import { PersonChoice } from './PersonChoice';

interface Props {
  state: BoardState;
  first: Row | null;
  onSubmit: (row: Row, celsius: number, note: string) => Promise<Answer>;
  onClose: () => void;
}

export function ClinicalDialog({ state, first, onSubmit, onClose }: Props) {
  const { t } = usePage();
  const rows = state.waiting;
  const [key, setKey] = useState((first ?? rows.find((it) => it.key === state.current?.key) ?? rows[0])?.key ?? '');
  const [reading, setReading] = useState('');
  const [note, setNote] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const row = rows.find((it) => it.key === key) ?? (first && rows.find((it) => personOf(it) === personOf(first))) ?? rows[0] ?? null;
  const limit = state.rules?.fever_suspected_c ?? 37.3;
  const offline = state.net.kind === 'offline';

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const read = readReading(reading);
    if (read.kind !== 'celsius') return setError(t.entry.temperatureRange);
    if (!row || busy) return;
    setBusy(true);
    const answer = await onSubmit(row, read.celsius, note.trim());
    setBusy(false);
    if (answer.ok) onClose();
    else setProblem(t.error(answer.code));
  }

  if (!row) return <Dialog title={t.clinical.title} onClose={onClose}><p className="g-note">{t.clinical.nobody}</p></Dialog>;
  return (
    <Dialog title={t.clinical.title} wide onClose={onClose}>
      <form className="g-form g-form-pad" onSubmit={(event) => void submit(event)} noValidate>
        <div className="g-fields">
          <PersonChoice label={t.clinical.who} rows={rows} value={row.key} onChange={setKey} detail={(it) => degrees(it.temperature_c) ?? ''} />
          <Field label={t.clinical.reading} error={error} hint={t.clinical.rule(limit.toFixed(1))}>
            {({ id, describedBy, invalid }) => (
              <input id={id} data-autofocus autoFocus className="g-input g-input-huge" value={reading} inputMode="decimal" autoComplete="off" aria-describedby={describedBy} aria-invalid={invalid}
                onChange={(event) => { setError(null); setReading(tidyReading(event.target.value)); }} />
            )}
          </Field>
          <Outlook reading={reading} limit={limit} row={row} />
          <Field label={t.clinical.note}>
            {({ id }) => <input id={id} className="g-input" value={note} maxLength={200} onChange={(event) => setNote(event.target.value)} />}
          </Field>
          {offline && <p className="g-note">{t.clinical.offline}</p>}
          <Problem text={problem} />
        </div>
        <div className="g-side-pad">
          <NumPad onDigit={(digit) => setReading((it) => tidyReading(it + digit))} onBack={() => setReading(withoutLast)} onClear={() => setReading('')} />
          <button type="submit" className="g-key g-key-go g-submit" disabled={busy}><b>{t.clinical.submit}</b><kbd>Enter</kbd></button>
        </div>
      </form>
    </Dialog>
  );
}

/** What the reading will mean, before it is sent. */
function Outlook({ reading, limit, row }: { reading: string; limit: number; row: Row }) {
  const { t } = usePage();
  if (!row.reasons.some((it) => it.startsWith('fever_'))) return <p className="g-note">{t.clinical.notFever}</p>;
  const read = readReading(reading);
  if (read.kind !== 'celsius' || !/^\d\d\.\d$/.test(reading)) return <p className="g-outlook g-outlook-none" aria-hidden="true">—</p>;
  const clears = read.celsius < limit;
  return (
    <p className={clears ? 'g-outlook g-outlook-admit' : 'g-outlook g-outlook-deny'} role="status">
      <VerdictShape outcome={clears ? 'admit' : 'deny'} size={36} knock={clears ? 'var(--admit-wash)' : 'var(--deny-wash)'} />
      <b>{clears ? t.clinical.admits : t.clinical.denies}</b>
    </p>
  );
}
