import { EditOutlined, FormOutlined, MergeOutlined, PlusOutlined, SearchOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { PersonRow } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { useGet } from '../data';
import type { Column } from '../parts/DataTable';
import { FilterSelect, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { AreaPicker, EnterprisePicker, SitePicker } from '../parts/PlacePicker';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { AllowedTag, StatusTag } from './StatusTag';
import { SearchDialog } from './SearchDialog';

export function Component() {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const can = useCan();
  const medical = can('read_medical');
  const filters = useFilters(['site_id', 'enterprise_id', 'area', 'status', 'allowed', 'employed']);
  const [searching, setSearching] = useState(false);
  const { values, set } = filters;
  const employed = [{ value: 'true', label: t.people.employedYes }, { value: 'false', label: t.people.employedNo }];

  const columns: Column<PersonRow>[] = [
    { key: 'name', title: t.people.name, width: 150, render: (it) => <TwoLines first={<Link to={paths.person(it.id)}>{it.masked_name}</Link>} second={t.people.tail(it.tail)} /> },
    { key: 'employee_no', title: t.people.employeeNo, width: 150, sort: { ascend: 'employee_no' }, render: (it) => <TwoLines first={it.employee_no ?? '—'} second={it.card_no ? t.people.card(it.card_no) : null} /> },
    { key: 'site', title: t.people.site, render: (it) => <TwoLines first={it.site_name ?? '—'} second={it.team ?? t.people.noTeam} /> },
    ...(medical ? [{ key: 'status', title: t.people.status, width: 110, render: (it: PersonRow) => (it.status ? <StatusTag status={it.status} /> : '—') }] : []),
    { key: 'allowed', title: t.people.allowed, width: 120, render: (it) => <AllowedTag allowed={it.allowed} /> },
    { key: 'screened', title: t.people.lastScreened, width: 140, render: (it) => (it.last_screened_at ? dayTime(it.last_screened_at, lang) : <span className="muted">{t.people.never}</span>) },
  ];
  const actions = (
    <>
      {can('merge_people') ? <DuplicatesLink /> : null}
      {can('decide_corrections') ? <Waiting path="/corrections/count" state="open" to={paths.corrections({ state: 'open' })} words={t.corrections.link} /> : null}
      {can('order_red') ? <Waiting path="/red-orders/count" state="pending" to={paths.redOrders()} words={t.redOrders.link} /> : null}
      {can('review_appeals') ? <Waiting path="/appeals/count" state="open" to={paths.appeals({ state: 'open' })} words={t.appeals.link} /> : null}
      <Link to={paths.duties({ site_id: values.site_id })}><Button icon={<FormOutlined />}>{t.duties.title}</Button></Link>
      <Button icon={<SearchOutlined />} onClick={() => setSearching(true)}>{t.people.search}</Button>
      {can('edit_people') ? <Link to={paths.peopleImports({ site_id: values.site_id })}><Button icon={<UploadOutlined />}>{t.people.import}</Button></Link> : null}
      {can('edit_people') ? <Link to={paths.personNew({ site_id: values.site_id })}><Button type="primary" icon={<PlusOutlined />}>{t.people.add}</Button></Link> : null}
    </>
  );
  return (
    <>
      <ListPage
        path="/people" title={t.people.title} countWords={t.people.count} filters={filters} columns={columns} rowId={(it) => `${it.id}${it.site_id ?? ''}${it.employee_no ?? ''}`} rowHref={(it) => paths.person(it.id)} actions={actions}
        controls={
          <>
            <SitePicker chip label={t.common.site} value={values.site_id} onChange={(site_id) => set({ site_id })} />
            <EnterprisePicker chip label={t.common.enterprise} value={values.enterprise_id} onChange={(enterprise_id) => set({ enterprise_id })} />
            <AreaPicker chip label={t.common.area} value={values.area} onChange={(area) => set({ area })} />
            <FilterSelect label={t.people.allowed} value={values.allowed} options={optionsOf(words.allowed)} onChange={(allowed) => set({ allowed })} />
            {medical ? <FilterSelect label={t.people.status} value={values.status} options={optionsOf(words.status)} onChange={(status) => set({ status })} /> : null}
            <FilterSelect label={t.people.employed} value={values.employed} options={employed} onChange={(next) => set({ employed: next })} />
          </>
        }
        card={(it) => (
          <>
            <Link className="card-title" to={paths.person(it.id)}>{it.masked_name}<small>{t.gap}{t.people.tail(it.tail)}</small></Link>
            <div className="card-line"><span>{it.site_name}{t.gap}{it.team}{t.gap}{it.employee_no}</span>{it.status ? <StatusTag status={it.status} /> : <AllowedTag allowed={it.allowed} />}</div>
          </>
        )}
        empty={<EmptyState title={t.people.none} text={t.people.noneHint} />}
      />
      {searching ? <SearchDialog onClose={() => setSearching(false)} /> : null}
    </>
  );
}

/** Only when something waits: the desk is quiet otherwise. */
function Waiting({ path, state, to, words }: { path: '/corrections/count' | '/red-orders/count' | '/appeals/count'; state: string; to: string; words: (n: string) => string }) {
  const { lang } = useLang();
  const { data } = useGet(path, { query: { state } }, { staleTime: 30_000 });
  if (!data?.count) return null;
  return <Link to={to}><Button icon={<EditOutlined />}>{words(number(data.count, lang))}</Button></Link>;
}

/** The same of files that may be one person's. */
function DuplicatesLink() {
  const t = useDesk();
  const { lang } = useLang();
  const { data } = useGet('/people/duplicates/waiting', {}, { staleTime: 30_000 });
  if (!data?.count) return null;
  return <Link to={paths.duplicates()}><Button icon={<MergeOutlined />}>{t.duplicates.link(number(data.count, lang))}</Button></Link>;
}
