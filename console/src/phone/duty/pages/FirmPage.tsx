import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { get, type ApiError, type EnterpriseView, type FormAnswer, type SiteView } from '../../../api';
import { useCommon } from '../../../i18n/LangProvider';
import { Empty, Failed, Waiting } from '../../parts/states';
import { ContactCard, DutySubScreen, Listed, VisitRow } from '../parts';
import { firmsOf, type KeptVisit } from '../round';
import { useDutySession } from '../session';
import { useRound } from '../useRound';
import { useDutyWords } from '../words';

/** One enterprise: its sites, whom to ask for, and what is to be visited. */
export function FirmPage() {
  const t = useDutyWords();
  const { id = '' } = useParams();
  const { state } = useDutySession();
  const { round } = useRound();
  const asked = useQuery<EnterpriseView, ApiError>({ queryKey: ['/enterprises/{id}', id], queryFn: ({ signal }) => get('/enterprises/{id}', { path: { id }, signal }), enabled: state === 'in' });
  const firm = asked.data ?? firmsOf(round, '').find((it) => it.id === id);
  const [now] = useState(Date.now);
  const visits = (round?.visits ?? []).filter((it) => it.inspection.enterprise_id === id);
  const unreported = round?.unreported?.items.some((it) => it.enterprise_id === id) ?? false;
  const kept = visits.find((it) => it.contact.phone ?? it.contact.address)?.contact;
  if (!firm) return <DutySubScreen title={t.firms.firm} back="/duty/firms">{asked.isLoading ? <Waiting /> : asked.error ? <Failed error={asked.error} retry={() => void asked.refetch()} /> : <Empty title={t.firms.none} hint={t.firms.offline} />}</DutySubScreen>;
  return (
    <DutySubScreen title={firm.name} back="/duty/firms">
      <section className="m-card"><dl className="m-pairs"><dt>{t.firms.area}</dt><dd>{firm.area_name}</dd></dl>{unreported ? <p className="m-late m-gap">▲ {t.firms.unreported}</p> : null}</section>
      {kept ? <ContactCard contact={kept} /> : <Ask enterprise={id} />}
      {visits.length > 0 ? <Listed title={t.firms.visits}>{visits.map((it) => <VisitRow key={it.inspection.id} visit={it} now={now} />)}</Listed> : null}
      <Sites enterprise={id} />
    </DutySubScreen>
  );
}

function Sites({ enterprise }: { enterprise: string }) {
  const t = useDutyWords().firms;
  const words = useCommon();
  const { state } = useDutySession();
  const sites = useQuery<SiteView[], ApiError>({ queryKey: ['/sites', enterprise], queryFn: async ({ signal }) => (await get('/sites', { query: { enterprise_id: enterprise, limit: 50 }, signal })).items, enabled: state === 'in' });
  if (!sites.data) return <p className="m-note">{t.sitesAway}</p>;
  if (sites.data.length === 0) return <p className="m-note">{t.noSites}</p>;
  return <Listed title={t.sites}>{sites.data.map((it) => <li key={it.id} className="m-list-row"><span className="d-grow"><b>{it.name}</b><small>{words.siteKind[it.kind]}　{it.area_name}</small></span><span className={it.open_state === 'open' ? 'm-tag is-given' : 'm-tag is-open'}>{words.openState[it.open_state]}</span></li>)}</Listed>;
}

/** Whom to ask for stands in an application, which is opened only when somebody wants to know. */
function Ask({ enterprise }: { enterprise: string }) {
  const t = useDutyWords().firms;
  const { state } = useDutySession();
  const [wanted, want] = useState(false);
  const found = useQuery<KeptVisit['contact'] | null, ApiError>({ queryKey: ['contact', enterprise], queryFn: () => contactOf(enterprise), enabled: wanted, staleTime: Infinity });
  if (found.data) return <ContactCard contact={found.data} />;
  return (
    <section className="m-card">
      <h2 className="d-title">{t.contact}</h2>
      {found.data === null ? <p className="m-note">{t.noContact}</p> : <button type="button" className="m-button m-wide" disabled={state !== 'in' || found.isFetching} onClick={() => { if (wanted) void found.refetch(); else want(true); }}>{t.ask}</button>}
      {found.error ? <Failed error={found.error} /> : null}
    </section>
  );
}

async function contactOf(enterprise: string): Promise<KeptVisit['contact'] | null> {
  const { items } = await get('/applications', { query: { enterprise_id: enterprise, limit: 1 } });
  const newest = items[0];
  if (!newest) return null;
  const { answers } = await get('/applications/{id}', { path: { id: newest.id } });
  const text = (answer: FormAnswer | undefined) => (typeof answer === 'string' && answer !== '' ? answer : null);
  return { address: text(answers.address), name: text(answers.lead_name), phone: text(answers.lead_phone) };
}
