import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError, type SignIn } from '../../api';
import { renderDesk, sessionFor } from '../../test/render';
import { FakeServer } from '../../test/server';
import { SignInForm } from './SignInPage';

let server: FakeServer;
const entered = vi.fn();
beforeEach(() => {
  server = new FakeServer();
  entered.mockReset();
});
afterEach(() => vi.unstubAllGlobals());

async function firstStep(password: string) {
  const user = userEvent.setup();
  renderDesk(<SignInForm expired={false} onSignedIn={entered} />);
  await user.type(screen.getByLabelText('账号'), 'fang');
  await user.type(screen.getByLabelText('密码'), password);
  await user.click(screen.getByRole('button', { name: '下一步' }));
  return user;
}

describe('signing in', () => {
  it('asks for the one-time code only when the server wants it, then sends everything together', async () => {
    server.post('/session', ({ body }) => ((body as SignIn).totp ? sessionFor('command', []) : new ApiError(401, { code: 'totp_required' })));
    const user = await firstStep('correct horse');
    await user.type(await screen.findByLabelText('动态口令'), '123456');
    await user.click(screen.getByRole('button', { name: '登录' }));
    await waitFor(() => expect(entered).toHaveBeenCalledOnce());
    expect(server.sent.map((it) => it.body)).toEqual([
      { login: 'fang', password: 'correct horse', totp: null },
      { login: 'fang', password: 'correct horse', totp: '123456' },
    ]);
  });

  it('keeps the code step when the code was wrong', async () => {
    server.post('/session', ({ body }) => new ApiError(401, { code: (body as SignIn).totp ? 'credentials_wrong' : 'totp_required' }));
    const user = await firstStep('correct horse');
    await user.type(await screen.findByLabelText('动态口令'), '000000');
    await user.click(screen.getByRole('button', { name: '登录' }));
    expect((await screen.findByRole('alert')).textContent).toMatch('账号、密码或口令不对');
    expect(screen.getByLabelText('动态口令')).toBeTruthy();
    expect(entered).not.toHaveBeenCalled();
  });

  it('says how many seconds to wait, and does not let anybody try meanwhile', async () => {
    server.post('/session', new ApiError(429, { code: 'back_off', params: { retry_after_s: '30' } }));
    await firstStep('wrong');
    expect((await screen.findByRole('alert')).textContent).toMatch(/请等 30 秒/);
    expect(screen.getByRole('button', { name: '下一步' })).toHaveProperty('disabled', true);
  });

  it('says that the network is gone', async () => {
    server.post('/session', ApiError.offline());
    await firstStep('x');
    expect((await screen.findByRole('alert')).textContent).toMatch('连不上服务器');
  });
});
