import { App, Button, Segmented } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useDesk } from '../../strings';
import { Crumbs } from '../PageHead';
import { Stale } from '../Stale';
import { usePhone, useWide } from '../useMedia';
import type { Edited } from '../useEdited';
import { DiscardDialog, LeaveDialog } from './dialogs';
import { EditBar } from './EditBar';
import { FaultList, type FaultEntry } from './FaultList';
import { useEditKeys } from './useEditKeys';
import { useLeaving } from './useLeaving';

export type PaneName = 'outline' | 'edit' | 'preview';

interface Props<Value> {
  /** The page it belongs to, and where that is. */
  home: { text: string; to: string };
  title: string;
  /** Which version it was made from. */
  from: string;
  edited: Edited<Value>;
  undo: (() => void) | null;
  redo: (() => void) | null;
  move: (by: -1 | 1) => void;
  faults: FaultEntry[];
  sound: string;
  /** What is wrong, looked at now; null when nobody could look. */
  look: () => Promise<FaultEntry[] | null>;
  notice?: ReactNode;
  panes: Record<PaneName, ReactNode>;
  paneNames: Record<PaneName, string>;
  pane: PaneName;
  onPane: (pane: PaneName) => void;
  /** Changes when something else is edited. */
  visit: number;
  /** The dialog that publishes. */
  publishing: (close: () => void, leave: (to: string) => void) => ReactNode;
  children?: ReactNode;
}

/** An editor of a versioned document: steps, faults, what waits to be published, and the ways out. */
export function EditorFrame<Value>(props: Props<Value>) {
  const t = useDesk();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'publish' | 'discard' | null>(null);
  const [listed, setListed] = useState(false);
  const [pending, setPending] = useState(false);
  const { edited, home, faults } = props;
  const e = t.editing;
  const leaving = useLeaving(edited.dirty);
  useEditKeys({ undo: props.undo, redo: props.redo, move: props.move });
  const publish = async () => {
    setPending(true);
    const found = await props.look();
    setPending(false);
    const [first] = found ?? [];
    if (!found) void message.error(e.uncheckable);
    else if (first) {
      setListed(true);
      first.go();
    } else setAsking('publish');
  };
  const leave = (to: string) => {
    leaving.free();
    void navigate(to);
  };
  return (
    <div className="page edit-page">
      <Crumbs label={home.text} trail={[home]} here={props.title} heading>
        <small>{props.from}</small>
        {edited.dirty ? <Button size="small" danger onClick={() => setAsking('discard')}>{e.discard}</Button> : null}
      </Crumbs>
      <EditBar edited={edited} undo={props.undo} redo={props.redo} faults={faults.length} sound={props.sound} listed={listed} onList={() => setListed(!listed)} onPublish={() => void publish()} pending={pending} />
      <Stale edited={edited} words={e} />
      {props.notice}
      {listed && faults.length > 0 ? <FaultList faults={faults} /> : null}
      <Panes {...props} />
      {props.children}
      {asking === 'publish' ? props.publishing(() => setAsking(null), leave) : null}
      {asking === 'discard' ? <DiscardDialog onClose={() => setAsking(null)} onDone={() => { edited.takeTheirs(); void message.success(e.discarded); leave(home.to); }} /> : null}
      {leaving.asked ? <LeaveDialog onLeave={leaving.leave} onStay={leaving.stay} /> : null}
    </div>
  );
}

/** Beside each other where there is room; else one at a time. */
function Panes<Value>({ title, panes, paneNames, pane, onPane, visit }: Props<Value>) {
  const phone = usePhone();
  const wide = useWide();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What was left far down is not where the next pane begins.
    if (phone && box.current && box.current.getBoundingClientRect().top < 0) box.current.scrollIntoView({ block: 'start' });
  }, [phone, pane, visit]);
  const names: PaneName[] = phone ? ['outline', 'edit', 'preview'] : ['edit', 'preview'];
  const open = phone || pane === 'preview' ? pane : 'edit';
  const shows = (it: PaneName) => wide || it === open || (it === 'outline' && !phone);
  return (
    <div className="edit-body" ref={box}>
      {wide ? null : <Segmented<PaneName> block aria-label={title} className="edit-panes" value={open} options={names.map((value) => ({ value, label: paneNames[value] }))} onChange={onPane} />}
      {shows('outline') ? panes.outline : null}
      {shows('edit') ? panes.edit : null}
      {shows('preview') ? panes.preview : null}
    </div>
  );
}

/** Where the hand goes when a fault is opened. */
export function toFault(): void {
  setTimeout(() => document.querySelector<HTMLElement>('.edit-pane [aria-invalid=true], .edit-pane .ask-fault')?.focus());
}
