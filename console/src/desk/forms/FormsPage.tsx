import { Button, Tabs } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { get, type FormVersion } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { PAGE_SIZE, useGet, usePages } from '../data';
import { PageHead } from '../parts/PageHead';
import { hasDraft } from '../parts/edit/useDraft';
import { Versions } from '../parts/edit/Versions';
import { StateTag } from '../parts/StateTag';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { Compare } from './Compare';
import { Preview } from './Preview';
import { DRAFT } from './useLooked';
import './forms.css';
import '../parts/edit/edit.css';
import '../rules/rules.css';
import '../applications/applications.css';

/** Versions of the form: which one is in force, what each changed, how each looks. */
export function Component() {
  const t = useDesk();
  const { lang } = useLang();
  const [search, setSearch] = useSearchParams();
  const [draft] = useState(() => hasDraft(DRAFT));
  const w = t.forms;
  const list = usePages<FormVersion>(['application-forms', 'versions'], (cursor, signal) => get('/application-forms/versions', { query: { cursor, limit: PAGE_SIZE }, signal }));
  const newest = list.items[0]?.version ?? null;
  const version = Number(search.get('version')) || newest;
  // The first version changed nothing: it is looked at.
  const first = !list.more && version === list.items.at(-1)?.version;
  const tab = (search.get('tab') ?? (first ? 'preview' : 'changes')) === 'preview' ? 'preview' : 'changes';
  const show = (next: { version?: number; against?: number; tab?: string }) => {
    const query = new URLSearchParams(search);
    for (const [name, value] of Object.entries(next)) query.set(name, String(value));
    if (next.version) query.delete('against');
    setSearch(query, { replace: true });
  };
  return (
    <div className="page">
      <PageHead title={w.title} second={w.lead}>
        <Link to={paths.formEdit()}><Button type="primary">{draft ? w.goOn : w.newVersion}</Button></Link>
      </PageHead>
      {version === null ? (list.error ? <ErrorState error={list.error} retry={list.retry} /> : <LoadingState />) : (
        <div className="rules-body versions-body">
          <section className="block rules-main" aria-label={w.version(version)}>
            <Shown version={version} newest={newest} tab={tab} onTab={(it) => show({ tab: it })} against={Number(search.get('against')) || null} onAgainst={(it) => show({ against: it })} versions={list.items} />
          </section>
          <div className="rules-side">
            <Versions
              items={list.items.map((it, at) => ({ ...it, tag: at === 0 ? <StateTag tone="good">{w.inForce}</StateTag> : null, more: w.questions(number(it.questions, lang)) }))}
              shown={version} onShow={(it) => show({ version: it })} more={list.more} loadingMore={list.loadingMore} byProgram={w.byProgram}
            />
          </div>
        </div>
      )}
    </div>
  );
}

interface ShownProps { version: number; newest: number | null; tab: 'changes' | 'preview'; onTab: (tab: string) => void; against: number | null; onAgainst: (version: number) => void; versions: FormVersion[] }

function Shown({ version, newest, tab, onTab, against, onAgainst, versions }: ShownProps) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.forms;
  const { data, error, refetch } = useGet('/application-forms', { query: { version } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  return (
    <>
      <h2>
        <span>{w.version(version)} {version === newest ? <StateTag tone="good">{w.inForce}</StateTag> : null}</span>
        <small>{data.valid_from ? `${dayTime(data.valid_from, lang)}${t.gap}` : ''}{data.set_by ?? w.byProgram}</small>
      </h2>
      {data.note ? <p className="rules-note">{data.note}</p> : null}
      <Tabs
        activeKey={tab} onChange={onTab} destroyOnHidden
        items={[
          { key: 'changes', label: w.tabs.changes, children: <Compare key={version} view={data} against={against} onAgainst={onAgainst} versions={versions} /> },
          { key: 'preview', label: w.tabs.preview, children: <><p className="form-lead">{w.preview.lead}</p><Preview key={version} form={data.definition} /></> },
        ]}
      />
    </>
  );
}
