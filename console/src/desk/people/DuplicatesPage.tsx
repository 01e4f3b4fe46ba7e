import { App, Button, Segmented } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { get, post, type Duplicate, type DuplicateSide, type DuplicateState } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { PAGE_SIZE, usePages } from '../data';
import { GraveDialog } from '../parts/GraveDialog';
import { Crumbs } from '../parts/PageHead';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';
import './people.css';

const STATES: DuplicateState[] = ['open', 'merged', 'distinct'];
type Act = { kind: 'merge'; keep: DuplicateSide } | { kind: 'distinct' } | { kind: 'undo' };

/** Files that may be one person's, side by side: one is kept, or both are. */
export function Component() {
  const t = useDesk();
  const { message } = App.useApp();
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((it) => it === search.get('state')) ?? 'open';
  const [acting, setActing] = useState<{ pair: Duplicate; act: Act } | null>(null);
  const list = usePages<Duplicate>(['people', 'duplicates', state], (cursor, signal) => get('/people/duplicates', { query: { state, cursor, limit: PAGE_SIZE }, signal }));
  const options = STATES.map((it) => ({ value: it, label: t.duplicates.states[it] }));
  return (
    <div className="page">
      <Crumbs heading label={t.people.title} trail={[{ to: paths.people(), text: t.people.title }]} here={t.duplicates.title} />
      <div className="pairs-body">
        <p className="form-lead">{t.duplicates.lead}</p>
        <Segmented aria-label={t.duplicates.state} value={state} options={options} onChange={(next) => setSearch({ state: next }, { replace: true })} />
        {list.error && list.items.length === 0 ? <ErrorState error={list.error} retry={list.retry} /> : null}
        {list.loading ? <LoadingState /> : null}
        {!list.loading && !list.error && list.items.length === 0 ? <EmptyState title={t.duplicates.none[state]} text={t.duplicates.noneHint} /> : null}
        <ul className="pairs">{list.items.map((pair) => <Pair key={pair.id} pair={pair} onAct={(act) => setActing({ pair, act })} />)}</ul>
        {list.more ? <Button onClick={list.more} loading={list.loadingMore}>{t.list.more}</Button> : null}
      </div>
      {acting ? <ActDialog {...acting} onDone={(done) => { void message.success(done); setActing(null); }} onClose={() => setActing(null)} /> : null}
    </div>
  );
}

function Pair({ pair, onAct }: { pair: Duplicate; onAct: (act: Act) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const isOpen = pair.state === 'open';
  return (
    <li className="pair">
      <div className="pair-head">
        <b>{pair.birth_date_known ? t.duplicates.alike : t.duplicates.alikeUnknown}</b>
        <span className="muted">{t.duplicates.found(dayTime(pair.found_at, lang))}</span>
        {pair.decided_at ? <span className="muted">{t.duplicates.decided(pair.decided_by ?? '', dayTime(pair.decided_at, lang))}</span> : null}
      </div>
      <div className="pair-sides">
        {[pair.first, pair.second].map((side) => (
          <Side key={side.person_id} side={side} kept={pair.kept_id === side.person_id} gone={pair.kept_id !== null && pair.kept_id !== side.person_id} onKeep={isOpen ? () => onAct({ kind: 'merge', keep: side }) : undefined} />
        ))}
      </div>
      <div className="pair-acts">
        {isOpen ? <Button onClick={() => onAct({ kind: 'distinct' })}>{t.duplicates.distinct}</Button> : <Button onClick={() => onAct({ kind: 'undo' })}>{t.duplicates.undo}</Button>}
      </div>
    </li>
  );
}

function Side({ side, kept, gone, onKeep }: { side: DuplicateSide; kept: boolean; gone: boolean; onKeep: (() => void) | undefined }) {
  const t = useDesk();
  const words = useCommon();
  return (
    <section className="pair-side" aria-label={`${side.masked_name} ${side.masked_document}`}>
      <Link to={paths.person(side.person_id)}><b>{side.masked_name}</b></Link>
      <span>{t.people.tail(side.tail)}</span>
      <span>{words.documentKind[side.document_kind]}{t.gap}<code>{side.masked_document}</code></span>
      {side.work.map((it) => <span key={it.employee_no}>{it.site_name}{t.gap}{it.employee_no}</span>)}
      {side.work.length === 0 && !gone ? <span className="muted">{t.file.noEmployment}</span> : null}
      {kept ? <b>{t.duplicates.kept}</b> : null}
      {gone ? <span className="muted">{t.duplicates.gone}</span> : null}
      {onKeep ? <Button type="primary" ghost size="small" onClick={onKeep}>{t.duplicates.keep}</Button> : null}
    </section>
  );
}

interface ActProps { pair: Duplicate; act: Act; onDone: (said: string) => void; onClose: () => void }

function ActDialog({ pair, act, onDone, onClose }: ActProps) {
  const t = useDesk();
  const words = t.duplicates.acts[act.kind];
  const send = (reason: string, idempotencyKey: string) => {
    const path = { id: pair.id };
    if (act.kind === 'merge') return post('/people/duplicates/{id}/merge', { path, body: { keep: act.keep.person_id, reason }, idempotencyKey });
    return post(act.kind === 'undo' ? '/people/duplicates/{id}/undo' : '/people/duplicates/{id}/distinct', { path, body: { reason }, idempotencyKey });
  };
  const name = act.kind === 'merge' ? `${act.keep.masked_name} ${act.keep.masked_document}` : pair.first.masked_name;
  return (
    <GraveDialog<Duplicate>
      title={words.title(name)} consequence={words.consequence} confirmText={words.confirm} danger={false}
      send={send} invalidates={['people', 'screenings', 'alarms']} onDone={() => onDone(words.done)} onClose={onClose}
    />
  );
}
