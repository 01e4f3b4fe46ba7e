import { Alert, App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { del, post, put, type OwnPhone, type OwnPhoneAsk, type OwnPhoneProof } from '../../api';
import { useGet, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { useFieldErrors } from '../parts/useApiForm';
import { useDesk } from '../strings';

/** Where one's messages go: a phone that a code reached, or nowhere. */
export function NoticesDialog({ onClose }: { onClose: () => void }) {
  const t = useDesk();
  const w = t.notices;
  const { data, error } = useGet('/session/phone', {});
  const [changing, setChanging] = useState(false);
  const asks = data !== undefined && (data.phone === null || changing);
  return (
    <Modal open destroyOnHidden title={w.title} onCancel={onClose} footer={<Button onClick={onClose}>{t.actions.close}</Button>}>
      <p className="form-lead">{w.lead}</p>
      {error ? <ErrorAlert error={error} /> : null}
      {data && !data.can_send ? <Alert type="warning" showIcon title={w.cannotSend} /> : null}
      {data?.phone && !changing ? <Kept phone={data.phone} onChange={() => setChanging(true)} /> : null}
      {data?.can_send && asks ? <Prove onProved={() => setChanging(false)} /> : null}
    </Modal>
  );
}

function Kept({ phone, onChange }: { phone: string; onChange: () => void }) {
  const t = useDesk();
  const w = t.notices;
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<undefined, OwnPhone>((_, idempotencyKey) => del('/session/phone', { idempotencyKey }), {
    invalidates: ['session'],
    onDone: () => void message.success(w.removed),
  });
  return (
    <>
      {error ? <ErrorAlert error={error} /> : null}
      <p>{w.goesTo(phone)}</p>
      <div className="page-actions">
        <Button onClick={onChange}>{w.change}</Button>
        <Button danger loading={pending} onClick={() => void submit(undefined)}>{w.remove}</Button>
      </div>
    </>
  );
}

function Prove({ onProved }: { onProved: () => void }) {
  const t = useDesk();
  const w = t.notices;
  const { message } = App.useApp();
  const [form] = Form.useForm<OwnPhoneProof>();
  const [asked, setAsked] = useState<string | null>(null);
  const ask = useSubmit<OwnPhoneAsk, OwnPhone>((body, idempotencyKey) => post('/session/phone/code', { body, idempotencyKey }), {
    onDone: () => { setAsked(form.getFieldValue('phone') as string); void message.success(w.sent); },
  });
  const prove = useSubmit<OwnPhoneProof, OwnPhone>((body, idempotencyKey) => put('/session/phone', { body, idempotencyKey }), {
    invalidates: ['session'],
    onDone: () => { void message.success(w.kept); onProved(); },
  });
  const left = useFieldErrors(form, ask.error ?? prove.error);
  const send = async () => {
    const { phone } = await form.validateFields(['phone']);
    await ask.submit({ phone: phone.trim() });
  };
  return (
    <Form form={form} layout="vertical" onFinish={(values) => void prove.submit({ phone: values.phone.trim(), code: values.code.trim() })}>
      {left ? <ErrorAlert error={left} /> : null}
      <Form.Item name="phone" label={w.phone} rules={[{ required: true, whitespace: true, message: t.form.required(w.phone) }]}>
        <Input type="tel" inputMode="tel" autoComplete="tel" autoFocus />
      </Form.Item>
      <Button loading={ask.pending} onClick={() => void send()}>{asked === null ? w.ask : w.askAgain}</Button>
      {asked === null ? null : (
        <>
          <Form.Item name="code" label={w.code(asked)} rules={[{ required: true, whitespace: true, message: t.form.required(w.codeShort) }]}>
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={prove.pending}>{w.keep}</Button>
        </>
      )}
    </Form>
  );
}
