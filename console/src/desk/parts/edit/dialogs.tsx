import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { useDesk } from '../../strings';
import { GraveDialog } from '../GraveDialog';

export function DiscardDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const t = useDesk();
  const e = t.editing;
  return <GraveDialog title={e.discardTitle} consequence={e.discardText} confirmText={e.discard} needsReason={false} invalidates={[]} send={() => Promise.resolve()} onDone={onDone} onClose={onClose} />;
}

/** Leaving loses nothing, but nothing is published either. */
export function LeaveDialog({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  const t = useDesk();
  const e = t.editing;
  return <Modal open title={e.leaveTitle} okText={e.leave} cancelText={e.stay} onOk={onLeave} onCancel={onStay} destroyOnHidden><p>{e.leaveText}</p></Modal>;
}

interface RemoveProps { title: string; text?: ReactNode; lead: string; broken: string[]; confirm: string; onConfirm: () => void; onClose: () => void }

/** Before something of the draft goes, or breaks: what goes with it. Nothing is sent. */
export function RemoveDialog({ title, text, lead, broken, confirm, onConfirm, onClose }: RemoveProps) {
  const words = [...new Set(broken)];
  return (
    <GraveDialog
      title={title} confirmText={confirm} needsReason={false} invalidates={[]} send={() => Promise.resolve()} onDone={onConfirm} onClose={onClose}
      consequence={
        <>
          {text ? <p>{text}</p> : null}
          {words.length > 0 ? <><p>{lead}</p><ul className="review-list">{words.map((it) => <li key={it}>{it}</li>)}</ul></> : null}
        </>
      }
    />
  );
}
