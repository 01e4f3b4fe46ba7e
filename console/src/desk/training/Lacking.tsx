import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { downloadHref, get, post, type CourseView, type Lacking as Row, type Reminded } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { day, dayTime, number } from '../../shared/format';
import { PAGE_SIZE, useGet, usePages } from '../data';
import { DataTable, type Column } from '../parts/DataTable';
import { GraveDialog } from '../parts/GraveDialog';
import { SitePicker } from '../parts/PlacePicker';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';

/** Who works where a required course is asked for and has no certificate of it that holds. */
export function Lacking({ course }: { course: CourseView }) {
  const t = useDesk();
  const { lang } = useLang();
  const can = useCan();
  const { message } = App.useApp();
  const w = t.training;
  const { values, set } = useFilters(['site_id']);
  const [asking, setAsking] = useState(false);
  const { site_id } = values;
  const path = { id: course.id };
  const list = usePages<Row>(['courses', course.id, 'lacking', site_id], (cursor, signal) => get('/courses/{id}/lacking', { path, query: { site_id, cursor, limit: PAGE_SIZE }, signal }));
  const count = useGet('/courses/{id}/lacking/count', { path, query: { site_id } }).data?.count ?? null;
  const due = (it: Row) => (Date.parse(it.due_at) <= Date.now() ? <b className="bad">{w.late}{t.gap}{day(it.due_at, lang)}</b> : day(it.due_at, lang));
  const reminded = (it: Row) => (it.reminded_at ? dayTime(it.reminded_at, lang) : <span className="muted">{w.never}</span>);
  const columns: Column<Row>[] = [
    { key: 'name', title: t.people.name, render: (it) => <TwoLines first={<Link to={paths.person(it.person_id)}>{it.masked_name}</Link>} second={t.people.tail(it.tail)} /> },
    { key: 'no', title: t.personNew.employeeNo, width: 120, render: (it) => <code>{it.employee_no}</code> },
    { key: 'site', title: t.people.site, render: (it) => <TwoLines first={it.site_name} second={it.team ?? t.people.noTeam} /> },
    { key: 'due', title: w.due, width: 160, render: due },
    { key: 'reminded', title: w.reminded, width: 140, render: reminded },
  ];
  const shown = count === null ? '' : number(count, lang);
  return (
    <div className="lacking">
      <div className="filters" role="group" aria-label={t.list.filters}>
        <b>{count === null ? '' : w.lackingCount(shown)}</b>
        <SitePicker chip label={t.common.site} value={site_id} onChange={(it) => set({ site_id: it })} />
        <div className="page-actions">
          <Button icon={<DownloadOutlined />} href={downloadHref('/courses/{id}/lacking/export', { path, query: { site_id, lang } })} download disabled={!count}>{count ? t.list.export(shown) : t.list.exportNone}</Button>
          {can('attest') ? <Button type="primary" disabled={!count} onClick={() => setAsking(true)}>{w.remind}</Button> : null}
        </div>
      </div>
      <DataTable
        list={list} columns={columns} rowId={(it) => it.id} rowHref={(it) => paths.person(it.person_id)} label={w.tabs.lacking} total={count}
        card={(it) => (
          <>
            <Link className="card-title" to={paths.person(it.person_id)}>{it.masked_name}{t.gap}{it.employee_no}</Link>
            <div className="card-line"><span>{it.site_name}{t.gap}{it.team ?? t.people.noTeam}</span><span>{due(it)}</span></div>
          </>
        )}
        empty={<EmptyState title={w.lackingNone} text={w.lackingNoneHint} />}
      />
      {asking ? (
        <GraveDialog<Reminded>
          title={w.remindTitle(course.title)} consequence={w.remindConsequence} confirmText={w.remind} danger={false} needsReason={false} invalidates={['courses']} onClose={() => setAsking(false)}
          send={(_, idempotencyKey) => post('/courses/{id}/reminders', { path, body: { site_id: site_id ?? null }, idempotencyKey })}
          onDone={(it) => { void message.success(w.sent(number(it.sent, lang), number(it.before, lang), it.left)); setAsking(false); }}
        />
      ) : null}
    </div>
  );
}
