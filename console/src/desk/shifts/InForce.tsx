import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { post, type ShiftPlanFile } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { useDesk } from '../strings';

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** What gates go by, and how it comes into force and out of it. */
export function InForce({ id, file, editable }: { id: string; file: ShiftPlanFile; editable: boolean }) {
  const w = useDesk().shiftPlan;
  const { lang } = useLang();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<'enforce' | 'withdraw' | null>(null);
  const body = { from_revision: file.revision };
  const done = (text: string) => () => { setAsking(null); void message.success(text); };
  const enforce = useSubmit<typeof body, ShiftPlanFile>((it, idempotencyKey) => post('/sites/{id}/shift-plan/enforcements', { path: { id }, body: it, idempotencyKey }), { invalidates: ['sites'], onDone: done(w.enforced) });
  const withdraw = useSubmit<typeof body, ShiftPlanFile>((it, idempotencyKey) => post('/sites/{id}/shift-plan/withdrawals', { path: { id }, body: it, idempotencyKey }), { invalidates: ['sites'], onDone: done(w.withdrawn) });
  const current = file.in_force ? same(file.in_force.starts, file.starts) : false;
  const windows = new Set(file.starts.map((it) => `${it.start} ${file.plan.teams.find((team) => team.name === it.team)?.work_minutes}`)).size;
  return (
    <section className="shift-force">
      <p>{file.in_force ? w.inForce(file.in_force_by ?? '', file.in_force_at ? dayTime(file.in_force_at, lang) : '') : w.notInForce}{file.in_force && !current ? ` ${w.older}` : ''}</p>
      {editable && file.starts.length > 0 && !current ? <Button type="primary" onClick={() => setAsking('enforce')}>{w.enforce}</Button> : null}
      {editable && file.in_force ? <Button onClick={() => setAsking('withdraw')}>{w.withdraw}</Button> : null}
      {file.starts.length > 0 ? <><a href={`/api/v1/sites/${id}/shift-plan/export?form=xlsx&lang=${lang}`} download>{w.xlsx}</a><a href={`/api/v1/sites/${id}/shift-plan/export?form=csv&lang=${lang}`} download>{w.csv}</a></> : null}
      <Modal destroyOnHidden open={asking === 'enforce'} title={w.enforceTitle} okText={w.enforce} confirmLoading={enforce.pending} onCancel={() => setAsking(null)} onOk={() => void enforce.submit(body)}>
        <p>{w.enforceText(number(windows, lang))}</p>
        {file.figures?.holds === false ? <p className="shift-warn">{w.enforceBroken}</p> : null}
        <ErrorAlert error={enforce.error} />
      </Modal>
      <Modal destroyOnHidden open={asking === 'withdraw'} title={w.withdrawTitle} okText={w.withdraw} confirmLoading={withdraw.pending} onCancel={() => setAsking(null)} onOk={() => void withdraw.submit(body)}>
        <p>{w.withdrawText}</p>
        <ErrorAlert error={withdraw.error} />
      </Modal>
    </section>
  );
}
