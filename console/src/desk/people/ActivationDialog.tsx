import { Button, Modal } from 'antd';
import { useState } from 'react';
import { post, type Activation, type PersonFile } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useSubmit } from '../data';
import { CopyField } from '../parts/CopyField';
import { ErrorAlert } from '../parts/ErrorAlert';
import { useDesk } from '../strings';

/** Makes a code for the worker's slip and shows it, once. */
export function ActivationDialog({ file, onClose }: { file: PersonFile; onClose: () => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const [made, setMade] = useState<Activation | null>(null);
  const { submit, pending, error } = useSubmit<null, Activation>(
    (_, idempotencyKey) => post('/people/{id}/activation', { path: { id: file.id }, idempotencyKey }), { invalidates: ['people'], onDone: setMade },
  );
  const foot = made
    ? <Button type="primary" onClick={onClose}>{t.activation.done}</Button>
    : <><Button onClick={onClose}>{t.actions.cancel}</Button><Button type="primary" loading={pending} onClick={() => void submit(null)}>{t.activation.make}</Button></>;
  return (
    <Modal open title={t.activation.title(file.masked_name)} onCancel={onClose} footer={foot} mask={{ closable: false }}>
      <p>{t.activation.lead}</p>
      <ErrorAlert error={error} />
      {made ? <><CopyField label={t.activation.code} value={made.code} /><p className="muted">{t.activation.until(dayTime(made.expires_at, lang))}</p></> : null}
    </Modal>
  );
}
