import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { post, type ApplicationView, type Approvals } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { GraveDialog } from '../parts/GraveDialog';
import { useDesk } from '../strings';
import { CHANGED } from './AskDialog';
import { BatchChoice, batchOf } from './BatchChoice';

/** Approves the chosen applications together; those that may not be are named. */
export function ApproveMany({ applications, clear, onResult }: { applications: ApplicationView[]; clear: () => void; onResult: (result: Approvals) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const { message } = App.useApp();
  const [asking, ask] = useState(false);
  const [batch, setBatch] = useState('');
  const w = t.review;
  const chosen = applications.filter((it) => it.state === 'submitted' || ((it.state === 'in_review' || it.state === 'inspected') && it.claimed_by_me));
  if (chosen.length === 0) return null;
  const n = number(chosen.length, lang);
  return (
    <>
      <Button size="small" onClick={() => ask(true)}>{w.approveMany(n)}</Button>
      {asking ? (
        <GraveDialog<Approvals>
          title={w.approveManyTitle(n)} confirmText={w.approveMany(n)} danger={false} needsReason={false} consequence={<p>{w.approveManyText}</p>} invalidates={[...CHANGED, 'whitelist-batches']} onClose={() => ask(false)}
          onDone={(result) => {
            ask(false);
            clear();
            if (result.refused.length + result.unknown.length > 0) onResult(result);
            else void message.success(w.approvedMany(number(result.approved, lang)));
          }}
          send={(_, idempotencyKey) => post('/applications/approvals', { body: { ids: chosen.map((it) => it.id), ...batchOf(batch), note: null }, idempotencyKey })}
        >
          <BatchChoice value={batch} onChange={setBatch} />
        </GraveDialog>
      ) : null}
    </>
  );
}

/** Those that were not approved, and why. */
export function ApproveOutcome({ result, onClose }: { result: Approvals; onClose: () => void }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const w = t.review;
  const of = number(result.approved + result.refused.length + result.unknown.length, lang);
  return (
    <Modal open title={w.approvedSome(number(result.approved, lang), of)} onCancel={onClose} footer={<Button type="primary" onClick={onClose}>{t.actions.close}</Button>}>
      <p>{w.refusedOnes}</p>
      <ul className="lines">
        {result.refused.map((it) => <li key={it.id}><span><b>{it.number}</b>{t.gap}{it.enterprise_name}</span><span>{it.code === 'state' ? w.states[it.state] : words.error(it.code, {})}</span></li>)}
      </ul>
      {result.unknown.length > 0 ? <p>{w.unknownOnes(number(result.unknown.length, lang))}</p> : null}
    </Modal>
  );
}
