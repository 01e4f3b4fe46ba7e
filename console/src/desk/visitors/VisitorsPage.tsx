import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { VisitorBrief } from '../../api';
import type { Column } from '../parts/DataTable';
import { FilterDate, FilterSelect, FilterText, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { SitePicker } from '../parts/PlacePicker';
import { StateTag, TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { useCan } from '../session/session';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { VISITOR_TONE } from './model';
import { VisitorForm } from './VisitorForm';
import { VisitorPanel } from './VisitorPanel';
import { VisitorTabs } from './VisitorTabs';

/** Announced visitors. */
export function Component() {
  const t = useDesk();
  const w = t.visitors;
  const can = useCan();
  const filters = useFilters(['search', 'site_id', 'state', 'day', 'inside']);
  const [creating, setCreating] = useState(false);
  const { values, set } = filters;
  const bring = can('announce_visitors') ? <Link to={paths.visitorsImport()}><Button>{t.listImport.import}</Button></Link> : null;
  const create = can('announce_visitors') ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>{w.add}</Button> : null;
  const hours = (it: VisitorBrief) => w.hours(it.from, it.until, it.start, it.end);
  const columns: Column<VisitorBrief>[] = [
    { key: 'visitor', title: w.visitor, render: (it) => <TwoLines first={<Link to={filters.href(it.id)}>{it.masked_name}</Link>} second={[it.company, it.tail].filter(Boolean).join(t.gap)} /> },
    { key: 'site', title: t.common.site, render: (it) => <TwoLines first={it.site_name} second={it.purpose ?? ''} /> },
    { key: 'when', title: w.when, width: 230, render: hours },
    { key: 'host', title: w.host, width: 120, render: (it) => it.host },
    { key: 'plate', title: w.plate, width: 110, render: (it) => it.plate ?? '—' },
    { key: 'state', title: t.common.state, width: 120, render: (it) => <VisitorTag it={it} /> },
  ];
  return (
    <>
      <ListPage
        path="/visitors" title={w.title} countWords={w.count} filters={filters} columns={columns} rowId={(it) => it.id} actions={<>{bring}{create}</>} tabs={<VisitorTabs here="visitors" />}
        controls={
          <>
            <FilterText label={w.search} hint={w.searchHint} value={values.search} onChange={(search) => set({ search })} />
            <FilterDate label={w.day} value={values.day ?? ""} onChange={(day) => set({ day })} />
            <FilterSelect label={t.common.state} value={values.state} options={optionsOf(w.state)} onChange={(state) => set({ state })} />
            <FilterSelect label={w.inside} value={values.inside} options={[{ value: 'true', label: w.insideOnly }, { value: 'false', label: w.notInside }]} onChange={(inside) => set({ inside })} />
            <SitePicker chip label={t.common.site} value={values.site_id} onChange={(site_id) => set({ site_id })} />
          </>
        }
        card={(it) => (
          <>
            <Link className="card-title" to={filters.href(it.id)}>{it.masked_name}{it.company ? `${t.gap}${it.company}` : ''}</Link>
            <div className="card-line"><span>{hours(it)}</span><VisitorTag it={it} /></div>
            <div className="card-line"><span>{it.site_name}{t.gap}{w.host} {it.host}</span></div>
          </>
        )}
        empty={<EmptyState title={w.none} text={w.noneHint} action={create} />}
        panel={filters.open ? { label: w.detail, content: <VisitorPanel id={filters.open} /> } : null}
      />
      {creating ? <VisitorForm siteId={values.site_id} onClose={() => setCreating(false)} onSaved={(saved) => { setCreating(false); filters.setOpen(saved.id); }} /> : null}
    </>
  );
}

function VisitorTag({ it }: { it: VisitorBrief }) {
  const w = useDesk().visitors;
  return <StateTag tone={VISITOR_TONE[it.state]}>{w.state[it.state]}</StateTag>;
}
