import { DownloadOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { downloadHref, get, type AttendanceRow, type Project, type ProjectCompany } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { clock, day as dayOf, number } from '../../shared/format';
import { PAGE_SIZE, useGet, usePages } from '../data';
import { DataTable, type Column } from '../parts/DataTable';
import { FilterDate, FilterSelect, FilterText } from '../parts/FilterControls';
import { FormDrawer } from '../parts/FormDrawer';
import { Crumbs } from '../parts/PageHead';
import { TwoLines } from '../parts/cells';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { useNow } from '../parts/useNow';
import { paths } from '../paths';
import { localDay } from '../reports/model';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { lastDays, MOST_DAYS, teamNames } from './model';
import './projects.css';

/** One building site: who takes part, in which teams, who came; and all of it for the national platform. */
export function Component() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useGet('/sites/{id}/project', { path: { id } });
  if (data) return <ProjectOf project={data} />;
  return <div className="page">{error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />}</div>;
}

function ProjectOf({ project }: { project: Project }) {
  const t = useDesk();
  const { lang } = useLang();
  const can = useCan();
  const now = useNow();
  const [exporting, setExporting] = useState(false);
  const w = t.projects;
  const n = (it: number) => number(it, lang);
  return (
    <div className="page project-page">
      <Crumbs label={w.title} trail={[{ to: paths.projects(), text: w.title }]} here={project.name} heading>
        {can('read_reports') ? <Link to={paths.dailyReport(project.unit_id, localDay(now))}><Button>{w.report}</Button></Link> : null}
        {can('reveal_identity') ? <Button onClick={() => setExporting(true)}>{w.national}</Button> : null}
      </Crumbs>
      <div className="page-body">
        <dl className="project-figures">
          <div><dt>{w.members}</dt><dd>{n(project.members)}</dd></div>
          <div><dt>{w.came}</dt><dd>{n(project.came_today)}</dd></div>
          <div><dt>{w.companies}</dt><dd>{n(project.companies.length)}</dd></div>
        </dl>
        <section className="block" aria-label={w.companies}>
          <h2>{w.companies}</h2>
          {project.companies.length === 0 ? <EmptyState title={w.noCompanies} text={w.noCompaniesHint} /> : project.companies.map((it) => <Company key={`${it.credit_code} ${it.name} ${it.kind}`} it={it} />)}
        </section>
        <Attendance project={project} />
      </div>
      {exporting ? <NationalExport project={project} onClose={() => setExporting(false)} /> : null}
    </div>
  );
}

function Company({ it }: { it: ProjectCompany }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.projects;
  return (
    <details className="project-company">
      <summary><b>{it.name ?? w.noCompany}</b> <span>{it.kind ? t.crew.employerKind[it.kind] : ''}</span> <small>{it.credit_code}</small> <em>{w.people(number(it.current, lang))}</em></summary>
      <div className="scroll-x">
        <table className="plain-table">
          <thead><tr><th>{w.team}</th><th>{w.current}</th><th>{w.leading}</th><th>{w.ever}</th><th>{w.joined}</th><th>{w.left}</th></tr></thead>
          <tbody>{it.teams.map((team) => <tr key={team.name ?? ''}><th scope="row">{team.name ?? w.noTeam}</th><td>{number(team.current, lang)}</td><td>{number(team.leading, lang)}</td><td>{number(team.ever, lang)}</td><td>{dayOf(team.from, lang)}</td><td>{team.until ? dayOf(team.until, lang) : '—'}</td></tr>)}</tbody>
        </table>
      </div>
    </details>
  );
}

