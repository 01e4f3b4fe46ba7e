import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { ApplicationView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import type { Column } from '../parts/DataTable';
import { FilterSelect, FilterText, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { ApplicationState } from './ApplicationState';
import { BeginDialog } from './BeginDialog';
import { deadlineOf, siteWords } from './model';

/** The enterprise's own applications to reopen. */
export function Component() {
  const t = useDesk();
  const { lang } = useLang();
  const can = useCan();
  const navigate = useNavigate();
  const filters = useFilters(['search', 'state']);
  const [beginning, setBeginning] = useState(false);
  const { values, set } = filters;
  const w = t.applications;
  const planned = (it: ApplicationView) => (it.planned === null ? w.view.nothing : w.people(number(it.planned, lang)));
  const columns: Column<ApplicationView>[] = [
    { key: 'number', title: w.number, width: 210, render: (it) => <Link to={paths.application(it.id)}>{it.number}</Link> },
    { key: 'sites', title: w.sites, render: (it) => <TwoLines first={siteWords(it, w)} second={it.enterprise_name} /> },
    { key: 'state', title: w.state, width: 110, render: (it) => <ApplicationState state={it.state} /> },
    { key: 'planned', title: w.planned, width: 110, render: planned },
    { key: 'deadlines', title: w.deadlines, width: 190, render: (it) => deadlineOf(it, w, lang) ?? w.view.nothing },
    { key: 'saved', title: w.saved, width: 140, render: (it) => dayTime(it.saved_at, lang) },
  ];
  const add = can('apply') ? <Button type="primary" onClick={() => setBeginning(true)}>{w.add}</Button> : null;
  return (
    <>
      <ListPage
        path="/applications" title={w.title} countWords={w.count} filters={filters} columns={columns} rowId={(it) => it.id} rowHref={(it) => paths.application(it.id)} actions={add}
        controls={
          <>
            <FilterText label={w.search} value={values.search} onChange={(search) => set({ search })} />
            <FilterSelect label={w.state} value={values.state} options={optionsOf(w.states)} onChange={(state) => set({ state })} />
          </>
        }
        card={(it) => (
          <>
            <Link className="card-title" to={paths.application(it.id)}>{it.number}</Link>
            <div className="card-line"><span>{siteWords(it, w)}</span><ApplicationState state={it.state} /></div>
            <div className="card-line"><span>{planned(it)}</span><span>{deadlineOf(it, w, lang) ?? ''}</span></div>
          </>
        )}
        empty={<EmptyState title={w.none} text={w.noneHint} action={add} />}
      />
      {beginning ? <BeginDialog onClose={() => setBeginning(false)} onBegun={(it) => void navigate(paths.application(it.id))} /> : null}
    </>
  );
}
