import { Button } from 'antd';
import { useMemo, useState } from 'react';
import type { FactView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { day, dayKey, weekday } from '../../shared/format';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { useDesk } from '../strings';
import { Fact } from './Fact';
import { useFacts } from './useFacts';

/** Every fact of the person, by day, the newest first. */
export function FactTimeline({ personId, counts }: { personId: string; counts: Record<string, number> }) {
  const t = useDesk();
  const words = useCommon();
  const [kind, setKind] = useState<FactView['kind'] | null>(null);
  const facts = useFacts(personId, kind);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const kinds = (Object.keys(words.factKind) as FactView['kind'][]).filter((it) => (counts[it] ?? 0) > 0);
  return (
    <section aria-label={t.file.facts}>
      <div className="fact-chips" role="group" aria-label={t.file.facts}>
        <h2>{t.file.facts}</h2>
        <button type="button" aria-pressed={kind === null} onClick={() => setKind(null)}>{t.file.all} {total}</button>
        {kinds.map((it) => <button key={it} type="button" aria-pressed={kind === it} onClick={() => setKind(it)}>{words.factKind[it]} {counts[it]}</button>)}
      </div>
      {facts.loading ? <LoadingState /> : null}
      {facts.error && facts.items.length === 0 ? <ErrorState error={facts.error} retry={facts.retry} /> : null}
      {!facts.loading && !facts.error && facts.items.length === 0 ? <EmptyState title={t.file.noFacts} text={t.file.noFactsHint} /> : null}
      <Days facts={facts.items} />
      {facts.more ? <div className="list-more"><Button size="small" onClick={facts.more} loading={facts.loadingMore}>{t.file.moreAccesses}</Button></div> : null}
    </section>
  );
}

function Days({ facts }: { facts: FactView[] }) {
  const t = useDesk();
  const { lang } = useLang();
  const days = useMemo(() => byDay(facts), [facts]);
  const today = dayKey(Date.now());
  return (
    <div className="facts-days">
      {days.map(([key, ofDay]) => (
        <div key={key}>
          <h3><b>{day(`${key}T12:00:00+08:00`, lang)}</b>{key === today ? t.file.today : weekday(`${key}T12:00:00+08:00`, lang)}</h3>
          <ol>{ofDay.map((fact) => <Fact key={fact.id} fact={fact} />)}</ol>
        </div>
      ))}
    </div>
  );
}

export function byDay(facts: FactView[]): [string, FactView[]][] {
  const days = new Map<string, FactView[]>();
  for (const fact of facts) {
    const key = dayKey(fact.occurred_at);
    days.set(key, [...(days.get(key) ?? []), fact]);
  }
  return [...days.entries()];
}
