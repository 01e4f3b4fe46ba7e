import { App, Alert, Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { post, type CensusDecisionNew, type CensusDetail, type CensusField } from '../../api';
import { fullTime } from '../../shared/format';
import { useGet, useList, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { Crumbs } from '../parts/PageHead';
import { ErrorState, LoadingState } from '../parts/states';
import { Facts } from '../parts/SidePanel';
import { StateTag } from '../parts/cells';
import { paths } from '../paths';
import { useKeys } from '../review/useKeys';
import { useRole } from '../session/session';
import { useDesk } from '../strings';
import { AsideForm, NewForm, NewPremisesForm } from './DecisionForms';
import { Candidates, Lines } from './Sides';
import { OUTCOME_TONE, STATE_TONE } from './model';
import './census.css';

type Dialog = 'new' | 'aside' | null;
type Choice = Omit<CensusDecisionNew, 'revision'>;

/** One finding beside what it may be, and what becomes of it. */
export function Component() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useGet('/census/findings/{id}', { path: { id } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  return <Finding key={`${id}-${data.finding.revision}`} detail={data} reload={() => void refetch()} />;
}

/** The next finding that is open, as the list that one came from is filtered. */
function useNext(id: string): (() => void) | null {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const filter = Object.fromEntries(['outcome', 'kind', 'area', 'import_id', 'search'].flatMap((name) => (search.get(name) ? [[name, search.get(name) ?? '']] : [])));
  const { items } = useList('/census/findings', { ...filter, state: 'open' });
  const at = items.findIndex((it) => it.id === id);
  const next = items[at + 1] ?? items.find((it) => it.id !== id);
  return next ? () => void navigate(paths.censusFinding(next.id, Object.fromEntries(search))) : null;
}

function useDeciding(detail: CensusDetail) {
  const w = useDesk().census;
  const { message } = App.useApp();
  const { id, revision } = detail.finding;
  const families = ['census', 'enterprises', 'premises', 'grid'];
  const done = (it: CensusDetail) => {
    const name = it.candidates.find((of) => of.id === (it.finding.enterprise_id ?? it.finding.premises_id))?.name ?? it.finding.name;
    const words = { open: w.undone, same: w.decidedSame(name), new: w.decidedNew(name), aside: w.decidedAside };
    void message.success(words[it.finding.state]);
  };
  const decide = useSubmit<Choice, CensusDetail>(
    (choice, idempotencyKey) => post('/census/findings/{id}/decision', { path: { id }, body: { ...choice, revision }, idempotencyKey }), { invalidates: families, onDone: done },
  );
  const undo = useSubmit<null, CensusDetail>(
    (_, idempotencyKey) => post('/census/findings/{id}/undo', { path: { id }, body: { revision }, idempotencyKey }), { invalidates: families, onDone: done },
  );
  return { decide, undo };
}

function Finding({ detail, reload }: { detail: CensusDetail; reload: () => void }) {
  const t = useDesk();
  const w = t.census;
  const [search] = useSearchParams();
  const { finding } = detail;
  const open = finding.state === 'open';
  // An officer ties and sets aside; the register is written by others.
  const writes = useRole() !== 'officer';
  const premises = finding.kind !== 'enterprise';
  const decidedAt = detail.candidates.findIndex((it) => it.id === (finding.enterprise_id ?? finding.premises_id));
  const [chosen, setChosen] = useState(Math.max(0, decidedAt));
  const [other, setOther] = useState<string | undefined>();
  const [take, setTake] = useState<CensusField[]>([]);
  const [dialog, setDialog] = useState<Dialog>(null);
  const { decide, undo } = useDeciding(detail);
  const next = useNext(finding.id);
  const likely = finding.outcome === 'matched' || finding.outcome === 'likely';
  const candidate = other ? null : (detail.candidates[chosen] ?? null);
  const target = other ?? candidate?.id;
  const choose = (at: number) => { setChosen(at); setOther(undefined); setTake([]); };
  const same = () => { if (target) void decide.submit({ decision: 'same', [premises ? 'premises_id' : 'enterprise_id']: target, take: other ? [] : take }); };
  const acts: Partial<Record<string, () => void>> = open
    ? { s: same, ...(writes ? { n: () => setDialog('new') } : {}), a: () => setDialog('aside'), ...Object.fromEntries(detail.candidates.map((_, at) => [String(at + 1), () => choose(at)])) }
    : { u: () => void undo.submit(null) };
  useKeys({ ...acts, ...(next ? { j: next } : {}) });
  return (
    <div className="page">
      <Crumbs label={w.title} trail={[{ to: paths.census(Object.fromEntries(search)), text: w.title }]} here={finding.name} heading>
        <Button onClick={next ?? undefined} disabled={!next}>{w.next}</Button>
      </Crumbs>
      <div className="page-body">
        <section className="block census-head">
          <p className="census-acts">
            <b>{w.kinds[finding.kind]}</b>
            <StateTag tone={OUTCOME_TONE[finding.outcome]}>{w.outcomes[finding.outcome]}</StateTag>
            {finding.conflict ? <b>{w.conflicts[finding.conflict]}</b> : null}
            {open ? null : <StateTag tone={STATE_TONE[finding.state]}>{w.states[finding.state]}</StateTag>}
            {finding.decided_by && finding.decided_at ? <span className="muted">{w.decidedBy(finding.decided_by, fullTime(finding.decided_at))}</span> : null}
          </p>
          <Reasons detail={detail} />
          <Refusal error={dialog ? null : (decide.error ?? undo.error)} reload={() => { decide.clear(); undo.clear(); reload(); }} />
          <div className="census-acts">
            {open ? (
              <>
                <Button type={likely ? 'primary' : 'default'} disabled={!target} loading={decide.pending} onClick={same}>{take.length > 0 && !other ? w.sameWith(take.length) : w.same}</Button>
                {writes ? <Button type={finding.outcome === 'new' ? 'primary' : 'default'} onClick={() => setDialog('new')}>{w.asNew}</Button> : null}
                <Button onClick={() => setDialog('aside')}>{w.aside}</Button>
              </>
            ) : <Button loading={undo.pending} onClick={() => void undo.submit(null)}>{w.undo}</Button>}
            {finding.premises_id ? <Link to={paths.premises({ open: finding.premises_id })}>{w.toPremises}</Link> : null}
            {finding.enterprise_id ? <Link to={paths.enterprises({ open: finding.enterprise_id })}>{w.toEnterprise}</Link> : null}
          </div>
          <p className="muted census-keys">{w.keys}</p>
        </section>
        <div className="census-sides">
          <section className="block">
            <h2>{w.finding}<small>{w.atLine(finding.line)}</small></h2>
            <Lines detail={detail} candidate={candidate} take={open && candidate && writes ? take : null} onTake={setTake} />
            <Facts items={[[w.columns.premises, finding.premises], [w.contact, [detail.contact_name, detail.contact_phone].filter(Boolean).join(t.gap)], [w.foundBy, [detail.found_by, finding.found_on].filter(Boolean).join(t.gap)], [w.columns.note, detail.note]]} />
          </section>
          <Candidates detail={detail} chosen={other ? -1 : chosen} onChoose={choose} other={other} onOther={open ? (it) => { setOther(it); setTake([]); } : null} />
        </div>
      </div>
      {dialog === 'aside' ? <AsideForm kind={finding.kind} pending={decide.pending} error={decide.error} onClose={() => setDialog(null)} onSubmit={(it) => void decide.submit({ decision: 'aside', ...it })} /> : null}
      {dialog === 'new' && premises ? <NewPremisesForm detail={detail} pending={decide.pending} error={decide.error} onClose={() => setDialog(null)} onSubmit={(it) => void decide.submit({ decision: 'new', premises: it })} /> : null}
      {dialog === 'new' && !premises ? <NewForm detail={detail} pending={decide.pending} error={decide.error} onClose={() => setDialog(null)} onSubmit={(enterprise) => void decide.submit({ decision: 'new', enterprise })} /> : null}
    </div>
  );
}

function Reasons({ detail }: { detail: CensusDetail }) {
  const w = useDesk().census;
  const { aside_reason: reason } = detail.finding;
  const said = [reason ? w.reasons[reason] : '', detail.decision_note ?? ''].filter(Boolean);
  const taken = detail.taken.map((it) => w.fields[it as CensusField]);
  return (
    <>
      {said.length > 0 ? <p>{said.join(': ')}</p> : null}
      {taken.length > 0 ? <p>{w.taken(taken.join(', '))}</p> : null}
    </>
  );
}

/** Somebody else was first: nothing of theirs is overwritten, and what stands now is one step away. */
function Refusal({ error, reload }: { error: ReturnType<typeof useDeciding>['decide']['error']; reload: () => void }) {
  const w = useDesk().census;
  if (error?.code === 'state') return <Alert type="warning" showIcon role="alert" title={w.meanwhile} action={<Button size="small" onClick={reload}>{w.reload}</Button>} />;
  return <ErrorAlert error={error} />;
}
