import { Button, Tabs } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { get, type RulebookView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { PAGE_SIZE, usePages } from '../data';
import { hasDraft } from '../parts/edit/useDraft';
import { Versions } from '../parts/edit/Versions';
import { PageHead } from '../parts/PageHead';
import { StateTag } from '../parts/StateTag';
import { ErrorState, LoadingState } from '../parts/states';
import { useNow } from '../parts/useNow';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { Compare } from './Compare';
import { MyDepartments } from './MyDepartments';
import { Reading } from './Reading';
import { DRAFT } from './useEditing';
import { ViewTabs } from './ViewTabs';
import { WaitingBlock } from './WaitingBlock';
import '../parts/edit/edit.css';
import '../rules/rules.css';
import './rulebook.css';

/** Versions of the rulebook: what the one in force says, what waits to begin, and what each changed. */
export function Component() {
  const t = useDesk();
  const can = useCan();
  const now = useNow();
  const [search, setSearch] = useSearchParams();
  const [draft] = useState(() => hasDraft(DRAFT));
  const w = t.rulebook;
  const list = usePages<RulebookView>(['rulebooks', 'versions'], (cursor, signal) => get('/rulebooks/versions', { query: { cursor, limit: PAGE_SIZE }, signal }));
  const waiting = list.items.find((it) => standing(it, now) === 'waits');
  const wanted = Number(search.get('version'));
  const view = list.items.find((it) => it.version === wanted) ?? list.items.find((it) => it.in_force);
  const tab = search.get('tab') === 'changes' ? 'changes' : 'reading';
  const show = (next: { version?: number; against?: number; tab?: string }) => {
    const query = new URLSearchParams(search);
    for (const [name, value] of Object.entries(next)) query.set(name, String(value));
    if (next.version) query.delete('against');
    setSearch(query, { replace: true });
  };
  return (
    <div className="page">
      <PageHead title={w.title} second={w.lead}>
        {can('manage_reopening') ? <Link to={paths.rulebookEdit()}><Button type="primary">{draft ? w.goOn : w.newVersion}</Button></Link> : null}
      </PageHead>
      <ViewTabs here="book" />
      {!view ? (list.error ? <ErrorState error={list.error} retry={list.retry} /> : <LoadingState />) : (
        <div className="rules-body versions-body">
          <section className="block rules-main" aria-label={t.forms.version(view.version)}>
            <Head view={view} now={now} />
            <Tabs
              activeKey={tab} onChange={(it) => show({ tab: it })} destroyOnHidden
              items={[
                { key: 'reading', label: w.tabs.reading, children: <Reading key={view.version} book={view.definition} /> },
                { key: 'changes', label: w.tabs.changes, children: <Compare key={view.version} view={view} against={Number(search.get('against')) || null} onAgainst={(it) => show({ against: it })} versions={list.items.map((it) => it.version)} /> },
              ]}
            />
          </section>
          <div className="rules-side">
            {waiting ? <WaitingBlock view={waiting} shown={view.version === waiting.version} mayWithdraw={can('manage_reopening')} /> : null}
            {can('review_applications') && !can('manage_reopening') ? <MyDepartments /> : null}
            <Versions
              items={list.items.map((it) => ({ ...it, tag: <StandingTag view={it} now={now} /> }))} shown={view.version} onShow={(it) => show({ version: it })}
              more={list.more} loadingMore={list.loadingMore} byProgram={w.byProgram}
            />
          </div>
        </div>
      )}
    </div>
  );
}

type Standing = 'holds' | 'waits' | 'withdrawn' | 'past';

function standing(it: RulebookView, now: number): Standing {
  if (it.in_force) return 'holds';
  if (it.withdrawn_at) return 'withdrawn';
  return it.valid_from && now < Date.parse(it.valid_from) ? 'waits' : 'past';
}

function StandingTag({ view, now }: { view: RulebookView; now: number }) {
  const t = useDesk();
  const w = t.rulebook;
  switch (standing(view, now)) {
    case 'holds': return <StateTag tone="good">{t.forms.inForce}</StateTag>;
    case 'waits': return <StateTag tone="waits">{w.waits}</StateTag>;
    case 'withdrawn': return <StateTag tone="plain">{w.withdrawn}</StateTag>;
    case 'past': return null;
  }
}

function Head({ view, now }: { view: RulebookView; now: number }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.rulebook;
  return (
    <>
      <h2>
        <span>{t.forms.version(view.version)} <StandingTag view={view} now={now} /></span>
        <small>{view.valid_from ? `${dayTime(view.valid_from, lang)}${t.gap}` : ''}{view.set_by ?? w.byProgram}</small>
      </h2>
      {view.note ? <p className="rules-note">{view.note}</p> : null}
      {view.withdrawn_at ? <p className="muted">{w.withdrawnBy(view.withdrawn_by ?? '—', dayTime(view.withdrawn_at, lang))}</p> : null}
      {view.in_force && view.set_by ? <p className="muted">{view.followed_at ? w.followed(dayTime(view.followed_at, lang)) : w.notFollowed}</p> : null}
    </>
  );
}
