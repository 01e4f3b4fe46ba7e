import { ImportOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { Link } from 'react-router';
import { exportHref, type OfficerView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { day, dayTime, number } from '../../shared/format';
import type { Column } from '../parts/DataTable';
import { ExportMenu } from '../parts/ExportMenu';
import { FilterText } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { StateTag, TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { GridTabs } from './GridTabs';
import { OfficerPanel } from './OfficerPanel';
import './grid.css';

const LOADS = ['all', 'none', 'many', 'locked'] as const;
type Load = (typeof LOADS)[number];

/** Officers and how much each answers for. */
export function Component() {
  const t = useDesk();
  const w = t.grid;
  const { lang } = useLang();
  const can = useCan();
  const filters = useFilters(['load', 'search'], ['load']);
  const { values, set } = filters;
  const state = (it: OfficerView) => <OfficerState it={it} />;
  const columns: Column<OfficerView>[] = [
    { key: 'name', title: w.officer, render: (it) => <TwoLines first={<Link to={filters.href(it.id)}>{it.name}</Link>} second={it.login} /> },
    { key: 'area', title: w.belongsTo, width: 120, render: (it) => it.area_names.join(t.gap) },
    { key: 'enterprises', title: w.enterprises, width: 72, align: 'right', render: (it) => number(it.enterprises, lang) },
    { key: 'premises', title: w.premises, width: 92, align: 'right', render: (it) => number(it.premises, lang) },
    { key: 'state', title: t.common.state, width: 180, render: state },
    { key: 'last', title: w.lastSignIn, width: 110, render: (it) => (it.last_signed_in_at ? dayTime(it.last_signed_in_at, lang) : <span className="muted">{w.never}</span>) },
  ];
  return (
    <ListPage
      path="/officers" title={w.officersTitle} countWords={w.officersCount} filters={filters} columns={columns} rowId={(it) => it.id}
      actions={can('manage_grid') ? <><ExportMenu href={(format) => exportHref('/assignments', { state: 'in_force' }, lang, format)} text={t.listImport.exportAssignments} /><Link to={paths.assignmentsImport()}><Button icon={<ImportOutlined />}>{t.listImport.title.assignments}</Button></Link></> : null}
      tabs={
        <>
          <GridTabs here="officers" />
          <div className="gaps">
            <Segmented<Load> aria-label={w.loadLabel} value={(values.load ?? 'all') as Load} onChange={(load) => set({ load: load === 'all' ? undefined : load })} options={LOADS.map((value) => ({ value, label: w.load[value] }))} />
          </div>
        </>
      }
      controls={<FilterText label={w.officerSearch} value={values.search} onChange={(search) => set({ search })} />}
      card={(it) => (
        <>
          <Link className="card-title" to={filters.href(it.id)}>{it.name}<small>{t.gap}{it.login}</small></Link>
          <div className="card-line"><span>{w.loadOf(number(it.enterprises, lang), number(it.premises, lang))}</span>{state(it)}</div>
        </>
      )}
      empty={<EmptyState title={w.officersNone} text={w.officersNoneHint} />}
      panel={filters.open ? { label: w.officerDetail, content: <OfficerPanel key={filters.open} id={filters.open} /> } : null}
    />
  );
}

function OfficerState({ it }: { it: OfficerView }) {
  const t = useDesk();
  const { lang } = useLang();
  if (it.disabled) return <StateTag tone="deny">{t.grid.locked}</StateTag>;
  if (it.away_until) return <StateTag tone="hold">{t.grid.away(it.substitute_name ?? '', day(it.away_until, lang))}</StateTag>;
  return <><StateTag tone="accent">{t.grid.atWork}</StateTag>{it.stands_in_for > 0 ? <> {t.grid.standsIn(it.stands_in_for)}</> : null}</>;
}
