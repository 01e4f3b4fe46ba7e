import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { PremisesView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import type { Column } from '../parts/DataTable';
import { FilterSelect, FilterText, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { AreaPicker } from '../parts/PlacePicker';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { useCan } from '../session/session';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { PremisesForm } from './PremisesForm';
import { PremisesPanel } from './PremisesPanel';

/** Buildings, malls and compounds. */
export function Component() {
  const t = useDesk();
  const w = t.grid;
  const { lang } = useLang();
  const can = useCan();
  const filters = useFilters(['search', 'area', 'kind']);
  const [editing, setEditing] = useState<PremisesView | 'new' | null>(null);
  const { values, set } = filters;
  const create = can('edit_places') ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>{w.premisesAdd}</Button> : null;
  const actions = create ? <><Link to={paths.premisesImport()}><Button icon={<ImportOutlined />}>{t.listImport.import}</Button></Link>{create}</> : null;
  const columns: Column<PremisesView>[] = [
    { key: 'name', title: t.common.name, sort: { ascend: 'name', descend: '-created_at' }, render: (it) => <TwoLines first={<Link to={filters.href(it.id)}>{it.name}</Link>} second={it.address} /> },
    { key: 'kind', title: t.common.kind, width: 110, render: (it) => w.premisesKind[it.kind] },
    { key: 'area', title: t.common.area, width: 190, render: (it) => <TwoLines first={it.area_name} second={it.area_code} /> },
    { key: 'sites', title: w.sitesIn, width: 80, align: 'right', render: (it) => number(it.sites, lang) },
  ];
  return (
    <>
      <ListPage
        path="/premises" title={w.premisesTitle} countWords={w.premisesCount} filters={filters} columns={columns} rowId={(it) => it.id} actions={actions}
        controls={
          <>
            <FilterText label={t.common.name} value={values.search} onChange={(search) => set({ search })} />
            <FilterSelect label={t.common.kind} value={values.kind} options={optionsOf(w.premisesKind)} onChange={(kind) => set({ kind })} />
            <AreaPicker chip label={t.common.area} value={values.area} onChange={(area) => set({ area })} />
          </>
        }
        card={(it) => (
          <>
            <Link className="card-title" to={filters.href(it.id)}>{it.name}</Link>
            <div className="card-line"><span>{it.address}</span><span>{w.premisesKind[it.kind]}</span></div>
          </>
        )}
        empty={<EmptyState title={w.premisesNone} text={w.premisesNoneHint} action={create} />}
        panel={filters.open ? { label: w.premisesDetail, content: <PremisesPanel id={filters.open} onEdit={setEditing} /> } : null}
      />
      {editing ? <PremisesForm premises={editing === 'new' ? undefined : editing} onClose={() => setEditing(null)} onSaved={(saved) => { setEditing(null); filters.setOpen(saved.id); }} /> : null}
    </>
  );
}