function Attendance({ project }: { project: Project }) {
  const t = useDesk();
  const { lang } = useLang();
  const now = useNow();
  const { values, set } = useFilters(['day', 'team', 'employee_no']);
  const w = t.projects;
  const query = { ...values, day: values.day ?? localDay(now) };
  const path = { id: project.site_id };
  const list = usePages<AttendanceRow>(['sites', project.site_id, 'attendance', query], (cursor, signal) => get('/sites/{id}/attendance', { path, query: { ...query, cursor, limit: PAGE_SIZE }, signal }));
  const time = (at: string | null | undefined) => (at ? clock(at) : '—');
  const columns: Column<AttendanceRow>[] = [
    { key: 'name', title: w.worker, render: (it) => <TwoLines first={<Link to={paths.person(it.person_id)}>{it.masked_name}</Link>} second={it.employee_no} /> },
    { key: 'team', title: w.team, width: 180, render: (it) => <TwoLines first={it.team ?? '—'} second={it.company ?? ''} /> },
    { key: 'trade', title: w.trade, width: 140, render: (it) => <TwoLines first={it.trade ?? '—'} second={it.role ? t.crew.role[it.role] : ''} /> },
    { key: 'in', title: w.firstIn, width: 110, render: (it) => (it.first_in ? time(it.first_in) : <span className="warn">{w.unseen}</span>) },
    { key: 'out', title: w.lastOut, width: 110, render: (it) => time(it.last_out) },
    { key: 'n', title: w.passages, width: 80, align: 'right', render: (it) => number(it.passages, lang) },
  ];
  return (
    <section className="block" aria-label={w.attendance}>
      <h2>{w.attendance}<Button size="small" icon={<DownloadOutlined />} href={downloadHref('/sites/{id}/attendance/export', { path, query: { ...query, lang } })} download>{w.csv}</Button></h2>
      <p className="muted">{w.attendanceHint}</p>
      <div className="filters" role="group" aria-label={t.list.filters}>
        <FilterDate label={w.day} value={query.day} onChange={(day) => set({ day })} />
        <FilterSelect label={w.team} value={query.team} options={teamNames(project).map((value) => ({ value, label: value }))} onChange={(team) => set({ team })} />
        <FilterText label={w.number} value={query.employee_no} onChange={(employee_no) => set({ employee_no })} />
      </div>
      <DataTable list={list} columns={columns} rowId={(it) => `${it.person_id} ${it.employee_no}`} rowHref={(it) => paths.person(it.person_id)} label={w.attendance} total={null}
        card={(it) => (
          <>
            <Link className="card-title" to={paths.person(it.person_id)}>{it.masked_name}</Link>
            <div className="card-line"><span>{it.team ?? '—'}{t.gap}{it.employee_no}</span><span>{it.first_in ? `${time(it.first_in)} – ${time(it.last_out)}` : w.unseen}</span></div>
          </>
        )}
        empty={<EmptyState title={w.nobody} text={w.nobodyHint} />}
      />
    </section>
  );
}

interface Values { from: string; until: string; reason: string }

/** Identities leave the system: the days and the reason are said first, and everybody concerned can read it in her file. */
function NationalExport({ project, onClose }: { project: Project; onClose: () => void }) {
  const t = useDesk();
  const now = useNow();
  const [href, setHref] = useState<string | null>(null);
  const w = t.projects;
  const initial: Values = { from: localDay(now), until: localDay(now), reason: '' };
  const make = ({ from, until, reason }: Values) => setHref(downloadHref('/sites/{id}/real-name', { path: { id: project.site_id }, query: { from, until, reason: reason.trim() } }));
  return (
    <FormDrawer<Values> title={w.national} lead={w.nationalLead} initial={initial} submitText={w.prepare} pending={false} error={null} onSubmit={make} onClose={onClose}>
      {(form) => (
        <>
          <Form.Item name="from" label={w.from} rules={[{ required: true, message: t.form.required(w.from) }]}><Input type="date" onChange={() => setHref(null)} /></Form.Item>
          <Form.Item name="until" label={w.until} dependencies={['from']} rules={[{ required: true, message: t.form.required(w.until) }, { validator: (_, until: string) => (lastDays(String(form.getFieldValue('from')), until) ? Promise.resolve() : Promise.reject(new Error(w.daysMost(MOST_DAYS)))) }]}><Input type="date" onChange={() => setHref(null)} /></Form.Item>
          <Form.Item name="reason" label={w.reason} rules={[{ required: true, whitespace: true, message: t.form.required(w.reason) }]}><Input maxLength={120} onChange={() => setHref(null)} /></Form.Item>
          {href ? <p role="status"><Button type="primary" icon={<DownloadOutlined />} href={href} download>{w.download}</Button></p> : null}
        </>
      )}
    </FormDrawer>
  );
}
