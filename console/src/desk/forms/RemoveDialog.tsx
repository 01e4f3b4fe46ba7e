import type { ReactNode } from 'react';
import { GraveDialog } from '../parts/GraveDialog';
import { useDesk } from '../strings';
import type { Broken } from './conditions';
import { brokenWords, type Says } from './words';

interface Props { title: string; text?: ReactNode; broken: Broken[]; says: Says; confirm: string; onConfirm: () => void; onClose: () => void }

/** Before something of the draft goes, or breaks: what goes with it. Nothing is sent. */
export function RemoveDialog({ title, text, broken, says, confirm, onConfirm, onClose }: Props) {
  const t = useDesk();
  const words = [...new Set(broken.map((it) => brokenWords(it, says)))];
  return (
    <GraveDialog
      title={title} confirmText={confirm} needsReason={false} invalidates={[]} send={() => Promise.resolve()} onDone={onConfirm} onClose={onClose}
      consequence={
        <>
          {text ? <p>{text}</p> : null}
          {words.length > 0 ? <><p>{t.forms.edit.breaks}</p><ul className="review-list">{words.map((it) => <li key={it}>{it}</li>)}</ul></> : null}
        </>
      }
    />
  );
}
