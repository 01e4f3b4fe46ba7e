import type { ShiftPlanFile } from '../../api';
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
      <ul>{found.map((it) => <li key={`${it.kind}${it.gate ?? ''}${it.teams.join()}`}>{w.hindrance(it, clock(it.from), clock(it.until))}</li>)}</ul>
    </section>
  );
}
