import { Button, Modal } from 'antd';
import { post, type GateEnrolment, type GateView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useSubmit } from '../data';
import { CopyField } from '../parts/CopyField';
import { ErrorAlert } from '../parts/ErrorAlert';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { useState } from 'react';

/** A one-time code that makes a tablet or a computer the gate's own. */
export function EnrolmentDialog({ gate, onClose }: { gate: GateView; onClose: () => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const [enrolment, setEnrolment] = useState<GateEnrolment | null>(null);
  const { submit, pending, error } = useSubmit<string, GateEnrolment>(
    (id, idempotencyKey) => post('/gates/{id}/enrolment', { path: { id }, idempotencyKey }),
    { onDone: setEnrolment },
  );
  return (
    <Modal open onCancel={onClose} title={t.gates.enrolTitle} footer={<Button onClick={onClose}>{t.actions.close}</Button>}>
      <p className="form-lead">{t.gates.enrolLead(gate.name)}</p>
      <ErrorAlert error={error} />
      {enrolment ? (
        <>
          <CopyField label={`${t.gates.enrolCode}${t.gap}${t.gates.enrolUntil(dayTime(enrolment.expires_at, lang))}`} value={enrolment.code} />
          <CopyField label={t.gates.enrolOpen} value={`${window.location.origin}${paths.gateFace()}`} />
        </>
      ) : <Button type="primary" loading={pending} onClick={() => void submit(gate.id)}>{t.gates.enrolCode}</Button>}
    </Modal>
  );
}
