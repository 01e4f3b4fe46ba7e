import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { ApiError, post, type ApplicationView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { uuid } from '../../shared/uuid';
import { useInvalidate } from '../data';
import { useDesk } from '../strings';

interface Failed { it: ApplicationView; error: ApiError }
export interface ClaimResult { done: number; of: number; failed: Failed[] }

/** Takes the chosen applications into review, one after the other, and names those that somebody else was faster with. */
export function ClaimMany({ applications, clear, onResult }: { applications: ApplicationView[]; clear: () => void; onResult: (result: ClaimResult) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const { message } = App.useApp();
  const invalidate = useInvalidate();
  const [at, setAt] = useState<number | null>(null);
  const chosen = applications.filter((it) => it.state === 'submitted');
  const claim = async () => {
    const failed: Failed[] = [];
    for (const [index, it] of chosen.entries()) {
      setAt(index + 1);
      const body = { act: 'claim' as const, from_state: 'submitted' as const, note: null, fields: [], category: null, batch: null };
      try {
        await post('/applications/{id}/moves', { path: { id: it.id }, body, idempotencyKey: uuid() });
      } catch (thrown) {
        failed.push({ it, error: thrown instanceof ApiError ? thrown : new ApiError(0, { code: 'internal' }) });
      }
    }
    setAt(null);
    if (failed.length > 0) onResult({ done: chosen.length - failed.length, of: chosen.length, failed });
    else void message.success(t.review.claimedMany(number(chosen.length, lang)));
    clear();
    invalidate('applications');
  };
  if (chosen.length === 0) return null;
  return (
    <>
      <Button size="small" type="primary" loading={at !== null} onClick={() => void claim()}>{t.review.claimMany(number(chosen.length, lang))}</Button>
      {at === null ? null : <span role="status">{t.review.claimProgress(number(at, lang), number(chosen.length, lang))}</span>}
    </>
  );
}

/** Those that could not be taken, and why. Outside the list: what was chosen has left it. */
export function ClaimOutcome({ result, onClose }: { result: ClaimResult; onClose: () => void }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const why = (error: ApiError) => {
    if (error.code !== 'state') return words.error(error.code, error.params);
    return error.params.by ? t.review.taken(error.params.by) : t.review.takenBySomebody;
  };
  return (
    <Modal open title={t.review.resultTitle(number(result.done, lang), number(result.of, lang))} onCancel={onClose} footer={<Button type="primary" onClick={onClose}>{t.actions.close}</Button>}>
      <p>{t.review.resultFailed}</p>
      <ul className="lines">
        {result.failed.map(({ it, error }) => <li key={it.id}><span><b>{it.number}</b>{t.gap}{it.enterprise_name}</span><span>{why(error)}</span></li>)}
      </ul>
    </Modal>
  );
}
