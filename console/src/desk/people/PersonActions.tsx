import { App, Button, Checkbox, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { patch, post, type Attestation, type ErasureReceipt, type PersonFile, type PersonPatch } from '../../api';
import { dayKey } from '../../shared/format';
import { useSubmit } from '../data';
import { FormDrawer } from '../parts/FormDrawer';
import { GraveDialog } from '../parts/GraveDialog';
import { ConsentDialog } from './ConsentDialog';
import { DeclareDialog } from './DeclareDialog';
import { FaceDialog } from './FaceDialog';
import { RedOrderDialog } from './RedOrderDialog';
import { ActivationDialog } from './ActivationDialog';
import { PassesDialog } from './PassesDialog';
import { TrainingDialog } from './TrainingDialog';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';

const TOUCHES = ['people', 'accesses', 'enterprises'];
type Dialog = 'passes' | 'face' | 'training' | 'consents' | 'red' | 'activate' | 'edit' | 'attest' | 'clear' | 'erase';

export function PersonActions({ file }: { file: PersonFile }) {
  const t = useDesk();
  const can = useCan();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const feverish = file.status.reasons.some((reason) => reason.code === 'fever_confirmed');
  return (
    <div className="file-acts">
      {can('confirm_clinical') && feverish ? <Button type="primary" onClick={() => setDialog('clear')}>{t.file.clear}</Button> : null}
      {can('attest') ? <Button onClick={() => setDialog('attest')}>{t.file.attest}</Button> : null}
      {can('attest') ? <Button onClick={() => setDialog('passes')}>{t.passes.button}</Button> : null}
      {can('attest') ? <Button onClick={() => setDialog('consents')}>{t.consents.button}</Button> : null}
      {can('edit_people') ? <Button onClick={() => setDialog('face')}>{t.faces.button}</Button> : null}
      <Button onClick={() => setDialog('training')}>{t.training.person.button}</Button>
      {can('edit_people') ? <Button onClick={() => setDialog('edit')}>{t.file.edit}</Button> : null}
      {can('edit_people') ? <Button onClick={() => setDialog('activate')}>{t.activation.make}</Button> : null}
      {can('read_screenings') ? <Link to={paths.screenings({ person_id: file.id })}><Button>{t.file.screenings}</Button></Link> : null}
      {can('order_red') ? <Button onClick={() => setDialog('red')}>{t.redOrders.button}</Button> : null}
      {can('erase_people') ? <Button danger onClick={() => setDialog('erase')}>{t.file.erase}</Button> : null}
      {dialog === 'passes' ? <PassesDialog file={file} onClose={close} /> : null}
      {dialog === 'consents' ? <ConsentDialog file={file} onClose={close} /> : null}
      {dialog === 'face' ? <FaceDialog file={file} onClose={close} /> : null}
      {dialog === 'training' ? <TrainingDialog file={file} onClose={close} /> : null}
      {dialog === 'red' ? <RedOrderDialog file={file} onClose={close} /> : null}
      {dialog === 'activate' ? <ActivationDialog file={file} onClose={close} /> : null}
      {dialog === 'edit' ? <EditPerson file={file} onClose={close} /> : null}
      {dialog === 'attest' && !can('read_medical') ? <DeclareDialog file={file} onClose={close} /> : null}
      {dialog === 'attest' && can('read_medical') ? <Attest file={file} onClose={close} /> : null}
      {dialog === 'clear' ? <Clear file={file} onClose={close} /> : null}
      {dialog === 'erase' ? <Erase file={file} onClose={close} /> : null}
    </div>
  );
}

interface DialogProps { file: PersonFile; onClose: () => void }

function EditPerson({ file, onClose }: DialogProps) {
  const t = useDesk();
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<PersonPatch, PersonFile>((body, idempotencyKey) => patch('/people/{id}', { path: { id: file.id }, body, idempotencyKey }), {
    invalidates: TOUCHES,
    onDone: () => { void message.success(t.file.saved); onClose(); },
  });
  return (
    <FormDrawer<{ name?: string; phone?: string }>
      title={t.file.edit} lead={t.file.editLead} submitText={t.actions.save} pending={pending} error={error} onClose={onClose} initial={{}}
      onSubmit={(values) => void submit({ name: values.name?.trim() || null, phone: values.phone?.trim() || null })}
    >
      <Form.Item name="name" label={t.file.editName} rules={[{ max: 60, message: t.form.tooLong(60) }]}><Input autoFocus autoComplete="off" /></Form.Item>
      <Form.Item
        name="phone" label={t.file.editPhone} dependencies={['name']}
        rules={[{ pattern: /^\s*1\d{10}\s*$/, message: t.personNew.phoneRule }, ({ getFieldValue }) => ({
          validator: (_, phone: string | undefined) => (phone?.trim() || (getFieldValue('name') as string | undefined)?.trim() ? Promise.resolve() : Promise.reject(new Error(t.file.editNothing))),
        })]}
      ><Input inputMode="tel" autoComplete="off" /></Form.Item>
    </FormDrawer>
  );
}

function Attest({ file, onClose }: DialogProps) {
  const t = useDesk();
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<Attestation, PersonFile>((body, idempotencyKey) => post('/people/{id}/attestations', { path: { id: file.id }, body, idempotencyKey }), {
    invalidates: TOUCHES,
    onDone: () => { void message.success(t.file.attestDone); onClose(); },
  });
  const symptoms = Object.entries(t.file.symptom).map(([value, label]) => ({ value, label }));
  return (
    <FormDrawer<{ well: boolean; symptoms?: string[]; left_affected_area_on?: string }>
      title={t.file.attestTitle} lead={t.file.attestLead} submitText={t.file.attestSubmit} pending={pending} error={error} onClose={onClose} initial={{ well: true }}
      onSubmit={(values) => void submit({ well: values.well, symptoms: values.well ? [] : (values.symptoms ?? []), left_affected_area_on: values.left_affected_area_on || null })}
    >
      <Form.Item name="well" label={t.file.well}><Radio.Group options={[{ value: true, label: t.file.wellYes }, { value: false, label: t.file.wellNo }]} /></Form.Item>
      <Form.Item noStyle shouldUpdate={(before: { well: boolean }, after: { well: boolean }) => before.well !== after.well}>
        {({ getFieldValue }) => (getFieldValue('well') === false ? (
          <Form.Item name="symptoms" label={t.file.symptoms} rules={[{ required: true, type: 'array', min: 1, message: t.file.symptomsRule }]}><Checkbox.Group options={symptoms} /></Form.Item>
        ) : null)}
      </Form.Item>
      <Form.Item name="left_affected_area_on" label={t.file.leftArea}><Input type="date" max={dayKey(Date.now())} /></Form.Item>
    </FormDrawer>
  );
}

function Clear({ file, onClose }: DialogProps) {
  const t = useDesk();
  const { message } = App.useApp();
  return (
    <GraveDialog<PersonFile>
      title={t.file.clearTitle(file.masked_name)} consequence={t.file.clearConsequence} reasonLabel={t.file.clearReason} confirmText={t.file.clearConfirm} danger={false} invalidates={TOUCHES} onClose={onClose}
      onDone={() => { void message.success(t.file.cleared); onClose(); }} send={(note, idempotencyKey) => post('/people/{id}/clearance', { path: { id: file.id }, body: { note }, idempotencyKey })}
    />
  );
}

function Erase({ file, onClose }: DialogProps) {
  const t = useDesk();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  return (
    <GraveDialog<ErasureReceipt>
      title={t.file.eraseTitle(file.masked_name)} consequence={t.file.eraseConsequence(file.masked_name)} typeToConfirm={t.file.eraseWord} confirmText={t.file.eraseConfirm} invalidates={[]} onClose={onClose}
      send={(reason, idempotencyKey) => post('/people/{id}/erasure', { path: { id: file.id }, body: { reason }, idempotencyKey })}
      onDone={(receipt) => {
        onClose();
        void navigate(paths.people());
        modal.success({ title: t.file.erasedTitle, content: t.file.erased(receipt.keys_destroyed, receipt.rows_deleted), okText: t.actions.close });
      }}
    />
  );
}
