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
      title={w.publishTitle(version + 1)} consequence={<><p><b>{t.forms.tally(added, changed, removed)}</b></p><p>{w.publishText}</p><p>{w.noteHint}</p></>} confirmText={t.editing.publish} danger={false} reasonLabel={t.editing.note}
      send={send} invalidates={['application-forms']} onDone={onDone} onClose={onClose}
    />
  );
}
