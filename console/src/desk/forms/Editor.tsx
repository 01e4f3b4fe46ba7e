import { App } from 'antd';
import { useDeferredValue } from 'react';
import type { FormView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { RemoveDialog } from '../parts/edit/dialogs';
import { EditorFrame, toFault } from '../parts/edit/EditorFrame';
import { titleOf } from '../parts/edit/words';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { PublishDialog } from './dialogs';
import { fieldAt, sectionAt, type Spot } from './edit';
import type { Placed } from './faults';
import { Outline } from './Outline';
import { Preview } from './Preview';
import { SpotPane } from './SpotPane';
import { useEditing, type Editing } from './useEditing';
import { useSays } from './useSays';
import { brokenWords, faultWords, inputWords } from './words';

/** The editor: what the form consists of, what is edited of it, and how it looks to applicants. */
export function Editor({ view }: { view: FormView }) {
  const t = useDesk();
  const { lang } = useLang();
  const { message } = App.useApp();
  const editing = useEditing(view);
  const says = useSays(editing.form);
  const previewed = useDeferredValue(editing.form);
  const { form, spot, edited, faults, looked } = editing;
  const w = t.forms.edit;
  const e = t.editing;
  const nameOf = (at: Spot) => {
    const words = fieldAt(form, at)?.label ?? sectionAt(form, at)?.title;
    return words ? titleOf(words, e, lang) : w.whole;
  };
  const entry = ({ spot: at, fault }: Placed) => ({
    title: nameOf(at), input: inputWords(fault.input, says), words: fault.code === 'size' && at.on === 'form' ? t.forms.faults.sizeForm : faultWords(fault, says),
    go: () => { editing.go(at); toFault(); },
  });
  return (
    <EditorFrame
      home={{ text: t.forms.title, to: paths.forms() }} title={w.title} from={w.from(edited.version)} edited={edited} undo={editing.undo} redo={editing.redo} move={editing.move}
      faults={faults.map(entry)} sound={looked.error ? e.uncheckable : looked.checking || looked.known === null ? e.checking : looked.known === 0 && edited.dirty ? e.sound : ''}
      look={async () => { editing.strict(); return (await looked.look())?.map(entry) ?? null; }}
      paneNames={w.panes} pane={editing.pane} onPane={editing.setPane} visit={editing.visit}
      panes={{
        outline: <Outline form={form} spot={spot} faults={faults} onSpot={editing.go} onAddSection={editing.addSection} onAddField={editing.addField} />,
        edit: (
          <SpotPane
            form={form} spot={spot} visit={editing.visit} says={says} onChange={editing.change} onMove={editing.move} onMoveInto={editing.moveInto} onRemove={editing.remove}
            wrong={(input) => [...new Set(editing.wrongAt(input).map((it) => faultWords(it.fault, says)))].join(t.gap) || null}
          />
        ),
        preview: <section className="edit-preview" aria-label={t.forms.preview.title}><p className="form-lead">{t.forms.preview.lead}</p><Preview form={previewed} here={fieldAt(previewed, spot)} faults={faults.length} /></section>,
      }}
      publishing={(close, leave) => (
        <PublishDialog
          before={view.definition} form={form} version={edited.version} onClose={close}
          onDone={(it) => { edited.saved(it.definition, it.version); void message.success(w.published(it.version)); leave(paths.forms({ version: it.version })); }}
        />
      )}
    >
      <Waiting editing={editing} />
    </EditorFrame>
  );
}

/** A removal, or a move that breaks something, waits for a word. */
function Waiting({ editing }: { editing: Editing }) {
  const t = useDesk();
  const { lang } = useLang();
  const says = useSays(editing.form);
  const { waiting, form, spot } = editing;
  const w = t.forms.edit;
  const e = t.editing;
  if (!waiting) return null;
  const section = sectionAt(form, spot);
  const title = titleOf(fieldAt(form, spot)?.label ?? section?.title ?? form.pledge, e, lang);
  const text = spot.on === 'section' ? w.removeSection(section?.fields.length ?? 0) : w.removeQuestion;
  const removal = waiting.kind === 'remove';
  return (
    <RemoveDialog
      title={removal ? e.removeTitle(title) : w.moveTitle} text={removal ? text : null} lead={w.breaks} broken={waiting.broken.map((it) => brokenWords(it, says))} confirm={removal ? e.remove : w.moveAnyway}
      onConfirm={() => editing.settle()} onClose={editing.drop}
    />
  );
}
