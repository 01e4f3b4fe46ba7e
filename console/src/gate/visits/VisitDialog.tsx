// Who is expected today, and vehicles: what they are known by, and a coach that passes as a whole or seat by seat.
import { useEffect, useState } from 'react';
import { usePage } from '../context';
import { Dialog } from '../dialogs/Dialog';
import { Choice } from '../dialogs/fields';
import type { Answered, VehicleInput } from '../runtime';
import type { ExpectedVisitor, ExpectedVisitors, VehicleKnown, VehiclePassageView } from '../wire';
import { VehicleTab } from './VehicleTab';
import './visits.css';

export interface VisitAsks {
  expected: () => Promise<Answered<ExpectedVisitors>>;
  vehicle: (shown: string) => Promise<Answered<VehicleKnown>>;
  enterVehicle: (input: VehicleInput) => Promise<Answered<VehiclePassageView>>;
}
interface Props {
  offline: boolean;
  asks: VisitAsks;
  /** Somebody stands here: her code goes where a scan would. */
  onPerson: (code: string) => void;
  onClose: () => void;
}
type Tab = 'people' | 'vehicles';

export function VisitDialog({ offline, asks, onPerson, onClose }: Props) {
  const { t } = usePage();
  const v = t.visits;
  const [tab, setTab] = useState<Tab>('people');
  return (
    <Dialog title={v.title} wide onClose={onClose}>
      <div className="g-visits">
        <Choice label={v.title} value={tab} onChange={setTab} options={(['people', 'vehicles'] as const).map((value) => ({ value, label: v.tabs[value] }))} />
        {offline ? <p className="g-note" role="status">{v.away}</p> : tab === 'people' ? <People ask={asks.expected} onPerson={onPerson} /> : <VehicleTab asks={asks} onPerson={onPerson} />}
      </div>
    </Dialog>
  );
}

function People({ ask, onPerson }: { ask: VisitAsks['expected']; onPerson: (code: string) => void }) {
  const { t } = usePage();
  const v = t.visits;
  const [answer, setAnswer] = useState<Answered<ExpectedVisitors> | null>(null);
  const [search, setSearch] = useState('');
  useEffect(() => {
    let gone = false;
    void ask().then((it) => { if (!gone) setAnswer(it); });
    return () => { gone = true; };
  }, []); // eslint-disable-line react-hooks/exhaustive-deps
  if (!answer) return <p className="g-note" role="status">{v.asking}</p>;
  if (!answer.ok) return <p className="g-problem" role="alert">{t.error(answer.code)}</p>;
  const found = answer.value.visitors.filter((it) => matches(it, search));
  return (
    <>
      <input className="g-input" type="search" data-autofocus aria-label={v.search} placeholder={v.search} value={search} onChange={(event) => setSearch(event.target.value)} />
      {found.length === 0 ? <p className="g-note">{answer.value.visitors.length === 0 ? v.none : v.noMatch}</p> : null}
      <ul className="g-visit-list">{found.map((it) => <Visitor key={it.code} it={it} onPerson={onPerson} />)}</ul>
    </>
  );
}

function matches(it: ExpectedVisitor, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return wanted === '' || [it.masked_name, it.tail, it.company, it.host, it.plate].some((text) => text?.toLowerCase().includes(wanted));
}

/** One of them, and the key that enters her. */
export function Visitor({ it, onPerson }: { it: ExpectedVisitor; onPerson: (code: string) => void }) {
  const { t } = usePage();
  const v = t.visits;
  return (
    <li>
      <div>
        <b>{it.masked_name}</b>
        <span>{[it.company, t.person.tail(it.tail), it.plate].filter(Boolean).join(t.gap)}</span>
        <span>{[v.host(it.host), v.hours(it.start, it.end)].join(t.gap)}{it.declared_today ? null : <em>{v.undeclared}</em>}</span>
      </div>
      <button type="button" className="g-small" aria-label={v.enterOf(it.masked_name)} onClick={() => onPerson(it.code)}>{v.enter}</button>
    </li>
  );
}
