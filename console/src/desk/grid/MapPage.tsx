import { UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { Link, useNavigate } from 'react-router';
import type { AreaLoadView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useGet } from '../data';
import { Choice } from '../parts/Choice';
import { PageHead } from '../parts/PageHead';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { GridTabs } from './GridTabs';
import { colourOf, legend, MEASURES, NOTHING, valueOf, type Measure } from './map';
import './grid.css';

const AreaMap = lazy(async () => ({ default: (await import('./AreaMap')).AreaMap }));

/** Areas by the load of their officers: a map, and the same as a table. */
export function Component() {
  const t = useDesk();
  const w = t.grid.map;
  const navigate = useNavigate();
  const filters = useFilters(['parent', 'measure']);
  const parent = filters.values.parent;
  const measure: Measure = MEASURES.find((it) => it === filters.values.measure) ?? 'per_officer';
  const loads = useGet('/grid/areas', { query: { parent } }, { keep: true });
  const shapes = useGet('/areas/shapes', { query: { parent } }, { keep: true });
  const upload = <Link to={paths.gridMapImport()}><Button icon={<UploadOutlined />}>{w.import}</Button></Link>;
  const failed = loads.error ?? shapes.error;
  const to = (code: string) => behind(code, measure);
  return (
    <div className="page">
      <PageHead title={w.title}>{upload}</PageHead>
      <GridTabs here="map" />
      <div className="gaps">
        <Choice<Measure> label={w.measure} value={measure} onChange={(next) => filters.set({ measure: next === 'per_officer' ? undefined : next })} options={MEASURES.map((value) => ({ value, label: w.measures[value] }))} />
        {parent ? <Button size="small" onClick={() => filters.set({ parent: parentOf(parent) })}>{w.up}</Button> : null}
      </div>
      {failed ? <ErrorState error={failed} retry={() => { void loads.refetch(); void shapes.refetch(); }} /> : null}
      {!failed && !(loads.data && shapes.data) ? <LoadingState /> : null}
      {loads.data && shapes.data ? (
        <div className="map-body">
          <div className="map-side">
            {shapes.data.length === 0 ? <EmptyState title={w.none} text={w.noneHint} action={upload} /> : (
              <Suspense fallback={<LoadingState />}>
                <AreaMap shapes={shapes.data} loads={loads.data} measure={measure} parent={parent ?? shortest(shapes.data)} onPick={(code) => void navigate(to(code))} />
              </Suspense>
            )}
            <Legend measure={measure} />
          </div>
          <Twin loads={loads.data} measure={measure} onInside={(code) => filters.set({ parent: code })} href={to} />
        </div>
      ) : null}
    </div>
  );
}

/** The list that a colour stands for. */
function behind(code: string, measure: Measure): string {
  return paths.grid({ area: code, gap: measure === 'without_officer_share' ? 'no_officer' : undefined });
}

const LENGTHS = [15, 12, 9, 6];

function parentOf(code: string): string | undefined {
  const length = LENGTHS.find((it) => it < code.length);
  return length === undefined || length === 6 ? undefined : code.slice(0, length);
}

function shortest(areas: { code: string }[]): string {
  return areas.reduce((best, it) => (it.code.length < best.length ? it.code : best), areas[0]?.code ?? '');
}

function Legend({ measure }: { measure: Measure }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.grid.map;
  const shown = (value: number) => (measure === 'per_officer' ? number(value, lang) : percent(value, lang));
  return (
    <ul className="map-legend" aria-label={w.legend}>
      {legend(measure).map((it) => <li key={it.colour}><i style={{ background: it.colour }} aria-hidden />{it.until === null ? w.from(shown(it.from)) : w.between(shown(it.from), shown(it.until))}</li>)}
      <li><i style={{ background: NOTHING }} aria-hidden />{w.nothing}</li>
    </ul>
  );
}

function percent(value: number, lang: string): string {
  return new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en', { style: 'percent', maximumFractionDigits: 0 }).format(value);
}

function Twin({ loads, measure, onInside, href }: { loads: AreaLoadView[]; measure: Measure; onInside: (code: string) => void; href: (code: string) => string }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.grid.map;
  const figure = (it: AreaLoadView) => {
    const value = valueOf(it, measure);
    if (value === null) return '—';
    return measure === 'per_officer' ? number(Math.round(value * 10) / 10, lang) : percent(value, lang);
  };
  return (
    <div className="scroll-x map-twin">
      <table className="plain-table">
        <caption className="sr-only">{w.tableLabel}</caption>
        <thead><tr><th>{t.common.area}</th><th className="figure">{w.measures[measure]}</th><th className="figure">{t.grid.enterprises}</th><th className="figure">{t.grid.gap.no_officer}</th><th className="figure">{t.grid.officer}</th><th><span className="sr-only">{w.inside}</span></th></tr></thead>
        <tbody>
          {loads.map((it) => (
            <tr key={it.code}>
              <td><i className="swatch" style={{ background: colourOf(valueOf(it, measure), measure) }} aria-hidden /><Link to={href(it.code)}>{it.name}</Link></td>
              <td className="figure">{figure(it)}</td><td className="figure">{number(it.enterprises, lang)}</td><td className="figure">{number(it.without_officer, lang)}</td><td className="figure">{number(it.officers, lang)}</td>
              <td>{it.kind === 'grid' ? null : <Button size="small" type="text" aria-label={w.insideOf(it.name)} onClick={() => onInside(it.code)}>{w.inside}</Button>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
