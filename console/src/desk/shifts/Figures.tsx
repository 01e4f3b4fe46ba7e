import type { PlanFigures } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useDesk } from '../strings';
import { longestQueue, slowestOf } from './model';

/** The same figures of both. */
export function Figures({ planned, eight }: { planned: PlanFigures; eight: PlanFigures }) {
  const w = useDesk().shiftPlan;
  const { lang } = useLang();
  const rows: [string, (it: PlanFigures) => number, keyof typeof w.unit][] = [
    [w.longest, (it) => it.longest_wait, 'min'], [w.mean, (it) => it.mean_wait, 'min'], [w.p95, slowestOf, 'min'], [w.peak, longestQueue, 'people'],
    [w.mixed, (it) => it.mixed_minutes, 'personMin'], [w.pairs, (it) => it.pair_minutes, 'pairMin'], [w.strangers, (it) => it.most_strangers, 'people'],
    [w.canteenPeak, (it) => it.canteen_peak, 'people'], [w.overflow, (it) => it.canteen_overflow, 'personMin'],
  ];
  const shown = (value: number, unit: keyof typeof w.unit) => `${number(unit === 'min' ? Math.round(value * 10) / 10 : Math.round(value), lang)} ${w.unit[unit]}`;
  return (
    <table className="shift-figures">
      <caption>{w.figures}</caption>
      <thead><tr><th scope="col">{w.figure}</th><th scope="col">{w.planned}</th><th scope="col">{w.eight}</th></tr></thead>
      <tbody>
        <tr><th scope="row">{w.limits}</th>{[planned, eight].map((it, n) => <td key={n} className={it.holds ? 'is-good' : 'is-bad'}>{it.holds ? w.holds : w.broken}</td>)}</tr>
        {rows.map(([word, of, unit]) => <tr key={word}><th scope="row">{word}</th><td>{shown(of(planned), unit)}</td><td>{shown(of(eight), unit)}</td></tr>)}
      </tbody>
    </table>
  );
}
