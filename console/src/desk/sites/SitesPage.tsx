import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { SiteView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import type { Column } from '../parts/DataTable';
import { FilterSelect, FilterText, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { AreaPicker, EnterprisePicker } from '../parts/PlacePicker';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { useCan } from '../session/session';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { OpenStateTag } from './OpenStateTag';
import { SiteForm } from './SiteForm';
import { SitePanel } from './SitePanel';

export function Component() {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const can = useCan();
  const filters = useFilters(['search', 'area', 'enterprise_id', 'kind', 'open_state']);
  const [creating, setCreating] = useState(false);
  const { values, set } = filters;
  const create = can('edit_places') ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>{t.sites.add}</Button> : null;
  const actions = create ? <><Link to={paths.sitesImport()}><Button icon={<ImportOutlined />}>{t.listImport.import}</Button></Link>{create}</> : null;

  const columns: Column<SiteView>[] = [
    { key: 'name', title: t.common.name, render: (it) => <TwoLines first={<Link to={filters.href(it.id)}>{it.name}</Link>} second={it.enterprise_name ?? t.common.none} /> },
    { key: 'kind', title: t.common.kind, width: 130, render: (it) => words.siteKind[it.kind] },
    { key: 'area', title: t.common.area, width: 150, render: (it) => <TwoLines first={it.area_name} second={it.area_code} /> },
    { key: 'state', title: t.sites.openState, width: 160, render: (it) => <TwoLines first={<OpenStateTag state={it.open_state} />} second={t.sites.since(dayTime(it.open_state_since, lang))} /> },
    { key: 'gates', title: t.sites.gates, width: 80, align: 'right', render: (it) => number(it.gates, lang) },
  ];
  return (
    <>
      <ListPage
        path="/sites" title={t.sites.title} countWords={t.sites.count} filters={filters} columns={columns} rowId={(it) => it.id} actions={actions}
        controls={
          <>
            <FilterText label={t.common.name} value={values.search} onChange={(search) => set({ search })} />
            <FilterSelect label={t.sites.openState} value={values.open_state} options={optionsOf(words.openState)} onChange={(open_state) => set({ open_state })} />
            <FilterSelect label={t.common.kind} value={values.kind} options={optionsOf(words.siteKind)} onChange={(kind) => set({ kind })} />
            <EnterprisePicker chip label={t.common.enterprise} value={values.enterprise_id} onChange={(enterprise_id) => set({ enterprise_id })} />
            <AreaPicker chip label={t.common.area} value={values.area} onChange={(area) => set({ area })} />
          </>
        }
        card={(it) => (
          <>
            <Link className="card-title" to={filters.href(it.id)}>{it.name}</Link>
            <div className="card-line"><span>{words.siteKind[it.kind]}{t.gap}{it.area_name}</span><OpenStateTag state={it.open_state} /></div>
          </>
        )}
        empty={<EmptyState title={t.sites.none} text={t.sites.noneHint} action={create} />}
        panel={filters.open ? { label: t.sites.detail, content: <SitePanel id={filters.open} /> } : null}
      />
      {creating ? <SiteForm enterpriseId={values.enterprise_id} onClose={() => setCreating(false)} onSaved={(saved) => { setCreating(false); filters.setOpen(saved.id); }} /> : null}
    </>
  );
}
