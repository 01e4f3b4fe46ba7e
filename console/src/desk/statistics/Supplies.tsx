import { useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { useGet } from '../data';
import { useDesk } from '../strings';
import { Explain } from './Explain';
import type { StatisticQuery } from './StatisticsPage';

/** What reports of the last day say is in store. */
export function Supplies({ query }: { query: StatisticQuery }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.statistics;
  const { data } = useGet('/statistics/supplies', { query }, { keep: true });
  if (!data) return null;
  const asOf = data.as_of ? dayTime(data.as_of, lang) : null;
  const n = (it: number) => number(it, lang);
  const name = (item: string) => t.reports.items[item as keyof typeof t.reports.items] ?? item;
  return (
    <section className="block" aria-label={w.supplies}>
      <h2>{w.supplies}<small>{w.ofDay(data.day)}</small></h2>
      {data.items.length === 0 ? <p className="muted">{w.noSupplies}</p> : (
        <div className="scroll-x">
          <table className="plain-table" aria-label={w.supplies}>
            <thead>
              <tr>
                <th>{w.item}</th><th className="num">{w.named}</th>
                {(['stock', 'received', 'used'] as const).map((it) => <th key={it} className="num">{w.figure[it]}<Explain figure={it} asOf={asOf} /></th>)}
              </tr>
            </thead>
            <tbody>{data.items.map((it) => <tr key={it.item}><th scope="row">{name(it.item)}</th><td className="num">{n(it.reports)}</td><td className="num">{n(it.stock)}</td><td className="num">{n(it.received)}</td><td className="num">{n(it.used)}</td></tr>)}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}
