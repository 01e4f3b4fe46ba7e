import { Button } from 'antd';
import { Link, useSearchParams } from 'react-router';
import type { CensusAreaView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useGet } from '../data';
import { PageHead } from '../parts/PageHead';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { CensusTabs } from './CensusTabs';
import './census.css';

type Sum = 'found' | 'matched' | 'registered' | 'aside' | 'open' | 'missed' | 'missed_premises';
const SUMS: Sum[] = ['found', 'matched', 'registered', 'aside', 'open', 'missed', 'missed_premises'];
const STATE: Record<Exclude<Sum, 'missed' | 'missed_premises'>, string> = { found: 'any', matched: 'same', registered: 'new', aside: 'aside', open: 'open' };
const LENGTHS = [12, 9, 6];

/** The list behind a figure. */
function behind(sum: Sum, area: string): string {
  if (sum === 'missed') return paths.censusMissed({ area });
  return sum === 'missed_premises' ? paths.censusMissedPremises({ area }) : paths.census({ area, state: STATE[sum] });
}

/** How far the census is, area by area. */
export function Component() {
  const t = useDesk();
  const w = t.census;
  const { lang } = useLang();
  const [search, setSearch] = useSearchParams();
  const parent = search.get('parent') ?? undefined;
  const { data, error, refetch } = useGet('/census/areas', { query: { parent } }, { keep: true });
  const up = () => {
    const length = LENGTHS.find((it) => it < (parent?.length ?? 0));
    setSearch(length === undefined || length === 6 ? {} : { parent: parent?.slice(0, length) ?? '' });
  };
  return (
    <div className="page">
      <PageHead title={w.tabs.areas}>{parent ? <Button onClick={up}>{w.up}</Button> : null}</PageHead>
      <CensusTabs here="areas" />
      <div className="page-body">
        <p className="muted census-lead">{w.areasLead}</p>
        {data ? null : error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />}
        {data?.length === 0 ? <EmptyState title={w.areasNone} text={w.noneHint} /> : null}
        {data && data.length > 0 ? (
          <section className="block scroll-x">
            <table className="plain-table census-areas">
              <thead><tr><th>{w.area}</th>{SUMS.map((it) => <th key={it} className="num">{w.sums[it]}</th>)}<th><span className="sr-only">{w.insideShort}</span></th></tr></thead>
              <tbody>
                {data.map((it) => (
                  <tr key={it.code}>
                    <th scope="row">{it.name || it.code}</th>
                    {SUMS.map((sum) => <td key={sum} className="num">{it[sum] === 0 ? '0' : <Link to={behind(sum, it.code)}>{number(it[sum], lang)}</Link>}</td>)}
                    <td>{it.kind === 'grid' || it.code === parent ? null : <Button size="small" type="text" aria-label={w.inside(it.name)} onClick={() => setSearch({ parent: it.code })}>{w.insideShort}</Button>}</td>
                  </tr>
                ))}
              </tbody>
              <tfoot><tr><th scope="row">{w.total}</th>{SUMS.map((sum) => <td key={sum} className="num">{number(total(data, sum), lang)}</td>)}<td aria-hidden /></tr></tfoot>
            </table>
          </section>
        ) : null}
      </div>
    </div>
  );
}

function total(areas: CensusAreaView[], sum: Sum): number {
  return areas.reduce((all, it) => all + it[sum], 0);
}
