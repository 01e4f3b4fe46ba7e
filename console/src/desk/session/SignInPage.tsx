import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Navigate, useLocation, useNavigate, useSearchParams } from 'react-router';
import { post, type Session, type SignIn } from '../../api';
import { useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { useCountdown } from '../parts/useCountdown';
import { paths, safeNext } from '../paths';
import { useDesk } from '../strings';
import { FrontDoor } from './FrontDoor';
import { SESSION_KEY, useSessionQuery } from './session';

export function Component() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const session = useSessionQuery();
  const expired = (useLocation().state as { expired?: boolean } | null)?.expired === true;
  const next = safeNext(search.get('next'));

  if (session.data) return <Navigate to={next} replace />;
  const enter = (opened: Session) => {
    client.clear();
    client.setQueryData(SESSION_KEY, opened);
    void navigate(next, { replace: true });
  };
  return (
    <FrontDoor>
      <SignInForm expired={expired} onSignedIn={enter} />
    </FrontDoor>
  );
}

interface Credentials { login: string; password: string }

/** Two steps: name and password, then the one-time code when the server asks for it. */
export function SignInForm({ expired, onSignedIn }: { expired: boolean; onSignedIn: (session: Session) => void }) {
  const t = useDesk();
  const [credentials, setCredentials] = useState<Credentials | null>(null);
  const [codeStep, setCodeStep] = useState(false);
  const [backOff, startBackOff] = useCountdown();
  const { submit, pending, error, clear } = useSubmit<SignIn, Session>((body) => post('/session', { body }), {
    onDone: onSignedIn,
    onError: (failure) => {
      if (failure.code === 'back_off') startBackOff(Number(failure.params.retry_after_s ?? '30'));
      if (failure.code === 'totp_required') setCodeStep(true);
    },
  });

  function firstStep(values: Credentials) {
    const body = { login: values.login.trim(), password: values.password };
    setCredentials(body);
    void submit({ ...body, totp: null });
  }
  const problem = error && error.code !== 'totp_required' && error.code !== 'back_off' ? error : null;
  const wait = backOff > 0 ? <Alert type="warning" showIcon role="alert" title={t.signIn.backOff(backOff)} /> : null;
  const back = () => {
    clear();
    setCodeStep(false);
    setCredentials(null);
  };

  if (codeStep && credentials) {
    return (
      <Form layout="vertical" size="large" requiredMark={false} onFinish={(values: { totp: string }) => void submit({ ...credentials, totp: values.totp })}>
        <h1>{t.signIn.codeTitle}</h1>
        <p className="door-lead">{t.signIn.codeLead(credentials.login)}</p>
        {wait ?? <ErrorAlert error={problem} />}
        <Form.Item name="totp" label={t.signIn.code} rules={[{ required: true, pattern: /^\d{6}$/, message: t.signIn.codeRule }]}>
          <Input autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={6} className="code-input" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={pending} disabled={backOff > 0}>{t.signIn.submit}</Button>
        <Button type="link" block onClick={back}>{t.signIn.otherAccount}</Button>
      </Form>
    );
  }
  return (
    <Form layout="vertical" size="large" requiredMark={false} onFinish={firstStep}>
      <h1>{t.signIn.title}</h1>
      <p className="door-lead">{t.signIn.lead}</p>
      {expired && !error ? <Alert type="info" showIcon title={t.signIn.expired} /> : null}
      {wait ?? <ErrorAlert error={problem} />}
      <Form.Item name="login" label={t.signIn.login} rules={[{ required: true, whitespace: true, message: t.signIn.loginRule }]}>
        <Input autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="password" label={t.signIn.password} rules={[{ required: true, message: t.signIn.passwordRule }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={pending} disabled={backOff > 0}>{t.signIn.next}</Button>
      <p className="door-foot">
        {t.signIn.guardHint} <a href={paths.gateFace()}>{t.signIn.guardLink}</a>
      </p>
    </Form>
  );
}
