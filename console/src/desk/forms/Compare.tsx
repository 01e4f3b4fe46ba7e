import type { FormVersion, FormView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { useGet } from '../data';
import { ErrorState, LoadingState } from '../parts/states';
import { useDesk } from '../strings';
import { CompareWith } from '../parts/edit/CompareWith';
import { Pair } from '../parts/edit/Pair';
import { titleOf } from '../parts/edit/words';
import { changesOf, tally, type Change } from './diff';
import { useSays } from './useSays';
import { fieldPartWords, sectionPartWords, type Says } from './words';

interface Props { view: FormView; against: number | null; onAgainst: (version: number) => void; versions: FormVersion[] }

/** What a version says otherwise than another, by default the one before it. */
export function Compare({ view, against, onAgainst, versions }: Props) {
  return (
    <CompareWith version={view.version} versions={versions.map((it) => it.version)} against={against} onAgainst={onAgainst}>
      {(before) => <Changes before={before} view={view} />}
    </CompareWith>
  );
}

function Changes({ before, view }: { before: number; view: FormView }) {
  const t = useDesk();
  const { data, error, refetch } = useGet('/application-forms', { query: { version: before } });
  const now = useSays(view.definition);
  const then = useSays(data?.definition ?? view.definition);
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  const changes = changesOf(data.definition, view.definition);
  const { added, changed, removed } = tally(changes);
  if (changes.length === 0) return <p className="muted" role="status">{t.forms.same}</p>;
  return (
    <>
      <p role="status"><b>{t.forms.tally(added, changed, removed)}</b></p>
      <ol className="compare-list">{changes.map((it, at) => <li key={at} className={`is-${it.is.split('_')[1] ?? 'changed'}`}><ChangeLine change={it} then={then} now={now} /></li>)}</ol>
    </>
  );
}

function ChangeLine({ change, then, now }: { change: Change; then: Says; now: Says }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.forms;
  const title = (it: { title: { zh: string; en: string } }) => titleOf(it.title, t.editing, lang);
  const label = (it: { label: { zh: string; en: string } }) => titleOf(it.label, t.editing, lang);
  switch (change.is) {
    case 'pledge': {
      // It is long: only the language that says something else.
      const langs = (['zh', 'en'] as const).filter((it) => change.before[it] !== change.after[it]);
      return <><b>{w.changes.pledge}</b>{langs.map((it) => <Pair key={it} name={t.editing[it]} was={change.before[it]} is={change.after[it]} />)}</>;
    }
    case 'section_added': return <b>{w.changes.section_added(title(change.section))}</b>;
    case 'section_removed': return <b>{w.changes.section_removed(title(change.section))}</b>;
    case 'field_added': return <><b>{w.changes.field_added(label(change.field), title(change.section))}</b><Facts says={now} change={change} /></>;
    case 'field_removed': return <b>{w.changes.field_removed(label(change.field), title(change.section))}</b>;
    case 'section_changed':
      return (
        <>
          <b>{w.changes.section_changed(title(change.after))}</b>
          {change.parts.map((part) => (part === 'order' ? <p key={part}>{w.reordered}</p> : <Pair key={part} name={w.parts[part]} was={sectionPartWords(part, change.before, then)} is={sectionPartWords(part, change.after, now)} />))}
        </>
      );
    case 'field_changed':
      return (
        <>
          <b>{w.changes.field_changed(label(change.after))}</b>
          {change.parts.map((part) => {
            if (part === 'order') return <p key={part}>{w.reordered}</p>;
            if (part === 'section') return <p key={part}>{w.moved(title(change.from), title(change.to))}</p>;
            return <Pair key={part} name={w.parts[part]} was={fieldPartWords(part, change.before, then)} is={fieldPartWords(part, change.after, now)} />;
          })}
        </>
      );
  }
}

/** What a new question is like. */
function Facts({ change, says }: { change: Extract<Change, { is: 'field_added' | 'field_removed' }>; says: Says }) {
  const t = useDesk();
  const { field } = change;
  const parts = ['takes', 'required', ...(field.shown_when ? ['shown_when' as const] : [])] as const;
  return <p>{parts.map((part) => `${t.forms.parts[part]}: ${fieldPartWords(part, field, says)}`).join(t.gap)}</p>;
}
