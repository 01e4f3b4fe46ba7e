import { useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { uuid } from '../../shared/uuid';
import { usePage } from '../context';
import { CameraScan } from '../dialogs/CameraScan';
import { Field, Problem } from '../dialogs/fields';
import type { VehicleKnown } from '../wire';
import { visitorCode } from '../visitor-code';
import { Coach } from './Coach';
import { Visitor } from './VisitDialog';
import type { VisitAsks } from './VisitDialog';

/** A vehicle: shown, looked up, counted, let in or turned away. */
export function VehicleTab({ asks, onPerson }: { asks: VisitAsks; onPerson: (code: string) => void }) {
  const { t } = usePage();
  const v = t.visits;
  const [shown, setShown] = useState('');
  const [known, setKnown] = useState<VehicleKnown | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const look = async (text: string) => {
    setProblem(null);
    setDone(null);
    const answer = await asks.vehicle(text.trim());
    if (answer.ok) setKnown(answer.value);
    else setProblem(t.error(answer.code));
  };
  const scanned = (text: string) => {
    setShown(text);
    void look(text);
  };
  const passed = (plate: string) => {
    setDone(v.done(plate));
    setKnown(null);
    setShown('');
  };
  return (
    <>
      <form className="g-visit-look" onSubmit={(event) => { event.preventDefault(); void look(shown); }}>
        <Field label={v.shown} hint={v.shownHint} error={problem}>
          {({ id, describedBy, invalid }) => <input id={id} className="g-input g-input-big" data-autofocus autoComplete="off" value={shown} aria-describedby={describedBy} aria-invalid={invalid} onChange={(event) => setShown(event.target.value)} />}
        </Field>
        <button type="submit" className="g-small" disabled={shown.trim() === ''}>{v.look}</button>
      </form>
      <CameraScan onCode={scanned} />
      {done ? <p className="g-visit-done" role="status">{done}</p> : null}
      {known ? (
        <section className="g-visit-known" data-basis={known.basis}>
          <h3>{v.basis[known.basis]}</h3>
          {known.basis === 'unannounced' ? <p className="g-note">{v.unannouncedNext}</p> : null}
          {known.coach ? <Coach it={known.coach} onPerson={onPerson} /> : null}
          {known.visitors.length > 0 ? <ul className="g-visit-list">{known.visitors.map((it) => <Visitor key={it.code} it={it} onPerson={onPerson} />)}</ul> : null}
          <Passage key={shown} known={known} coachCode={known.coach ? visitorCode(shown) : null} enter={asks.enterVehicle} onDone={passed} />
        </section>
      ) : null}
    </>
  );
}

interface PassageProps { known: VehicleKnown; coachCode: string | null; enter: VisitAsks['enterVehicle']; onDone: (plate: string) => void }

function Passage({ known, coachCode, enter, onDone }: PassageProps) {
  const { t } = usePage();
  const v = t.visits;
  // The guard reads the plate of a coach herself: that is what is compared.
  const [plate, setPlate] = useState(known.coach && coachCode ? '' : (known.plate ?? ''));
  const [occupants, setOccupants] = useState('');
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // A second tap is the same passage.
  const key = useRef(uuid());
  const send = async (event: FormEvent, outcome: 'admitted' | 'turned_away') => {
    event.preventDefault();
    if (busy) return;
    if (note.trim() === '' && (outcome === 'turned_away' || known.basis === 'unannounced')) return setProblem(v.noteMissing);
    setBusy(true);
    const answer = await enter({ client_key: key.current, plate: plate.trim(), occupants: Number(occupants) || 0, coach_code: coachCode, outcome, note: note.trim() || null });
    setBusy(false);
    if (answer.ok) return onDone(answer.value.plate);
    key.current = uuid();
    setProblem(t.error(answer.code));
  };
  return (
    <form className="g-visit-passage" onSubmit={(event) => void send(event, 'admitted')}>
      <div className="g-pair">
        <Field label={v.plate}>{({ id }) => <input id={id} className="g-input" autoComplete="off" value={plate} onChange={(event) => setPlate(event.target.value)} />}</Field>
        <Field label={v.occupants} hint={v.occupantsHint}>{({ id, describedBy }) => <input id={id} className="g-input" inputMode="numeric" autoComplete="off" value={occupants} aria-describedby={describedBy} onChange={(event) => setOccupants(event.target.value.replaceAll(/\D/g, '').slice(0, 3))} />}</Field>
      </div>
      <Field label={v.note} hint={v.noteHint}>{({ id, describedBy }) => <input id={id} className="g-input" autoComplete="off" maxLength={60} value={note} aria-describedby={describedBy} onChange={(event) => setNote(event.target.value)} />}</Field>
      <Problem text={problem} />
      <div className="g-pair">
        <button type="submit" className="g-key g-key-go g-submit" disabled={busy || plate.trim() === '' || occupants === ''}><b>{v.admit}</b></button>
        <button type="button" className="g-key g-submit" disabled={busy || plate.trim() === '' || occupants === ''} onClick={(event) => void send(event, 'turned_away')}><b>{v.turnAway}</b></button>
      </div>
    </form>
  );
}
