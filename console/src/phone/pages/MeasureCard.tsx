import { useState } from 'react';
import type { MyDay } from '../../api';
import { clock, temperature } from '../../shared/format';
import { TextField } from '../parts/fields';
import { Sheet } from '../parts/Sheet';
import { readTemperature } from '../temperature';
import { useSend } from '../useSend';
import { useWords } from '../words';

/** Twice a day, for those whose work asks for it. */
export function MeasureCard({ day }: { day: MyDay }) {
  const t = useWords();
  const { send, sending } = useSend();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  function submit(): void {
    const celsius = readTemperature(text);
    if (celsius === null) {
      setProblem(t.measure.range);
      return;
    }
    send({ kind: 'temperature', body: { at: new Date().toISOString(), temperature_c: celsius } });
    setOpen(false);
    setText('');
    setProblem(null);
  }
  return (
    <section className="m-card" aria-label={t.measure.title}>
      <div className="m-card-head"><h2>{t.measure.title}</h2>{day.temperature_due ? <span className="m-tag is-open">{t.measure.due}</span> : null}</div>
      <p className="m-note">{day.temperatures.length > 0 ? day.temperatures.map((it) => `${clock(it.taken_at)} ${temperature(it.temperature_c)}`).join('　') : t.measure.none}</p>
      <div className="m-row-buttons"><button type="button" className={day.temperature_due ? 'm-button m-button-go m-grow' : 'm-button m-grow'} onClick={() => setOpen(true)}>{t.measure.record}</button></div>
      {open ? (
        <Sheet title={t.measure.record} onClose={() => setOpen(false)}>
          <form className="m-form" onSubmit={(event) => { event.preventDefault(); submit(); }} noValidate>
            <TextField label={t.measure.value} hint={t.measure.hint} problem={problem} value={text} onChange={setText} inputMode="decimal" autoComplete="off" autoFocus />
            <button type="submit" className="m-button m-button-go" disabled={sending}>{t.measure.submit}</button>
            <button type="button" className="m-button" onClick={() => setOpen(false)}>{t.cancel}</button>
          </form>
        </Sheet>
      ) : null}
    </section>
  );
}
