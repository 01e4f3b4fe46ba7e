import { Alert, App } from 'antd';
import { useDeferredValue } from 'react';
import { Link } from 'react-router';
import { get, type RulebookView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { usePages } from '../data';
import { RemoveDialog } from '../parts/edit/dialogs';
import { EditorFrame, toFault } from '../parts/edit/EditorFrame';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { usesOf, type Use } from './edit';
import type { Placed } from './faults';
import { Outline } from './Outline';
import { PublishDialog } from './PublishDialog';
import { SpotPane } from './SpotPane';
import { TryPane } from './TryPane';
import { useEditing, type Editing } from './useEditing';
import { useSays } from './useSays';
import { faultWords, inputWords, spotTitle, type Says } from './words';

/** The editor of the rulebook: what it consists of, what is edited of it, and what it would do. */
export function Editor({ view }: { view: RulebookView }) {
  const t = useDesk();
  const { lang } = useLang();
  const { message } = App.useApp();
  const editing = useEditing(view);
  const says = useSays(editing.book);
  const tried = useDeferredValue(editing);
  const { book, edited, faults, tried: looked } = editing;
  const w = t.rulebook;
  const e = t.editing;
  const entry = ({ spot, fault }: Placed) => ({
    title: spotTitle(spot, says), input: inputWords(fault.input, says), words: faultWords(fault, spot, w),
    go: () => { editing.go(spot); toFault(); },
  });
  return (
    <EditorFrame
      home={{ text: w.title, to: paths.rulebooks() }} title={w.edit.title} from={w.edit.from(edited.version)} edited={edited} undo={editing.undo} redo={editing.redo} move={editing.move}
      faults={faults.map(entry)} sound={looked.error ? e.uncheckable : looked.checking || !looked.known ? e.checking : looked.faults.length === 0 && edited.dirty ? e.sound : ''}
      look={async () => { editing.strict(); return (await looked.look())?.map(entry) ?? null; }}
      notice={<PendingNote />}
      paneNames={w.edit.panes} pane={editing.pane} onPane={editing.setPane} visit={editing.visit}
      panes={{
        outline: <Outline editing={editing} says={says} />,
        edit: <SpotPane editing={editing} says={says} />,
        preview: <TryPane before={view.definition} editing={tried} />,
      }}
      publishing={(close, leave) => (
        <PublishDialog
          before={view.definition} book={book} version={edited.version} effects={looked.effects} onClose={close}
          onDone={(it) => {
            edited.takeTheirs();
            void message.success(it.in_force ? w.publish.published(it.version) : w.publish.planned(it.version, dayTime(it.valid_from, lang)));
            leave(paths.rulebooks({ version: it.version, tab: 'changes' }));
          }}
        />
      )}
    >
      <Removal editing={editing} says={says} />
    </EditorFrame>
  );
}

function usedWords({ route, as }: Use, { w, e, lang }: Says): string {
  const name = route.name[lang] || e.untitled;
  return as === 'lead' ? w.edit.usedLead(name) : w.edit.usedOpinion(name);
}

/** A removal waits for a word, and says which routes change with it. */
function Removal({ editing, says }: { editing: Editing; says: Says }) {
  const { spot, book } = editing;
  const { w, e } = says;
  if (!editing.removing) return null;
  const key = spot.on === 'departments' ? book.departments[spot.at]?.key : undefined;
  const uses = key === undefined ? [] : usesOf(book, key);
  return (
    <RemoveDialog
      title={e.removeTitle(spotTitle(spot, says))} text={w.edit.removeText} lead={w.edit.removeUses} broken={uses.map((it) => usedWords(it, says))} confirm={e.remove}
      onConfirm={editing.remove} onClose={editing.keep}
    />
  );
}

/** One version waits at a time: who edits another one is told before she publishes it. */
function PendingNote() {
  const t = useDesk();
  const w = t.rulebook.edit;
  const { items } = usePages<RulebookView>(['rulebooks', 'newest'], (_, signal) => get('/rulebooks/versions', { query: { limit: 1 }, signal }));
  const waiting = items.find((it) => !it.withdrawn_at && it.valid_from && Date.now() < Date.parse(it.valid_from));
  if (!waiting) return null;
  return <Alert type="warning" showIcon title={`${w.pendingTitle(waiting.version)}${t.gap}${w.pendingText}`} action={<Link to={paths.rulebooks({ version: waiting.version })}>{w.toPending}</Link>} />;
}
