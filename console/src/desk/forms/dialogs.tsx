import { Modal } from 'antd';
import { isApiError, post, type FormDefinition, type FormView } from '../../api';
import { useInvalidate } from '../data';
import { GraveDialog } from '../parts/GraveDialog';
import { useDesk } from '../strings';
import { changesOf, tally } from './diff';

interface PublishProps { before: FormDefinition; form: FormDefinition; version: number; onDone: (published: FormView) => void; onClose: () => void }

/** Publishing, with a note that all who fill it in can read. */
export function PublishDialog({ before, form, version, onDone, onClose }: PublishProps) {
  const t = useDesk();
  const invalidate = useInvalidate();
  const w = t.forms.edit;
  const { added, changed, removed } = tally(changesOf(before, form));
  const send = async (note: string, idempotencyKey: string): Promise<FormView> => {
    try {
      return await post('/application-forms', { body: { definition: form, note, from_version: version }, idempotencyKey });
    } catch (error) {
      // Somebody was faster: the page reads what there is now and says so.
      if (isApiError(error) && error.code === 'state') {
        invalidate('application-forms');
        onClose();
      }
      throw error;
    }
  };
  return (
    <GraveDialog<FormView>
      title={w.publishTitle(version + 1)} consequence={<><p><b>{t.forms.tally(added, changed, removed)}</b></p><p>{w.publishText}</p><p>{w.noteHint}</p></>} confirmText={w.publish} danger={false} reasonLabel={w.note}
      send={send} invalidates={['application-forms']} onDone={onDone} onClose={onClose}
    />
  );
}

export function DiscardDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const t = useDesk();
  const w = t.forms.edit;
  return <GraveDialog title={w.discardTitle} consequence={w.discardText} confirmText={w.discard} needsReason={false} invalidates={[]} send={() => Promise.resolve()} onDone={onDone} onClose={onClose} />;
}

/** Leaving loses nothing, but nothing is published either. */
export function LeaveDialog({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  const t = useDesk();
  const w = t.forms.edit;
  return <Modal open title={w.leaveTitle} okText={w.leave} cancelText={w.stay} onOk={onLeave} onCancel={onStay} destroyOnHidden><p>{w.leaveText}</p></Modal>;
}
