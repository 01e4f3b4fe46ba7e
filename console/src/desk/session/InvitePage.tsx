import { CheckCircleFilled } from '@ant-design/icons';
import { Button, Form, Input, QRCode } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { post, type InvitationAccept, type InvitationView } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useGet, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { FrontDoor } from './FrontDoor';
import { passwordProblem, pinProblem } from './secretRules';

export function Component() {
  const { token = '' } = useParams();
  const t = useDesk();
  const [done, setDone] = useState(false);
  const invitation = useGet('/invitations/{token}', { path: { token } }, { staleTime: Infinity });
  if (done && invitation.data) return <FrontDoor><Accepted invitation={invitation.data} /></FrontDoor>;
  if (invitation.data) return <FrontDoor><InviteForm token={token} invitation={invitation.data} onDone={() => setDone(true)} /></FrontDoor>;
  if (invitation.error?.status === 404) {
    return (
      <FrontDoor>
        <h1>{t.invite.goneTitle}</h1>
        <p className="door-lead">{t.invite.gone}</p>
        <Button href={paths.signIn()} block size="large">{t.invite.toSignIn}</Button>
      </FrontDoor>
    );
  }
  return <FrontDoor>{invitation.error ? <ErrorState error={invitation.error} retry={() => void invitation.refetch()} /> : <LoadingState />}</FrontDoor>;
}

interface Secrets { password?: string; again: string; pin?: string; totp?: string }

function InviteForm({ token, invitation, onDone }: { token: string; invitation: InvitationView; onDone: () => void }) {
  const t = useDesk();
  const words = useCommon();
  const { submit, pending, error } = useSubmit<InvitationAccept, undefined>(
    (body, idempotencyKey) => post('/invitations/{token}/accept', { path: { token }, body, idempotencyKey }),
    { onDone },
  );
  const finish = (values: Secrets) =>
    void submit(invitation.needs_pin
      ? { password: null, pin: values.pin ?? null, totp: null }
      : { password: values.password ?? null, pin: null, totp: values.totp ?? null });
  return (
    <Form layout="vertical" size="large" requiredMark={false} onFinish={finish}>
      <h1>{t.invite.title(invitation.display_name)}</h1>
      <p className="door-lead">{t.invite.lead(invitation.login, words.role[invitation.role])}</p>
      <ErrorAlert error={error} />
      {invitation.needs_pin ? <PinFields /> : <PasswordFields login={invitation.login} />}
      {invitation.totp_uri ? <CodeFields uri={invitation.totp_uri} secret={invitation.totp_secret} /> : null}
      <Button type="primary" htmlType="submit" block loading={pending}>{t.invite.submit}</Button>
    </Form>
  );
}

function PasswordFields({ login }: { login: string }) {
  const t = useDesk();
  return (
    <>
      <Form.Item
        name="password" label={t.invite.password} extra={t.invite.passwordHint}
        rules={[{ required: true, message: t.signIn.passwordRule }, {
          validator: (_, value: string | undefined) => {
            const problem = value ? passwordProblem(value, login) : null;
            return problem ? Promise.reject(new Error(t.invite.passwordProblem[problem])) : Promise.resolve();
          },
        }]}
      >
        <Input.Password autoFocus autoComplete="new-password" />
      </Form.Item>
      <Again of="password" label={t.invite.passwordAgain} />
    </>
  );
}

function PinFields() {
  const t = useDesk();
  return (
    <>
      <Form.Item
        name="pin" label={t.invite.pin} extra={t.invite.pinHint}
        rules={[{ required: true, message: t.invite.pinRule }, {
          validator: (_, value: string | undefined) => {
            const problem = value ? pinProblem(value) : null;
            return problem ? Promise.reject(new Error(t.invite.pinProblem[problem])) : Promise.resolve();
          },
        }]}
      >
        <Input.Password autoFocus inputMode="numeric" autoComplete="new-password" />
      </Form.Item>
      <Again of="pin" label={t.invite.pinAgain} />
    </>
  );
}

function Again({ of, label }: { of: 'password' | 'pin'; label: string }) {
  const t = useDesk();
  return (
    <Form.Item
      name="again" label={label} dependencies={[of]}
      rules={[{ required: true, message: t.invite.againRule }, ({ getFieldValue }) => ({
        validator: (_, value: string | undefined) =>
          !value || value === getFieldValue(of) ? Promise.resolve() : Promise.reject(new Error(t.invite.againDiffers)),
      })]}
    >
      <Input.Password inputMode={of === 'pin' ? 'numeric' : undefined} autoComplete="new-password" />
    </Form.Item>
  );
}

function CodeFields({ uri, secret }: { uri: string; secret: string | null }) {
  const t = useDesk();
  return (
    <>
      <h2 style={{ fontSize: 16, marginBottom: 8 }}>{t.invite.codeTitle}</h2>
      <div className="door-qr">
        <div aria-hidden><QRCode value={uri} size={136} bordered={false} type="svg" /></div>
        <div style={{ flex: 1, minWidth: 160, fontSize: 13 }}>
          <p>{t.invite.codeLead}</p>
          {secret ? <p><span style={{ color: 'var(--ink-3)' }}>{t.invite.secretLabel}</span><br /><span className="secret">{secret}</span></p> : null}
        </div>
      </div>
      <Form.Item name="totp" label={t.signIn.code} rules={[{ required: true, pattern: /^\d{6}$/, message: t.signIn.codeRule }]}>
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} className="code-input" />
      </Form.Item>
    </>
  );
}

function Accepted({ invitation }: { invitation: InvitationView }) {
  const t = useDesk();
  return (
    <>
      <CheckCircleFilled style={{ fontSize: 40, color: 'var(--admit)' }} aria-hidden />
      <h1 style={{ marginTop: 12 }}>{t.invite.doneTitle}</h1>
      <p className="door-lead">{invitation.needs_pin ? t.invite.doneGuard : t.invite.done(invitation.login)}</p>
      <Button type="primary" size="large" block href={invitation.needs_pin ? paths.gateFace() : paths.signIn()}>
        {invitation.needs_pin ? t.signIn.guardLink : t.invite.toSignIn}
      </Button>
    </>
  );
}
