import { useState } from 'react';
import { post, type HomeView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { address } from '../../shared/address';
import { day } from '../../shared/format';
import { useMyPages, useMyWrite } from '../data';
import { SubScreen } from '../parts/Screen';
import { Sheet } from '../parts/Sheet';
import { Empty, Failed, Problem, Waiting } from '../parts/states';
import { useMySession } from '../session';
import { useWords } from '../words';
import { HomeSheet } from './HomeSheet';
import { ProvePhone } from './ProvePhone';

/** Where she lives and lived. */
export function HomesPage() {
  const t = useWords();
  const { session } = useMySession();
  if (!session?.phone_proved) return <SubScreen title={t.homes.title}><p className="m-note">{t.homes.closed}</p><ProvePhone /></SubScreen>;
  return <Homes />;
}

function Homes() {
  const t = useWords();
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<HomeView | null>(null);
  const homes = useMyPages<HomeView>('/me/homes');
  return (
    <SubScreen title={t.homes.title} foot={<button type="button" className="m-button m-button-go m-grow" onClick={() => setAdding(true)}>{t.homes.add}</button>}>
      <p className="m-note">{t.homes.lead}</p>
      {homes.loading ? <Waiting /> : null}
      {homes.error ? <Failed error={homes.error} retry={homes.retry} /> : null}
      {!homes.loading && !homes.error && homes.items.length === 0 ? <Empty title={t.homes.none} hint={t.homes.noneHint} /> : null}
      {homes.items.length > 0 ? <ul className="m-list">{homes.items.map((it) => <Home key={it.id} it={it} onLeave={() => setLeaving(it)} />)}</ul> : null}
      {homes.more ? <button type="button" className="m-button m-wide" disabled={homes.loadingMore} onClick={homes.more}>{t.more}</button> : null}
      {adding ? <HomeSheet onClose={() => setAdding(false)} /> : null}
      {leaving ? <LeaveSheet it={leaving} onClose={() => setLeaving(null)} /> : null}
    </SubScreen>
  );
}

function Home({ it, onLeave }: { it: HomeView; onLeave: () => void }) {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  return (
    <li>
      <b>{address(it, words)}</b>
      <small>{words.homeKind[it.kind]}{words.gap}{it.area_name}</small>
      <small>{it.until ? t.homes.until(day(it.from, lang), day(it.until, lang)) : t.homes.since(day(it.from, lang))}</small>
      {it.recorded_by ? <small>{t.declare.by(it.recorded_by)}</small> : null}
      {it.until ? null : <div className="m-row-buttons"><button type="button" className="m-button m-grow" onClick={onLeave}>{t.homes.leave}</button></div>}
    </li>
  );
}

function LeaveSheet({ it, onClose }: { it: HomeView; onClose: () => void }) {
  const t = useWords();
  const words = useCommon();
  const leave = useMyWrite<void, HomeView>((_, idempotencyKey) => post('/me/homes/{id}/leave', { path: { id: it.id }, idempotencyKey }), ['/me/homes', '/me/accesses'], onClose);
  return (
    <Sheet title={t.homes.leaveTitle} onClose={onClose}>
      <p><b>{address(it, words)}</b></p>
      <p className="m-note">{t.homes.leaveSure}</p>
      {leave.error ? <Problem>{leave.error.isOffline ? t.offline.title : words.error(leave.error.code, leave.error.params)}</Problem> : null}
      <button type="button" className="m-button m-button-grave" disabled={leave.isPending} onClick={() => leave.mutate()}>{t.homes.leave}</button>
      <button type="button" className="m-button" onClick={onClose}>{t.cancel}</button>
    </Sheet>
  );
}
