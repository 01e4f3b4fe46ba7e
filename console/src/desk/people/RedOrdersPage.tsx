import { App, Button, Segmented } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { exportHref, get, post, type RedOrder, type RedOrderState } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { PAGE_SIZE, usePages } from '../data';
import { ExportMenu } from '../parts/ExportMenu';
import { GraveDialog } from '../parts/GraveDialog';
import { Crumbs } from '../parts/PageHead';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';
import './people.css';

const STATES: RedOrderState[] = ['pending', 'active', 'rejected', 'lifted'];
type Act = 'confirm' | 'reject' | 'lift';

/** Red by hand: what waits for the second person, and what holds. */
export function Component() {
  const t = useDesk();
  const { lang } = useLang();
  const { message } = App.useApp();
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((it) => it === search.get('state')) ?? 'pending';
  const [acting, setActing] = useState<{ it: RedOrder; act: Act } | null>(null);
  const list = usePages<RedOrder>(['red-orders', state], (cursor, signal) => get('/red-orders', { query: { state, cursor, limit: PAGE_SIZE }, signal }));
  return (
    <div className="page">
      <Crumbs heading label={t.people.title} trail={[{ to: paths.people(), text: t.people.title }]} here={t.redOrders.title}><ExportMenu href={(format) => exportHref('/red-orders', { state }, lang, format)} text={t.list.exportNone} disabled={list.items?.length === 0} /></Crumbs>
      <div className="pairs-body">
        <p className="form-lead">{t.redOrders.lead}</p>
        <Segmented aria-label={t.common.state} value={state} options={STATES.map((it) => ({ value: it, label: t.redOrders.states[it] }))} onChange={(next) => setSearch({ state: next }, { replace: true })} />
        {list.error && list.items.length === 0 ? <ErrorState error={list.error} retry={list.retry} /> : null}
        {list.loading ? <LoadingState /> : null}
        {!list.loading && !list.error && list.items.length === 0 ? <EmptyState title={t.redOrders.none} text={t.redOrders.noneHint} /> : null}
        <ul className="pairs">{list.items.map((it) => <Order key={it.id} it={it} onAct={(act) => setActing({ it, act })} />)}</ul>
        {list.more ? <Button onClick={list.more} loading={list.loadingMore}>{t.list.more}</Button> : null}
      </div>
      {acting ? <ActDialog {...acting} onDone={(said) => { void message.success(said); setActing(null); }} onClose={() => setActing(null)} /> : null}
    </div>
  );
}

function Order({ it, onAct }: { it: RedOrder; onAct: (act: Act) => void }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  return (
    <li className="pair">
      <div className="pair-head">
        <Link to={paths.person(it.person_id)}><b>{it.masked_name}</b></Link><span>{t.people.tail(it.tail)}</span><b>{words.statusReason[it.reason]}</b>
      </div>
      <p>{it.note}</p>
      <p className="muted">{t.redOrders.ordered(it.ordered_by, dayTime(it.ordered_at, lang))}</p>
      {it.decided_by ? <p className="muted">{t.redOrders.decided(it.decided_by, dayTime(it.decided_at, lang))}{it.answer ? `${t.gap}${it.answer}` : ''}</p> : null}
      {it.lifted_by ? <p className="muted">{t.redOrders.lifted(it.lifted_by, dayTime(it.lifted_at, lang))}</p> : null}
      <div className="pair-acts">
        {it.may_decide ? <Button danger type="primary" onClick={() => onAct('confirm')}>{t.redOrders.acts.confirm.confirm}</Button> : null}
        {it.may_decide ? <Button onClick={() => onAct('reject')}>{t.redOrders.acts.reject.confirm}</Button> : null}
        {it.state === 'pending' && !it.may_decide ? <span className="muted">{t.redOrders.waits}</span> : null}
        {it.state === 'active' ? <Button onClick={() => onAct('lift')}>{t.redOrders.acts.lift.confirm}</Button> : null}
      </div>
    </li>
  );
}

function ActDialog({ it, act, onDone, onClose }: { it: RedOrder; act: Act; onDone: (said: string) => void; onClose: () => void }) {
  const t = useDesk();
  const words = t.redOrders.acts[act];
  const path = { id: it.id };
  const send = (reason: string, idempotencyKey: string) => {
    if (act === 'confirm') return post('/red-orders/{id}/confirm', { path, idempotencyKey });
    return post(act === 'lift' ? '/red-orders/{id}/lift' : '/red-orders/{id}/reject', { path, body: { reason }, idempotencyKey });
  };
  return (
    <GraveDialog<RedOrder> maxReason={1000}
      title={words.title(it.masked_name)} consequence={words.consequence} confirmText={words.confirm} danger={act === 'confirm'} needsReason={act !== 'confirm'}
      send={send} invalidates={['red-orders', 'people']} onDone={() => onDone(words.done)} onClose={onClose}
    />
  );
}
