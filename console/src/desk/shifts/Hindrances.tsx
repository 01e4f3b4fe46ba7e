import type { PlanHindrance, ShiftPlanFile } from '../../api';
import type { DeskStrings } from '../../i18n/desk';
import { useDesk } from '../strings';
import { clock } from './model';

/** What cannot hold, and what would help. */
export function Hindrances({ file }: { file: ShiftPlanFile }) {
  const w = useDesk().shiftPlan;
  const found = file.outcome?.hindrances ?? [];
  if (file.state === 'not_found') return <p className="shift-warn">{w.nothingFound}</p>;
  if (file.state !== 'impossible' || found.length === 0) return null;
  return (
    <section className="shift-warn" aria-label={w.hindrances}>
      <h2>{w.hindrances}</h2>
      <ul>{found.map((it) => <li key={`${it.kind}${it.gate ?? ''}${it.teams.join()}`}>{inWords(it, w)}</li>)}</ul>
    </section>
  );
}

const NAMED = 3;

function inWords(it: PlanHindrance, w: DeskStrings['shiftPlan']): string {
  const names = it.teams.slice(0, NAMED).join(', ');
  const who = it.teams.length > NAMED ? w.whoMore(names, it.teams.length) : names;
  const span = `${clock(it.from)}–${clock(it.until)}`;
  const enough = it.enough ?? 0;
  switch (it.kind) {
    case 'no_common_time': return w.hindrance.no_common_time(who);
    case 'together': return w.hindrance.together;
    case 'seats': return w.hindrance.seats(span, who, it.people, it.capacity, enough);
    case 'counter': return w.hindrance.counter(span, who, it.people, it.capacity, it.minutes_needed, it.minutes_given, enough);
    default: return w.hindrance.gate(it.gate ?? '', span, who, it.people, it.capacity, it.minutes_needed, it.minutes_given, enough);
  }
}
