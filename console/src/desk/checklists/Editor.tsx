import { App } from 'antd';
import { useDeferredValue } from 'react';
import { isApiError, post, type Checklist, type ChecklistView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { useInvalidate } from '../data';
import { RemoveDialog } from '../parts/edit/dialogs';
import { EditorFrame, toFault } from '../parts/edit/EditorFrame';
import { titleOf } from '../parts/edit/words';
import { GraveDialog } from '../parts/GraveDialog';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { Changes } from './Compare';
import { changesOf, tally } from './diff';
import { itemAt, type Spot } from './edit';
import type { Placed } from './faults';
import { Outline } from './Outline';
import { Reading } from './Reading';
import { SpotPane } from './SpotPane';
import { useEditing } from './useEditing';
import { useFaultWords } from './useFaultWords';

/** The editor of the checklist: what it consists of, what is edited of it, and how officers see it. */
export function Editor({ view }: { view: ChecklistView }) {
  const t = useDesk();
  const { lang } = useLang();
  const { message } = App.useApp();
  const words = useFaultWords();
  const editing = useEditing(view);
  const { list, spot, edited, faults } = editing;
  const shown = useDeferredValue(list);
  const w = t.checklists.edit;
  const e = t.editing;
  const title = (at: Spot) => titleOf((itemAt(list, at)?.label ?? list.sections[at.section]?.title) || { zh: '', en: '' }, e, lang);
  const inputs: Record<string, string> = { title: w.sectionName, label: w.label, key: e.key };
  const inputOf = (input: string) => {
    const [name = '', inner] = input.split('.');
    const label = inputs[name] ?? null;
    return label !== null && (inner === 'zh' || inner === 'en') ? e.inBoth(label, e[inner]) : label;
  };
  const entry = ({ spot: at, fault }: Placed) => ({ title: title(at), input: inputOf(fault.input), words: words(fault), go: () => { editing.go(at); toFault(); } });
  return (
    <EditorFrame
      home={{ text: t.checklists.title, to: paths.checklists() }} title={w.title} from={w.from(edited.version)} edited={edited} undo={editing.undo} redo={editing.redo} move={editing.move}
      faults={faults.map(entry)} sound={edited.dirty && editing.all.length === 0 ? e.sound : ''}
      look={() => { editing.strict(); return Promise.resolve(editing.all.map(entry)); }}
      paneNames={w.panes} pane={editing.pane} onPane={editing.setPane} visit={editing.visit}
      panes={{
        outline: <Outline editing={editing} />,
        edit: <SpotPane editing={editing} />,
        preview: <Preview before={view.definition} list={shown} spot={spot} />,
      }}
      publishing={(close, leave) => (
        <PublishDialog
          before={view.definition} list={list} version={edited.version} onClose={close}
          onDone={(it) => { edited.saved(it.definition, it.version); void message.success(w.published(it.version)); leave(paths.checklists({ version: it.version, tab: 'changes' })); }}
        />
      )}
    >
      {editing.removing ? (
        <RemoveDialog
          title={e.removeTitle(title(spot))} text={spot.on === 'item' ? w.removeItem : w.removeSection(list.sections[spot.section]?.items.length ?? 0)} lead="" broken={[]} confirm={e.remove}
          onConfirm={editing.remove} onClose={editing.keep}
        />
      ) : null}
    </EditorFrame>
  );
}

/** How officers see it, and what is otherwise than before. */
function Preview({ before, list, spot }: { before: Checklist; list: Checklist; spot: Spot }) {
  const t = useDesk();
  const w = t.checklists.edit;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long checklist scrolls
    <section className="edit-preview" aria-label={w.previewTitle} tabIndex={0}>
      <p className="form-lead">{w.previewLead}</p>
      <div className="checklist-preview">
        <section className="compare"><h3>{w.changes}</h3><Changes before={before} after={list} same={w.nothing} /></section>
        <section><Reading list={list} here={itemAt(list, spot)} /></section>
      </div>
    </section>
  );
}

interface PublishProps { before: Checklist; list: Checklist; version: number; onDone: (published: ChecklistView) => void; onClose: () => void }

function PublishDialog({ before, list, version, onDone, onClose }: PublishProps) {
  const t = useDesk();
  const invalidate = useInvalidate();
  const w = t.checklists.edit;
  const { added, changed, removed } = tally(changesOf(before, list));
  const send = async (note: string, idempotencyKey: string): Promise<ChecklistView> => {
    try {
      return await post('/checklists', { body: { definition: list, note, from_version: version }, idempotencyKey });
    } catch (error) {
      // Somebody was faster: the page reads what there is now and says so.
      if (isApiError(error) && error.code === 'state') {
        invalidate('checklists');
        onClose();
      }
      throw error;
    }
  };
  return (
    <GraveDialog<ChecklistView>
      title={w.publishTitle(version + 1)} consequence={<><p><b>{t.forms.tally(added, changed, removed)}</b></p><p>{w.publishText}</p><p>{w.noteHint}</p></>} confirmText={t.editing.publish} danger={false} reasonLabel={t.editing.note}
      send={send} invalidates={['checklists']} onDone={onDone} onClose={onClose}
    />
  );
}
