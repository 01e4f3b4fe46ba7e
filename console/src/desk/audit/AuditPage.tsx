import { Button } from 'antd';
import { Link } from 'react-router';
import type { AuditView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime, fullTime, number, shortId } from '../../shared/format';
import { useList } from '../data';
import type { Column } from '../parts/DataTable';
import { FilterText, FilterTime } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { Facts, PanelHead } from '../parts/SidePanel';
import { TwoLines } from '../parts/cells';
import { EmptyState, LoadingState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { useDesk } from '../strings';
import { ProofButton, SealedLog } from './Sealed';
import { actWords } from './auditWords';

export function Component() {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const filters = useFilters(['act', 'actor_id', 'subject_id', 'from', 'to']);
  const { values, set } = filters;
  const purpose = (code: string) => words.purpose[code as keyof typeof words.purpose] ?? code;
  const role = (code: string) => words.role[code as keyof typeof words.role] ?? code;

  const columns: Column<AuditView>[] = [
    { key: 'at', title: t.audit.at, width: 150, render: (it) => <Link to={filters.href(it.id)}>{dayTime(it.at, lang)}</Link> },
    { key: 'actor', title: t.audit.actor, width: 160, render: (it) => <TwoLines first={it.actor_name} second={role(it.actor_role)} /> },
    { key: 'act', title: t.audit.act, render: (it) => <TwoLines first={actWords(it.act, t)} second={actWords(it.act, t) === it.act ? null : it.act} /> },
    { key: 'subject', title: t.audit.subject, width: 180, render: (it) => <TwoLines first={it.subject ? shortId(it.subject) : '—'} second={it.subjects > 1 ? t.audit.subjects(number(it.subjects, lang)) : null} /> },
    { key: 'purpose', title: t.audit.purpose, width: 120, render: (it) => purpose(it.purpose) },
  ];
  return (
    <ListPage
      path="/audit" title={t.audit.title} countWords={t.audit.count} filters={filters} columns={columns} rowId={(it) => it.id}
      controls={
        <>
          <FilterText label={t.audit.actFilter} value={values.act} onChange={(act) => set({ act })} />
          <FilterText label={t.audit.actorFilter} value={values.actor_id} onChange={(actor_id) => set({ actor_id })} />
          <FilterText label={t.audit.subjectFilter} value={values.subject_id} onChange={(subject_id) => set({ subject_id })} />
          <FilterTime label={t.audit.from} value={values.from} onChange={(from) => set({ from })} />
          <FilterTime label={t.audit.to} value={values.to} onChange={(to) => set({ to })} />
        </>
      }
      card={(it) => (
        <>
          <Link className="card-title" to={filters.href(it.id)}>{it.actor_name}<small>{t.gap}{dayTime(it.at, lang)}</small></Link>
          <div className="card-line"><span>{actWords(it.act, t)}</span><span>{purpose(it.purpose)}</span></div>
        </>
      )}
      notice={<SealedLog />}
      empty={<EmptyState title={t.audit.none} text={t.audit.noneHint} />}
      panel={filters.open ? {
        label: t.audit.panel,
        content: <AuditPanel id={filters.open} filter={values} sort={filters.sort} purpose={purpose} role={role} onSubject={(subject_id) => set({ subject_id })} />,
      } : null}
    />
  );
}

interface PanelProps { id: string; filter: Partial<Record<string, string>>; sort: string | undefined; purpose: (code: string) => string; role: (code: string) => string; onSubject: (id: string) => void }

/** A line has no address of its own: it is read from the list that shows it. */
function AuditPanel({ id, filter, sort, purpose, role, onSubject }: PanelProps) {
  const t = useDesk();
  const list = useList('/audit', filter, sort);
  const entry = list.items.find((it) => it.id === id);
  if (!entry) return list.loading ? <LoadingState /> : <EmptyState title={t.states.notFound} />;
  const detail = Object.entries(entry.detail);
  return (
    <>
      <PanelHead over={fullTime(entry.at)} title={actWords(entry.act, t)}>{entry.actor_name}{t.gap}{role(entry.actor_role)}</PanelHead>
      <section className="panel-sect">
        <Facts
          items={[
            [t.audit.act, <code key="a">{entry.act}</code>], [t.audit.purpose, purpose(entry.purpose)], [t.audit.subject, entry.subject ? <code key="s">{entry.subject}</code> : null],
            entry.subjects > 1 ? [t.audit.subject, t.audit.subjects(String(entry.subjects))] : null, [t.audit.request, <code key="r">{entry.request_id}</code>],
          ]}
        />
      </section>
      {detail.length > 0 ? <section className="panel-sect"><h3>{t.audit.content}</h3><pre className="json">{JSON.stringify(entry.detail, null, 2)}</pre></section> : null}
      <div className="panel-acts">
        <ProofButton id={entry.id} />
        {entry.subject ? <Button onClick={() => onSubject(entry.subject ?? '')}>{t.audit.onlySubject}</Button> : null}
      </div>
    </>
  );
}
