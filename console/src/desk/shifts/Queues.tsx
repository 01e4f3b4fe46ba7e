import type { PlanFigures, PlanQueue } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useDesk } from '../strings';
import { busy, clock, points } from './model';

const WIDTH = 600;
const HEIGHT = 120;

/** Each queue over the day, as planned and with everybody at eight. */
export function Queues({ planned, eight, slot }: { planned: PlanFigures; eight: PlanFigures; slot: number }) {
  return <div className="shift-queues">{planned.queues.map((it, index) => <Queue key={it.gate ?? ''} planned={it} eight={eight.queues[index] ?? it} slot={slot} />)}</div>;
}

function Queue({ planned, eight, slot }: { planned: PlanQueue; eight: PlanQueue; slot: number }) {
  const w = useDesk().shiftPlan;
  const { lang } = useLang();
  const range = busy([planned.queue, eight.queue, planned.arrivals], slot);
  const most = Math.max(planned.peak, eight.peak, 1);
  const name = planned.gate ? w.queueOf(planned.gate) : w.queueCounter;
  const line = (queue: number[]) => points(queue, slot, range, most, WIDTH, HEIGHT);
  return (
    <figure>
      <figcaption>{name}<small><i className="is-planned" />{w.planned} {number(Math.round(planned.peak), lang)}<i className="is-eight" />{w.eight} {number(Math.round(eight.peak), lang)}</small></figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={w.queueLabel(name, number(Math.round(planned.peak), lang), number(Math.round(eight.peak), lang))}>
        <polyline className="is-eight" points={line(eight.queue)} />
        <polyline className="is-planned" points={line(planned.queue)} />
      </svg>
      <p className="shift-ends" aria-hidden="true"><span>{clock(range.from)}</span><span>{clock(range.until)}</span></p>
    </figure>
  );
}
