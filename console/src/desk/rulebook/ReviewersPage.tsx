import { App, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { get, post, type Department, type Reviewer } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { PAGE_SIZE, usePages, type ListRead } from '../data';
import { titleOf } from '../parts/edit/words';
import { GraveDialog } from '../parts/GraveDialog';
import { PageHead } from '../parts/PageHead';
import { StateTag } from '../parts/StateTag';
import { EmptyState, ErrorState, LoadingState, NoPermissionState } from '../parts/states';
import { useRulebook } from '../review/useRulebook';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { ViewTabs } from './ViewTabs';
import './rulebook.css';

/** Who reviews for which department. */
export function Component() {
  const can = useCan();
  return can('manage_reopening') ? <Reviewers /> : <NoPermissionState />;
}

function Reviewers() {
  const t = useDesk();
  const { lang } = useLang();
  const [setting, setSetting] = useState<Reviewer | null>(null);
  const w = t.rulebook.reviewers;
  const { departments } = useRulebook();
  const list = usePages<Reviewer>(['reviewers'], (cursor, signal) => get('/reviewers', { query: { cursor, limit: PAGE_SIZE }, signal }));
  return (
    <div className="page">
      <PageHead title={t.rulebook.title} second={t.rulebook.views.reviewers} />
      <ViewTabs here="reviewers" />
      {list.loading || (list.error && list.items.length === 0) ? (list.error ? <ErrorState error={list.error} retry={list.retry} /> : <LoadingState />) : list.items.length === 0 ? <EmptyState title={w.empty} text={w.emptyHint} /> : (
        <div className="reviewers">
          <section className="block">
            <h2><span>{w.count(number(list.items.length, lang))}</span></h2>
            <p className="form-lead">{w.lead}</p>
            <ul className="reviewer-list">
              {list.items.map((it) => (
                <li key={it.account_id}>
                  <b>{it.display_name} {it.disabled ? <StateTag tone="plain">{w.disabled}</StateTag> : null}</b>
                  <Where keys={it.departments} departments={departments} />
                  <Button size="small" aria-label={w.setOf(it.display_name)} onClick={() => setSetting(it)}>{w.set}</Button>
                </li>
              ))}
            </ul>
            {list.more ? <Button size="small" onClick={list.more} loading={list.loadingMore}>{w.more}</Button> : null}
          </section>
          <ByDepartment list={list} departments={departments} />
        </div>
      )}
      {setting ? <SetDialog key={setting.account_id} reviewer={setting} departments={departments} onClose={() => setSetting(null)} /> : null}
    </div>
  );
}

function useName(departments: Department[]): (key: string) => string {
  const t = useDesk();
  const { lang } = useLang();
  return (key) => {
    const found = departments.find((it) => it.key === key);
    return found ? titleOf(found.name, t.editing, lang) : t.rulebook.reviewers.gone(key);
  };
}

function Where({ keys, departments }: { keys: string[]; departments: Department[] }) {
  const t = useDesk();
  const name = useName(departments);
  const w = t.rulebook.reviewers;
  if (keys.length === 0) return <p className="muted">{w.nowhere}{t.gap}{w.nowhereHint}</p>;
  return <ul className="book-names">{keys.map((it) => <li key={it}>{name(it)}</li>)}</ul>;
}

/** The same the other way round: a department that nobody reviews for is seen. */
function ByDepartment({ list, departments }: { list: ListRead<Reviewer>; departments: Department[] }) {
  const t = useDesk();
  const name = useName(departments);
  const w = t.rulebook.reviewers;
  const of = (key: string) => list.items.filter((it) => !it.disabled && it.departments.includes(key)).map((it) => it.display_name);
  return (
    <section className="block">
      <h2>{w.byDepartment}</h2>
      {departments.length === 0 ? <p>{w.noDepartments}</p> : (
        <dl className="by-department">
          {departments.map(({ key }) => <div key={key}><dt>{name(key)}</dt><dd>{of(key).length > 0 ? of(key).join(t.rulebook.group.or) : <span className="muted">{w.nobody}</span>}</dd></div>)}
        </dl>
      )}
    </section>
  );
}

/** Where a reviewer belongs from now on. */
function SetDialog({ reviewer, departments, onClose }: { reviewer: Reviewer; departments: Department[]; onClose: () => void }) {
  const t = useDesk();
  const { message } = App.useApp();
  const name = useName(departments);
  const known = new Set(departments.map((it) => it.key));
  const [chosen, setChosen] = useState(() => reviewer.departments.filter((it) => known.has(it)));
  const w = t.rulebook.reviewers;
  return (
    <GraveDialog<Reviewer>
      title={w.setTitle(reviewer.display_name)} consequence={w.setText} confirmText={t.actions.save} danger={false} needsReason={false} invalidates={['reviewers', 'applications']}
      send={(_, idempotencyKey) => post('/reviewers', { body: { account_id: reviewer.account_id, departments: chosen }, idempotencyKey })}
      onDone={() => { onClose(); void message.success(w.done(reviewer.display_name)); }} onClose={onClose}
    >
      {departments.length === 0 ? <p>{w.noDepartments}</p> : (
        <Checkbox.Group<string> className="checks" aria-label={w.choose} value={chosen} options={departments.map(({ key }) => ({ value: key, label: name(key) }))} onChange={setChosen} />
      )}
    </GraveDialog>
  );
}
