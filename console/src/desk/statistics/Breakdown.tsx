import { Button, Checkbox } from 'antd';
import { Link } from 'react-router';
import type { StatisticRow } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useGet } from '../data';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { behind, DIMENSIONS, dimensionsOf, parentOf, percent, rowKey, toggled, type Dimension } from './model';
import type { StatisticQuery } from './StatisticsPage';

interface Props { query: StatisticQuery; by: string | undefined; onBy: (by: string | undefined) => void; onArea: (area: string | undefined) => void }

/** The figures by area, industry, size or day; an area opens the one below it, a number the list behind it. */
export function Breakdown({ query, by, onBy, onArea }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.statistics;
  const dimensions = dimensionsOf(by);
  const { data, error, refetch } = useGet('/statistics/table', { query: { ...query, by: dimensions.join() } }, { keep: true });
  const choose = (dimension: Dimension) => {
    const next = toggled(dimensions, dimension).join();
    onBy(next === 'area' ? undefined : next);
  };
  return (
    <section className="block" aria-label={w.table}>
      <h2>{w.table}{data?.day ? <small>{w.ofDay(data.day)}</small> : null}</h2>
      <div className="statistic-by" role="group" aria-label={w.by}>
        {DIMENSIONS.map((it) => <Checkbox key={it} checked={dimensions.includes(it)} onChange={() => choose(it)}>{w.dimensions[it]}</Checkbox>)}
        {query.area ? <Button size="small" onClick={() => onArea(parentOf(query.area ?? ''))}>{w.wider}</Button> : null}
      </div>
      {!data ? (error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />) : null}
      {data?.rows.length === 0 ? <p className="muted">{w.noRows}</p> : null}
      {data && data.rows.length > 0 ? (
        <div className="scroll-x">
          <table className="plain-table" aria-label={w.table}>
            <thead>
              <tr>
                {dimensions.map((it) => <th key={it}>{w.dimensions[it]}</th>)}
                <th className="num">{w.enterprises}</th><th className="num">{w.figure.open_rate}</th><th className="num">{w.people}</th><th className="num">{w.figure.headcount_rate}</th>
                <th className="num">{w.figure.electricity_index}</th><th className="num">{w.figure.completeness}</th><th className="num">{w.figure.abnormal}</th>
              </tr>
            </thead>
            <tbody>{data.rows.map((row) => <Row key={rowKey(row)} row={row} dimensions={dimensions} query={query} onArea={onArea} />)}</tbody>
          </table>
        </div>
      ) : null}
      {data?.more ? <p className="muted">{w.more(number(data.rows.length, lang))}</p> : null}
    </section>
  );
}

function Row({ row, dimensions, query, onArea }: { row: StatisticRow; dimensions: Dimension[]; query: StatisticQuery; onArea: (area: string) => void }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const w = t.statistics;
  const it = row.figures;
  const n = (value: number) => number(value, lang);
  const share = (value: number | null) => { const text = percent(value); return text === null ? '—' : w.percent(text); };
  const area = row.area_code;
  const name = row.area_name ?? area;
  const cells: Record<Dimension, React.ReactNode> = {
    area: area && area !== query.area ? <Button type="link" size="small" onClick={() => onArea(area)}>{name}</Button> : name,
    industry: row.industry ? `${row.industry} ${w.sections[row.industry] ?? ''}` : '',
    size: row.size_class ? (words.sizeClass[row.size_class as keyof typeof words.sizeClass] ?? row.size_class) : '',
    day: row.day,
  };
  return (
    <tr>
      {dimensions.map((key) => <td key={key}>{cells[key]}</td>)}
      <td className="num"><Link to={paths.enterprises(behind(row, query))}>{n(it.enterprises)}</Link></td>
      <td className="num"><Link to={paths.enterprises(behind(row, query, true))}>{share(it.open_rate)}</Link></td>
      <td className="num">{n(it.headcount)}</td>
      <td className="num">{share(it.headcount_rate)}</td>
      <td className="num">{share(it.electricity_index)}</td>
      <td className="num">{it.reports_due > 0 ? <Link to={paths.dailyReports({ area: area ?? query.area, day: row.day ?? query.until })}>{share(it.completeness)}</Link> : '—'}</td>
      <td className="num">{n(it.abnormal)}</td>
    </tr>
  );
}
