import type { Checklist, ChecklistItem, ChecklistView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { useGet } from '../data';
import { CompareWith } from '../parts/edit/CompareWith';
import { Pair } from '../parts/edit/Pair';
import { bothWords, titleOf } from '../parts/edit/words';
import { ErrorState, LoadingState } from '../parts/states';
import { useDesk } from '../strings';
import { changesOf, tally, type Change, type Part } from './diff';

interface Props { view: ChecklistView; against: number | null; onAgainst: (version: number) => void; versions: number[] }

/** What a version says otherwise than another. */
export function Compare({ view, against, onAgainst, versions }: Props) {
  return (
    <CompareWith version={view.version} versions={versions} against={against} onAgainst={onAgainst}>
      {(before) => <Between before={before} view={view} />}
    </CompareWith>
  );
}

function Between({ before, view }: { before: number; view: ChecklistView }) {
  const t = useDesk();
  const { data, error, refetch } = useGet('/checklists', { query: { version: before } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  return <Changes before={data.definition} after={view.definition} same={t.forms.same} />;
}

export function Changes({ before, after, same }: { before: Checklist; after: Checklist; same: string }) {
  const t = useDesk();
  const changes = changesOf(before, after);
  if (changes.length === 0) return <p className="muted" role="status">{same}</p>;
  const { added, changed, removed } = tally(changes);
  return (
    <>
      <p role="status"><b>{t.forms.tally(added, changed, removed)}</b></p>
      <ol className="compare-list">{changes.map((it, at) => <li key={at} className={`is-${it.is.split('_')[1] ?? 'changed'}`}><ChangeLine change={it} /></li>)}</ol>
    </>
  );
}

function ChangeLine({ change }: { change: Change }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.checklists;
  const title = (it: { title: { zh: string; en: string } }) => titleOf(it.title, t.editing, lang);
  const label = (it: ChecklistItem) => titleOf(it.label, t.editing, lang);
  const says = (part: Part, it: ChecklistItem) => (part === 'label' ? bothWords(it.label) : part === 'critical' ? (it.critical ? w.critical : w.ordinary) : w.photos[it.photo]);
  switch (change.is) {
    case 'section_added': return <b>{w.section_added(title(change.section))}</b>;
    case 'section_removed': return <b>{w.section_removed(title(change.section))}</b>;
    case 'section_changed':
      return <><b>{w.section_changed(title(change.after))}</b>{change.parts.map((part) => (part === 'order' ? <p key={part}>{t.forms.reordered}</p> : <Pair key={part} name={w.parts[part]} was={bothWords(change.before.title)} is={bothWords(change.after.title)} />))}</>;
    case 'item_added': return <><b>{w.item_added(label(change.item), title(change.section))}</b><p>{change.item.critical ? w.critical : w.ordinary}{t.gap}{w.photos[change.item.photo]}</p></>;
    case 'item_removed': return <b>{w.item_removed(label(change.item), title(change.section))}</b>;
    case 'item_changed':
      return (
        <>
          <b>{w.item_changed(label(change.after))}</b>
          {change.parts.map((part) => {
            if (part === 'order') return <p key={part}>{t.forms.reordered}</p>;
            if (part === 'section') return <p key={part}>{w.moved(title(change.from), title(change.to))}</p>;
            return <Pair key={part} name={w.parts[part]} was={says(part, change.before)} is={says(part, change.after)} />;
          })}
        </>
      );
  }
}
