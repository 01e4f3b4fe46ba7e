import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { EnterpriseView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { day, number } from '../../shared/format';
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
import { EnterpriseForm } from './EnterpriseForm';
import { EnterprisePanel } from './EnterprisePanel';

export function Component() {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const can = useCan();
  const filters = useFilters(['search', 'area', 'industry', 'size_class', 'working']);
  const [creating, setCreating] = useState(false);
  const [editing, setEditing] = useState<EnterpriseView | null>(null);
  const { values, set } = filters;
  // In the address "open" is the panel's.
  const { working, ...rest } = values;
  const query = { ...rest, open: working };
  const create = can('edit_places')
    ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>{t.enterprises.add}</Button>
    : null;
  const actions = create ? <><Link to={paths.enterprisesImport()}><Button icon={<ImportOutlined />}>{t.listImport.import}</Button></Link>{create}</> : null;

  const columns: Column<EnterpriseView>[] = [
    { key: 'name', title: t.enterprises.codeName, sort: { ascend: 'name' }, render: (it) => <TwoLines first={<Link to={filters.href(it.id)}>{it.name}</Link>} second={it.credit_code} /> },
    { key: 'industry', title: t.enterprises.industryName, width: 140, render: (it) => <TwoLines first={it.industry} second={words.sizeClass[it.size_class]} /> },
    { key: 'area', title: t.common.area, width: 150, render: (it) => <TwoLines first={it.area_name} second={it.area_code} /> },
    { key: 'sites', title: t.enterprises.sites, width: 80, align: 'right', render: (it) => number(it.sites, lang) },
    { key: 'employees', title: t.enterprises.employees, width: 100, align: 'right', render: (it) => number(it.employees, lang) },
    { key: 'created', title: t.common.created, width: 110, sort: { descend: '-created_at' }, render: (it) => day(it.created_at, lang) },
  ];
  return (
    <>
      <ListPage
        path="/enterprises" title={t.enterprises.title} countWords={t.enterprises.count} filters={filters} query={query} columns={columns} rowId={(it) => it.id} actions={actions}
        controls={
          <>
            <FilterText label={t.common.name} value={values.search} onChange={(search) => set({ search })} />
            <AreaPicker chip label={t.common.area} value={values.area} onChange={(area) => set({ area })} />
            <FilterText label={t.enterprises.industry} value={values.industry} onChange={(industry) => set({ industry })} />
            <FilterSelect label={t.enterprises.sizeClass} value={values.size_class} options={optionsOf(words.sizeClass)} onChange={(size_class) => set({ size_class })} />
            <FilterSelect label={t.enterprises.working} value={values.working} options={optionsOf(t.enterprises.workingStates)} onChange={(next) => set({ working: next })} />
          </>
        }
        card={(it) => (
          <>
            <Link className="card-title" to={filters.href(it.id)}>{it.name}</Link>
            <div className="card-line"><span>{it.area_name}{t.gap}{it.industry}{t.gap}{words.sizeClass[it.size_class]}</span><span>{t.enterprises.numbers(number(it.sites, lang), number(it.employees, lang))}</span></div>
          </>
        )}
        empty={<EmptyState title={t.enterprises.none} text={t.enterprises.noneHint} action={create} />}
        panel={filters.open ? { label: t.enterprises.detail, content: <EnterprisePanel id={filters.open} onEdit={setEditing} /> } : null}
      />
      {creating ? <EnterpriseForm onClose={() => setCreating(false)} onSaved={(saved) => { setCreating(false); filters.setOpen(saved.id); }} /> : null}
      {editing ? <EnterpriseForm enterprise={editing} onClose={() => setEditing(null)} onSaved={() => setEditing(null)} /> : null}
    </>
  );
}
