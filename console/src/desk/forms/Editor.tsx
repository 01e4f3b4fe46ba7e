import { App, Button, Segmented } from 'antd';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { useBlocker, useNavigate } from 'react-router';
import type { FormView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { Crumbs } from '../parts/PageHead';
import { Stale } from '../parts/Stale';
import { usePhone, useWide } from '../parts/useMedia';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { DiscardDialog, LeaveDialog, PublishDialog } from './dialogs';
import { EditBar } from './EditBar';
import { fieldAt, sectionAt, type Spot } from './edit';
import { FaultList } from './FaultList';
import { Outline } from './Outline';
import { Preview } from './Preview';
import { RemoveDialog } from './RemoveDialog';
import { SpotPane } from './SpotPane';
import { useEditing, type Editing, type Pane } from './useEditing';
import { useEditKeys } from './useEditKeys';
import { useSays } from './useSays';
import { faultWords, titleOf } from './words';

/** The editor: what the form consists of, what is edited of it, and how it looks to applicants. */
export function Editor({ view }: { view: FormView }) {
  const t = useDesk();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const editing = useEditing(view);
  const [asking, setAsking] = useState<'publish' | 'discard' | null>(null);
  const [listed, setListed] = useState(false);
  const [pending, setPending] = useState(false);
  const says = useSays(editing.form);
  const { edited, faults } = editing;
  const w = t.forms.edit;
  const leaving = useLeaving(edited.dirty);
  useEditKeys({ undo: editing.undo, redo: editing.redo, move: editing.move });
  const toFault = (spot: Spot) => {
    editing.go(spot);
    setTimeout(() => document.querySelector<HTMLElement>('.edit-pane [aria-invalid=true], .edit-pane .ask-fault')?.focus());
  };
  const publish = async () => {
    editing.strict();
    setPending(true);
    const found = await editing.looked.look();
    setPending(false);
    const [first] = found ?? [];
    if (!found) void message.error(w.uncheckable);
    else if (first) {
      setListed(true);
      toFault(first.spot);
    } else setAsking('publish');
  };
  return (
    <div className="page edit-page">
      <Crumbs label={t.forms.title} trail={[{ to: paths.forms(), text: t.forms.title }]} here={w.title} heading>
        <small>{w.from(edited.version)}</small>
        {edited.dirty ? <Button size="small" danger onClick={() => setAsking('discard')}>{w.discard}</Button> : null}
      </Crumbs>
      <EditBar editing={editing} listed={listed} onList={() => setListed(!listed)} onPublish={() => void publish()} pending={pending} />
      <Stale edited={edited} words={w} />
      {listed && faults.length > 0 ? <FaultList form={editing.form} faults={faults} says={says} onSpot={toFault} /> : null}
      <Panes editing={editing} />
      <Waiting editing={editing} />
      {asking === 'publish' ? (
        <PublishDialog
          before={view.definition} form={editing.form} version={edited.version} onClose={() => setAsking(null)}
          onDone={(it) => { leaving.free(); edited.saved(it.definition, it.version); void message.success(w.published(it.version)); void navigate(paths.forms({ version: it.version })); }}
        />
      ) : null}
      {asking === 'discard' ? <DiscardDialog onClose={() => setAsking(null)} onDone={() => { leaving.free(); edited.takeTheirs(); void message.success(w.discarded); void navigate(paths.forms()); }} /> : null}
      {leaving.asked ? <LeaveDialog onLeave={leaving.leave} onStay={leaving.stay} /> : null}
    </div>
  );
}

/** Asks before the page is left while something is not published. */
function useLeaving(dirty: boolean) {
  const free = useRef(false);
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && !free.current && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (dirty) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);
  return {
    asked: blocker.state === 'blocked', leave: () => blocker.proceed?.(), stay: () => blocker.reset?.(),
    free: () => { free.current = true; },
  };
}

/** Beside each other where there is room; else one at a time. */
function Panes({ editing }: { editing: Editing }) {
  const t = useDesk();
  const phone = usePhone();
  const wide = useWide();
  const says = useSays(editing.form);
  const previewed = useDeferredValue(editing.form);
  const w = t.forms.edit;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What was left far down is not where the next pane begins.
    if (phone && box.current && box.current.getBoundingClientRect().top < 0) box.current.scrollIntoView({ block: 'start' });
  }, [phone, editing.pane, editing.visit]);
  const panes: Pane[] = phone ? ['outline', 'edit', 'preview'] : ['edit', 'preview'];
  const pane = phone || editing.pane === 'preview' ? editing.pane : 'edit';
  const shows = (it: Pane) => wide || it === pane || (it === 'outline' && !phone);
  const { form, spot, faults } = editing;
  return (
    <div className="edit-body" ref={box}>
      {wide ? null : <Segmented<Pane> block aria-label={t.forms.edit.title} className="edit-panes" value={pane} options={panes.map((value) => ({ value, label: w.panes[value] }))} onChange={editing.setPane} />}
      {shows('outline') ? <Outline form={form} spot={spot} faults={faults} onSpot={editing.go} onAddSection={editing.addSection} onAddField={editing.addField} /> : null}
      {shows('edit') ? (
        <SpotPane
          form={form} spot={spot} visit={editing.visit} says={says} onChange={editing.change} onMove={editing.move} onMoveInto={editing.moveInto} onRemove={editing.remove}
          wrong={(input) => [...new Set(editing.wrongAt(input).map((it) => faultWords(it.fault, says)))].join(t.gap) || null}
        />
      ) : null}
      {shows('preview') ? <section className="edit-preview" aria-label={t.forms.preview.title}><p className="form-lead">{t.forms.preview.lead}</p><Preview form={previewed} here={fieldAt(previewed, spot)} faults={faults.length} /></section> : null}
    </div>
  );
}

/** A removal, or a move that breaks something, waits for a word. */
function Waiting({ editing }: { editing: Editing }) {
  const t = useDesk();
  const { lang } = useLang();
  const says = useSays(editing.form);
  const { waiting, form, spot } = editing;
  const w = t.forms.edit;
  if (!waiting) return null;
  const section = sectionAt(form, spot);
  const title = titleOf(fieldAt(form, spot)?.label ?? section?.title ?? form.pledge, t.forms, lang);
  const text = spot.on === 'section' ? w.removeSection(section?.fields.length ?? 0) : w.removeQuestion;
  const removal = waiting.kind === 'remove';
  return <RemoveDialog title={removal ? w.removeTitle(title) : w.moveTitle} text={removal ? text : null} broken={waiting.broken} says={says} confirm={removal ? w.remove : w.moveAnyway} onConfirm={() => editing.settle()} onClose={editing.drop} />;
}
