import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { post, type MeterSystemMade, type MeterSystemNew, type MeterSystemView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useGet, useSubmit } from '../data';
import { CopyField } from '../parts/CopyField';
import { ErrorAlert } from '../parts/ErrorAlert';
import { FormDrawer } from '../parts/FormDrawer';
import { GraveDialog } from '../parts/GraveDialog';
import { AreaPicker } from '../parts/PlacePicker';
import { useDesk } from '../strings';

/** Who sends readings by itself, with a token of its own. */
export function MeterSystems() {
  const t = useDesk();
  const { lang } = useLang();
  const { message } = App.useApp();
  const w = t.reports.meters;
  const { data, error } = useGet('/meter-systems', {});
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<MeterSystemMade | null>(null);
  const [revoking, setRevoking] = useState<MeterSystemView | null>(null);
  return (
    <section className="block" aria-label={w.title}>
      <h2>{w.title}</h2>
      <p className="muted report-lead">{w.lead}</p>
      <ErrorAlert error={error} />
      {data?.items.length === 0 ? <p>{w.none}</p> : null}
      {data && data.items.length > 0 ? (
        <div className="scroll-x">
          <table className="plain-table">
            <thead><tr><th>{w.name}</th><th>{w.area}</th><th>{w.by}</th><th>{w.madeAt}</th><th>{w.lastSent}</th><th>{t.common.state}</th></tr></thead>
            <tbody>
              {data.items.map((it) => (
                <tr key={it.id}>
                  <td>{it.name}</td><td>{it.area_name}</td><td>{it.created_by}</td><td>{dayTime(it.created_at, lang)}</td>
                  <td>{it.last_sent_at ? dayTime(it.last_sent_at, lang) : w.never}</td>
                  <td>{it.revoked_at ? w.revoked(dayTime(it.revoked_at, lang)) : <Button size="small" danger onClick={() => setRevoking(it)}>{w.revoke}</Button>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      <div className="form-foot"><Button onClick={() => setAdding(true)}>{w.add}</Button></div>
      {adding ? <NewSystem onClose={() => setAdding(false)} onMade={(it) => { setAdding(false); setMade(it); }} /> : null}
      {made ? <Made made={made} onClose={() => setMade(null)} /> : null}
      {revoking ? (
        <GraveDialog<MeterSystemView>
          title={w.revokeTitle(revoking.name)} consequence={w.revokeText} confirmText={w.revoke} needsReason={false} invalidates={['meter-systems']}
          send={(_, idempotencyKey) => post('/meter-systems/{id}/revoke', { path: { id: revoking.id }, idempotencyKey })}
          onDone={() => { setRevoking(null); void message.success(w.doneRevoked); }} onClose={() => setRevoking(null)}
        />
      ) : null}
    </section>
  );
}

function NewSystem({ onClose, onMade }: { onClose: () => void; onMade: (made: MeterSystemMade) => void }) {
  const t = useDesk();
  const w = t.reports.meters;
  const { submit, pending, error } = useSubmit<MeterSystemNew, MeterSystemMade>((body, idempotencyKey) => post('/meter-systems', { body, idempotencyKey }), { invalidates: ['meter-systems'], onDone: onMade });
  return (
    <FormDrawer<MeterSystemNew> title={w.add} lead={w.lead} submitText={w.add} pending={pending} error={error} onClose={onClose} initial={{}} onSubmit={(it) => void submit({ ...it, name: it.name.trim() })}>
      <Form.Item name="name" label={w.name} extra={w.nameHint} rules={[{ required: true, whitespace: true, message: t.form.required(w.name) }, { max: 120, message: t.form.tooLong(120) }]}><Input autoFocus autoComplete="off" /></Form.Item>
      <Form.Item name="area_code" label={w.area} rules={[{ required: true, message: t.form.pickRequired(w.area) }]}><AreaPicker label={w.area} /></Form.Item>
    </FormDrawer>
  );
}

/** The token, shown once, and what a sender writes. */
function Made({ made, onClose }: { made: MeterSystemMade; onClose: () => void }) {
  const t = useDesk();
  const w = t.reports.meters;
  const example = `curl -X POST '${window.location.origin}/api/v1/meter-readings/content' -H 'Authorization: Bearer ${made.token ?? ''}' -H "Idempotency-Key: $(uuidgen)" -H 'Content-Type: text/csv' --data-binary @readings.csv`;
  return (
    <Modal open destroyOnHidden mask={{ closable: false }} onCancel={onClose} title={w.made} footer={<Button type="primary" onClick={onClose}>{t.actions.close}</Button>}>
      <p className="form-lead">{w.tokenLead}</p>
      <CopyField label={w.token} value={made.token ?? ''} />
      <CopyField label={w.example} value={example} />
    </Modal>
  );
}
