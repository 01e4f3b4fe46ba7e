import type { Rulebook, RulebookView } from '../../api';
import { useGet } from '../data';
import { CompareWith } from '../parts/edit/CompareWith';
import { Pair } from '../parts/edit/Pair';
import { ErrorState, LoadingState } from '../parts/states';
import { useDesk } from '../strings';
import { changesOf, tally, type Change, type Thing } from './diff';
import { useSays } from './useSays';
import { dayWords, partWords, thingTitle, type Says } from './words';

interface Props { view: RulebookView; against: number | null; onAgainst: (version: number) => void; versions: number[] }

/** What a version says otherwise than another. */
export function Compare({ view, against, onAgainst, versions }: Props) {
  return (
    <CompareWith version={view.version} versions={versions} against={against} onAgainst={onAgainst}>
      {(before) => <Between before={before} view={view} />}
    </CompareWith>
  );
}

function Between({ before, view }: { before: number; view: RulebookView }) {
  const t = useDesk();
  const { data, error, refetch } = useGet('/rulebooks', { query: { version: before } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  return <Changes before={data.definition} after={view.definition} same={t.forms.same} />;
}

export function Changes({ before, after, same }: { before: Rulebook; after: Rulebook; same: string }) {
  const t = useDesk();
  const then = useSays(before);
  const now = useSays(after);
  const changes = changesOf(before, after);
  if (changes.length === 0) return <p className="muted" role="status">{same}</p>;
  const { added, changed, removed } = tally(changes);
  return (
    <>
      <p role="status"><b>{t.forms.tally(added, changed, removed)}</b></p>
      <ol className="compare-list">{changes.map((it, at) => <li key={at} className={`is-${it.is === 'days' ? 'changed' : it.is}`}><ChangeLine change={it} then={then} now={now} /></li>)}</ol>
    </>
  );
}

function ChangeLine({ change, then, now }: { change: Change; then: Says; now: Says }) {
  const t = useDesk();
  const { w, lang } = now;
  if (change.is === 'added') return <><b>{w.added[change.of](thingTitle(change.thing, now))}</b><Facts thing={change.thing} says={now} /></>;
  if (change.is === 'removed') return <b>{w.removed[change.of](thingTitle(change.thing, then))}</b>;
  if (change.is === 'changed') {
    return (
      <>
        <b>{w.changed[change.of](thingTitle(change.after, now))}</b>
        {change.parts.map((part) => (part === 'order' ? <p key={part}>{t.forms.reordered}</p> : <Pair key={part} name={w.parts[part]} was={partWords(part, change.before, then)} is={partWords(part, change.after, now)} />))}
      </>
    );
  }
  const days = (list: string[]) => list.map((it) => dayWords(it, lang)).join(w.group.or);
  return (
    <>
      <b>{w.daysChanged[change.of]}</b>
      {change.added.length > 0 ? <p>{w.daysAdded}{t.gap}{days(change.added)}</p> : null}
      {change.removed.length > 0 ? <p>{w.daysRemoved}{t.gap}{days(change.removed)}</p> : null}
    </>
  );
}

/** What a new rule says. */
function Facts({ thing, says }: { thing: Thing; says: Says }) {
  const t = useDesk();
  if ('key' in thing) return null;
  const parts = 'regime' in thing ? (['regime', 'running', 'reason'] as const) : (['group', 'lead', 'opinions', 'visit', 'decision_working_days'] as const);
  return <p>{parts.map((part) => `${says.w.parts[part]}: ${partWords(part, thing, says)}`).join(t.gap)}</p>;
}
