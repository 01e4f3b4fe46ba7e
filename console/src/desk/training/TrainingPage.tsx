import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { CourseView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import type { Column } from '../parts/DataTable';
import { FilterSelect, FilterText, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { CourseState } from './CourseState';
import { Length } from './Length';
import { NewCourse } from './NewCourse';

/** Courses: one's own, and what authorities have published. */
export function Component() {
  const t = useDesk();
  const { lang } = useLang();
  const can = useCan();
  const navigate = useNavigate();
  const filters = useFilters(['search', 'state']);
  const [adding, setAdding] = useState(false);
  const { values, set } = filters;
  const w = t.training;
  const owner = (it: CourseView) => it.enterprise_name ?? `${w.areaOwner} ${it.area_code}`;
  const columns: Column<CourseView>[] = [
    { key: 'title', title: w.course, sort: { ascend: 'title' }, render: (it) => <TwoLines first={<Link to={paths.course(it.id)}>{it.title}</Link>} second={owner(it)} /> },
    { key: 'state', title: w.state, width: 110, render: (it) => <CourseState state={it.state} /> },
    { key: 'required', title: w.requiredCol, width: 90, render: (it) => (it.required ? <b>{w.required}</b> : w.optional) },
    { key: 'kind', title: w.kind, width: 150, render: (it) => (it.kind ? <>{w.kinds[it.kind]}{t.gap}<Length ms={it.length_ms} /></> : <span className="muted">{w.noMedia}</span>) },
    { key: 'questions', title: w.questions, width: 100, render: (it) => `${it.question_count} / ${it.bank_count}` },
    { key: 'published', title: w.published, width: 140, render: (it) => (it.published_at ? dayTime(it.published_at, lang) : '—') },
  ];
  const add = can('manage_training') ? <Button type="primary" onClick={() => setAdding(true)}>{w.add}</Button> : null;
  return (
    <>
      <ListPage
        path="/courses" title={w.title} countWords={w.count} filters={filters} columns={columns} rowId={(it) => it.id} rowHref={(it) => paths.course(it.id)} actions={add}
        controls={
          <>
            <FilterText label={w.search} value={values.search} onChange={(search) => set({ search })} />
            <FilterSelect label={w.state} value={values.state} options={optionsOf(w.states)} onChange={(state) => set({ state })} />
          </>
        }
        card={(it) => (
          <>
            <Link className="card-title" to={paths.course(it.id)}>{it.title}</Link>
            <div className="card-line"><span>{owner(it)}</span><CourseState state={it.state} /></div>
            <div className="card-line"><span>{it.required ? w.required : w.optional}{t.gap}{it.kind ? w.kinds[it.kind] : w.noMedia}</span></div>
          </>
        )}
        empty={<EmptyState title={w.none} text={w.noneHint} action={add} />}
      />
      {adding ? <NewCourse onClose={() => setAdding(false)} onMade={(it) => void navigate(paths.course(it.id))} /> : null}
    </>
  );
}
