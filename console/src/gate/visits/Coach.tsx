import { usePage } from '../context';
import type { CoachAtGate } from '../wire';

/** A coach: what stands against letting it pass as a whole, and its seats. */
export function Coach({ it, onPerson }: { it: CoachAtGate; onPerson: (code: string) => void }) {
  const { t } = usePage();
  const c = t.visits.coach;
  const quick = it.faults.length === 0;
  return (
    <>
      <p><b>{it.coach.plate}</b> {c.from(it.coach.from_place, it.coach.site_name)} {c.aboard(it.coach.aboard, it.coach.crew)}</p>
      <p className={quick ? 'g-outlook g-outlook-admit' : 'g-outlook g-outlook-deny'} data-quick={quick}>{quick ? c.quick : `${c.byOne}${t.gap}${it.faults.map((fault) => c.faults[fault]).join(t.gap)}`}</p>
      {quick ? null : (
        <ul className="g-visit-list">
          {it.passengers.map((seat) => (
            <li key={seat.id}>
              <div><b>{c.seat(seat.seat)}{t.gap}{seat.masked_name}</b><span>{[seat.company, t.person.tail(seat.tail)].filter(Boolean).join(t.gap)}{seat.allowed ? null : <em>{c.notAllowed}</em>}</span></div>
              {seat.aboard ? (seat.admitted_at ? <span>{c.passed}</span> : null) : <span>{c.stays}</span>}
              {seat.aboard && seat.code ? <button type="button" className="g-small" aria-label={t.visits.enterOf(`${c.seat(seat.seat)} ${seat.masked_name}`)} onClick={() => seat.code && onPerson(seat.code)}>{t.visits.enter}</button> : null}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
