import { Form, Input } from 'antd';
import { useState } from 'react';
import { isApiError, post, type Rulebook, type RulebookEffects, type RulebookView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { fromLocalInput, number } from '../../shared/format';
import { useInvalidate } from '../data';
import { Choice } from '../parts/Choice';
import { GraveDialog } from '../parts/GraveDialog';
import { useDesk } from '../strings';
import { changesOf, tally } from './diff';

type When = 'now' | 'later';
interface Props { before: Rulebook; book: Rulebook; version: number; effects: RulebookEffects | null; onDone: (published: RulebookView) => void; onClose: () => void }

/** Publishing, now or from a moment on: what it does to what is under way is said first. */
export function PublishDialog({ before, book, version, effects, onDone, onClose }: Props) {
  const t = useDesk();
  const invalidate = useInvalidate();
  const [when, setWhen] = useState<When>('now');
  const [at, setAt] = useState('');
  const w = t.rulebook.publish;
  const grave = effects !== null && effects.filed + effects.sent_back > 0;
  const send = async (note: string, idempotencyKey: string): Promise<RulebookView> => {
    try {
      return await post('/rulebooks', { body: { definition: book, note, from_version: version, valid_from: when === 'later' ? fromLocalInput(at) : null }, idempotencyKey });
    } catch (error) {
      // Somebody was faster: the page reads what there is now and says so.
      if (isApiError(error) && error.code === 'state') {
        invalidate('rulebooks');
        onClose();
      }
      throw error;
    }
  };
  const fits = (_: unknown, value: string | undefined) => {
    if (!value) return Promise.reject(new Error(w.atRule));
    return Date.parse(fromLocalInput(value)) <= Date.now() ? Promise.reject(new Error(w.past)) : Promise.resolve();
  };
  return (
    <GraveDialog<RulebookView>
      title={w.title} consequence={<Consequence before={before} book={book} effects={effects} later={when === 'later'} />} confirmText={t.editing.publish} danger={grave} reasonLabel={t.editing.note}
      send={send} invalidates={['rulebooks', 'applications', 'reviewers']} onDone={onDone} onClose={onClose}
    >
      <Form.Item label={w.when}>
        <Choice<When> label={w.when} value={when} options={(['now', 'later'] as const).map((value) => ({ value, label: w[value] }))} onChange={setWhen} />
      </Form.Item>
      {when === 'later' ? <Form.Item name="valid_from" label={w.at} rules={[{ validator: fits }]}><Input type="datetime-local" onChange={(event) => setAt(event.target.value)} /></Form.Item> : null}
    </GraveDialog>
  );
}

function Consequence({ before, book, effects, later }: { before: Rulebook; book: Rulebook; effects: RulebookEffects | null; later: boolean }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.rulebook.publish;
  const { added, changed, removed } = tally(changesOf(before, book));
  return (
    <>
      <p><b>{t.forms.tally(added, changed, removed)}</b></p>
      <p>{w.text}</p>
      {effects && effects.filed > 0 ? <p><b>{w.filed(number(effects.filed, lang))}</b></p> : null}
      {effects && effects.sent_back > 0 ? <p><b>{w.sentBack(number(effects.sent_back, lang))}</b></p> : null}
      {effects && effects.stay > 0 ? <p>{w.stay(number(effects.stay, lang))}</p> : null}
      {later && effects && effects.filed + effects.sent_back + effects.stay > 0 ? <p>{w.ofNow}</p> : null}
      {later ? <p>{w.laterHint}</p> : null}
      <p>{w.noteHint}</p>
    </>
  );
}
