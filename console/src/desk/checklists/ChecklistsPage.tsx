import { useQueries } from '@tanstack/react-query';
import { Button, Tabs } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { get, type ChecklistView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { getKey, useGet } from '../data';
import { hasDraft } from '../parts/edit/useDraft';
import { Versions } from '../parts/edit/Versions';
import { PageHead } from '../parts/PageHead';
import { StateTag } from '../parts/StateTag';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { Compare } from './Compare';
import { itemsOf } from './edit';
import { Reading } from './Reading';
import { DRAFT } from './useEditing';
import '../parts/edit/edit.css';
import '../rules/rules.css';
import './checklists.css';

const STEP = 20;

/** Versions of the checklist: what the one in force asks for, and what each changed. */
export function Component() {
  const t = useDesk();
  const can = useCan();
  const [draft] = useState(() => hasDraft(DRAFT));
  const { data, error, refetch } = useGet('/checklists', { query: {} });
  const w = t.checklists;
  return (
    <div className="page">
      <PageHead title={w.title} second={w.lead}>
        {can('manage_reopening') ? <Link to={paths.checklistEdit()}><Button type="primary">{draft ? w.goOn : w.newVersion}</Button></Link> : null}
      </PageHead>
      {data ? <Whole newest={data} /> : error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />}
    </div>
  );
}

function Whole({ newest }: { newest: ChecklistView }) {
  const t = useDesk();
  const { lang } = useLang();
  const [search, setSearch] = useSearchParams();
  const [shown, setShown] = useState(STEP);
  const w = t.checklists;
  const wanted = Number(search.get('version'));
  // Versions are counted from one, none is ever taken away.
  const all = Array.from({ length: newest.version }, (_, at) => newest.version - at);
  const version = all.includes(wanted) ? wanted : newest.version;
  const listed = all.slice(0, Math.max(shown, all.indexOf(version) + 1));
  const views = useVersions(listed);
  const inForce = <StateTag tone="good">{t.forms.inForce}</StateTag>;
  const tab = search.get('tab') === 'changes' ? 'changes' : 'reading';
  const show = (next: { version?: number; against?: number; tab?: string }) => {
    const query = new URLSearchParams(search);
    for (const [name, value] of Object.entries(next)) query.set(name, String(value));
    if (next.version) query.delete('against');
    setSearch(query, { replace: true });
  };
  return (
    <div className="rules-body versions-body">
      <section className="block rules-main" aria-label={t.forms.version(version)}>
        <Shown version={version} inForce={version === newest.version ? inForce : null} tab={tab} onTab={(it) => show({ tab: it })} against={Number(search.get('against')) || null} onAgainst={(it) => show({ against: it })} versions={all} />
      </section>
      <div className="rules-side">
        <Versions
          items={views.map((it) => ({ ...it, tag: it.version === newest.version ? inForce : null, more: w.items(number(itemsOf(it.definition).length, lang)) }))} shown={version} onShow={(it) => show({ version: it })}
          more={listed.length < all.length ? () => setShown(listed.length + STEP) : null} loadingMore={views.length < listed.length} byProgram={w.byProgram}
        />
      </div>
    </div>
  );
}

/** Those that have arrived; a version never changes. */
function useVersions(versions: number[]): ChecklistView[] {
  const found = useQueries({
    queries: versions.map((version) => ({ queryKey: getKey('/checklists', { query: { version } }), queryFn: ({ signal }: { signal: AbortSignal }) => get('/checklists', { query: { version }, signal }), staleTime: Infinity })),
  });
  return found.flatMap((it) => (it.data ? [it.data] : []));
}

interface ShownProps { version: number; inForce: ReactNode; tab: string; onTab: (tab: string) => void; against: number | null; onAgainst: (version: number) => void; versions: number[] }

function Shown({ version, inForce, tab, onTab, against, onAgainst, versions }: ShownProps) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.checklists;
  const { data, error, refetch } = useGet('/checklists', { query: { version } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  return (
    <>
      <h2>
        <span>{t.forms.version(version)} {inForce}</span>
        <small>{data.valid_from ? `${dayTime(data.valid_from, lang)}${t.gap}` : ''}{data.set_by ?? w.byProgram}</small>
      </h2>
      {data.note ? <p className="rules-note">{data.note}</p> : null}
      <Tabs
        activeKey={tab} onChange={onTab} destroyOnHidden
        items={[
          { key: 'reading', label: w.tabs.reading, children: <Reading key={version} list={data.definition} /> },
          { key: 'changes', label: w.tabs.changes, children: <Compare key={version} view={data} against={against} onAgainst={onAgainst} versions={versions} /> },
        ]}
      />
    </>
  );
}
