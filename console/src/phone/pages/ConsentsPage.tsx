import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get, post, type ApiError, type ConsentOffer, type ConsentOffers, type ConsentView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { day, dayTime } from '../../shared/format';
import { useMyPages, useMyWrite } from '../data';
import { SubScreen } from '../parts/Screen';
import { Sheet } from '../parts/Sheet';
import { Empty, Failed, Problem, Waiting } from '../parts/states';
import { useMySession } from '../session';
import { useWords } from '../words';
import { ConsentSheet } from './ConsentSheet';
import { FaceCard } from './FaceCard';
import { ProvePhone } from './ProvePhone';

/** What she may consent to, one by one, and every receipt. */
export function ConsentsPage() {
  const t = useWords();
  const { session } = useMySession();
  if (!session?.phone_proved) return <SubScreen title={t.consents.title}><p className="m-note">{t.consents.closed}</p><ProvePhone /></SubScreen>;
  return <Consents />;
}

function Consents() {
  const t = useWords();
  const { lang } = useLang();
  const [deciding, setDeciding] = useState<ConsentOffer | null>(null);
  const [taking, setTaking] = useState<ConsentView | null>(null);
  const offers = useQuery<ConsentOffers, ApiError>({ queryKey: ['/me/consents/offers', lang], queryFn: ({ signal }) => get('/me/consents/offers', { query: { lang }, signal }) });
  const receipts = useMyPages<ConsentView>('/me/consents');
  return (
    <SubScreen title={t.consents.title}>
      <p className="m-note">{t.consents.lead}</p>
      {offers.isPending ? <Waiting /> : null}
      {offers.error ? <Failed error={offers.error} retry={() => void offers.refetch()} /> : null}
      {offers.data?.offers.length === 0 ? <Empty title={t.consents.none} hint={t.consents.noneHint} /> : null}
      {offers.data && offers.data.offers.length > 0 ? (
        <ul className="m-list">{offers.data.offers.map((it) => <OfferRow key={it.purpose} it={it} onDecide={() => setDeciding(it)} onTake={setTaking} />)}</ul>
      ) : null}
      <FaceCard />
      {receipts.error && !offers.error ? <Failed error={receipts.error} retry={receipts.retry} /> : null}
      {receipts.items.length > 0 ? (
        <>
          <h2 className="m-section">{t.consents.receipts}</h2>
          <ul className="m-list">{receipts.items.map((it) => <Receipt key={it.id} it={it} />)}</ul>
        </>
      ) : null}
      {receipts.more ? <button type="button" className="m-button m-wide" disabled={receipts.loadingMore} onClick={receipts.more}>{t.more}</button> : null}
      {deciding && offers.data ? <ConsentSheet offer={deciding} age={offers.data.age} onClose={() => setDeciding(null)} /> : null}
      {taking ? <WithdrawSheet it={taking} onClose={() => setTaking(null)} /> : null}
    </SubScreen>
  );
}

/** A refusal is as good an answer as a consent. */
function tagOf(state: ConsentView['state'] | undefined): string {
  return state === undefined ? 'open' : state === 'refused' ? 'plain' : state;
}

function OfferRow({ it, onDecide, onTake }: { it: ConsentOffer; onDecide: () => void; onTake: (receipt: ConsentView) => void }) {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const { standing } = it;
  return (
    <li>
      <div className="m-list-row"><b>{words.consentPurpose[it.purpose]}</b><span className={`m-tag is-${tagOf(standing?.state)}`}>{standing ? words.consentState[standing.state] : t.consents.undecided}</span></div>
      <small>{t.consents.otherWay[it.purpose]}</small>
      <small>{it.response_name}{words.gap}{it.response_ends_at ? t.consents.until(day(it.response_ends_at, lang)) : t.consents.openEnd(it.retention_days)}</small>
      <div className="m-row-buttons">
        <button type="button" className="m-button m-grow" onClick={onDecide}>{standing ? t.consents.readAgain : t.consents.read}</button>
        {standing?.state === 'given' ? <button type="button" className="m-button m-grow" onClick={() => onTake(standing)}>{t.consents.withdraw}</button> : null}
      </div>
    </li>
  );
}

/** One decision, as it was written down. */
function Receipt({ it }: { it: ConsentView }) {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  return (
    <li>
      <div className="m-list-row"><b>{words.consentPurpose[it.purpose]}</b><span className={`m-tag is-${tagOf(it.state)}`}>{words.consentState[it.state]}</span></div>
      <small>{words.consentChannel[it.channel]}{words.gap}{t.consents.version(it.text_version, it.text_digest.slice(0, 12))}</small>
      {it.guardian_name ? <small>{t.consents.guardianWas(it.guardian_name)}</small> : null}
      {it.recorded_by ? <small>{t.declare.by(it.recorded_by)}</small> : null}
      {it.erased_at ? <small>{t.consents.erased(dayTime(it.erased_at, lang))}</small> : it.erase_at ? <small>{t.consents.toErase(day(it.erase_at, lang))}</small> : null}
      <time dateTime={it.decided_at}>{dayTime(it.decided_at, lang)}</time>
    </li>
  );
}

function WithdrawSheet({ it, onClose }: { it: ConsentView; onClose: () => void }) {
  const t = useWords();
  const words = useCommon();
  const withdraw = useMyWrite<void, ConsentView>(
    (_, idempotencyKey) => post('/me/consents/{id}/withdraw', { path: { id: it.id }, idempotencyKey }), ['/me/consents', '/me/consents/offers', '/me/accesses', '/me/face'], onClose,
  );
  return (
    <Sheet title={t.consents.withdrawTitle(words.consentPurpose[it.purpose])} onClose={onClose}>
      <p className="m-note">{t.consents.withdrawSure}</p>
      {withdraw.error ? <Problem>{withdraw.error.isOffline ? t.offline.title : words.error(withdraw.error.code, withdraw.error.params)}</Problem> : null}
      <button type="button" className="m-button m-button-grave" disabled={withdraw.isPending} onClick={() => withdraw.mutate()}>{t.consents.withdraw}</button>
      <button type="button" className="m-button" onClick={onClose}>{t.cancel}</button>
    </Sheet>
  );
}
