import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { GateView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import type { Column } from '../parts/DataTable';
import { FilterText } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { AreaPicker, SitePicker } from '../parts/PlacePicker';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { useCan } from '../session/session';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { GateForm } from './GateForm';
import { GatePanel } from './GatePanel';
import { GateStateTag } from './GateStateTag';

export function Component() {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const can = useCan();
  const filters = useFilters(['search', 'site_id', 'area']);
  const [creating, setCreating] = useState(false);
  const { values, set } = filters;
  const create = can('edit_places') ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>{t.gates.add}</Button> : null;
  const actions = create ? <><Link to={paths.gatesImport()}><Button icon={<ImportOutlined />}>{t.listImport.import}</Button></Link>{create}</> : null;

  const columns: Column<GateView>[] = [
    { key: 'name', title: t.common.name, render: (it) => <TwoLines first={<Link to={filters.href(it.id)}>{it.name}</Link>} second={it.site_name} /> },
    { key: 'direction', title: t.common.direction, width: 100, render: (it) => words.direction[it.direction] },
    { key: 'lanes', title: t.common.lanes, width: 90, align: 'right', render: (it) => number(it.lanes, lang) },
    { key: 'devices', title: t.gates.devices, width: 90, align: 'right', render: (it) => number(it.devices, lang) },
    { key: 'state', title: t.common.state, width: 120, render: (it) => <GateStateTag closed={it.closed} /> },
  ];
  return (
    <>
      <ListPage
        path="/gates" title={t.gates.title} countWords={t.gates.count} filters={filters} columns={columns} rowId={(it) => it.id} actions={actions}
        controls={
          <>
            <FilterText label={t.common.name} value={values.search} onChange={(search) => set({ search })} />
            <SitePicker chip label={t.common.site} value={values.site_id} onChange={(site_id) => set({ site_id })} />
            <AreaPicker chip label={t.common.area} value={values.area} onChange={(area) => set({ area })} />
          </>
        }
        card={(it) => (
          <>
            <Link className="card-title" to={filters.href(it.id)}>{it.name}</Link>
            <div className="card-line"><span>{it.site_name}{t.gap}{words.direction[it.direction]}</span><GateStateTag closed={it.closed} /></div>
          </>
        )}
        empty={<EmptyState title={t.gates.none} text={t.gates.noneHint} action={create} />}
        panel={filters.open ? { label: t.gates.detail, content: <GatePanel id={filters.open} /> } : null}
      />
      {creating ? <GateForm siteId={values.site_id} onClose={() => setCreating(false)} onSaved={(saved) => { setCreating(false); filters.setOpen(saved.id); }} /> : null}
    </>
  );
}
