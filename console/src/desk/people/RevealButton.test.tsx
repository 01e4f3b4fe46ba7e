import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../api';
import { renderDesk } from '../../test/render';
import { FakeServer } from '../../test/server';
import { RevealButton } from './RevealButton';
import { LONGEST_MS, shownFrom } from './reveal';

let server: FakeServer;
const shown = vi.fn();
beforeEach(() => {
  server = new FakeServer();
  shown.mockReset();
});
afterEach(() => vi.unstubAllGlobals());

async function ask() {
  const user = userEvent.setup();
  renderDesk(<RevealButton personId="per_1" field="document_number" label="证件号" onShown={shown} />);
  await user.click(screen.getByRole('button', { name: '显示证件号' }));
  await screen.findByText('为什么要看证件号？');
  return user;
}

describe('revealing an identity field', () => {
  it('asks for purpose and reason before anything is sent', async () => {
    const user = await ask();
    expect(screen.getByText('本人会看到这次查看和事由。5 分钟后自动遮盖。')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '显示 5 分钟' }));
    expect(await screen.findByText('请填写事由')).toBeTruthy();
    expect(server.sent).toHaveLength(0);
  });

  it('sends the field, the purpose and the reason, and hands the value over until it expires', async () => {
    server.post('/people/{id}/reveal', { name: null, document_number: '99990119840301234X', phone: null, expires_at: new Date(Date.now() + 300_000).toISOString() });
    const user = await ask();
    await user.click(screen.getByRole('radio', { name: '流调核实' }));
    await user.type(screen.getByLabelText('事由'), '核对同行名单');
    await user.click(screen.getByRole('button', { name: '显示 5 分钟' }));
    await waitFor(() => expect(shown).toHaveBeenCalledOnce());
    expect(server.sent[0]?.body).toEqual({ fields: ['document_number'], purpose: 'trace', reason: '核对同行名单' });
    expect(shown.mock.calls[0]?.[0]).toMatchObject({ value: '99990119840301234X' });
  });

  it('shows a refusal in words and reveals nothing', async () => {
    server.post('/people/{id}/reveal', new ApiError(403, { code: 'forbidden' }));
    const user = await ask();
    await user.click(screen.getByRole('radio', { name: '核对名册' }));
    await user.type(screen.getByLabelText('事由'), '核对');
    await user.click(screen.getByRole('button', { name: '显示 5 分钟' }));
    expect((await screen.findByRole('alert')).textContent).toMatch('你的角色不能做这件事');
    expect(shown).not.toHaveBeenCalled();
  });
});

describe('how long a value stays', () => {
  const value = { name: '郭安宁', document_number: null, phone: null };
  it('is five minutes at most, whatever the clocks say', () => {
    const now = Date.parse('2026-02-18T00:00:00Z');
    expect(shownFrom({ ...value, expires_at: '2026-02-18T00:04:00Z' }, 'name', now)?.until).toBe(now + 240_000);
    expect(shownFrom({ ...value, expires_at: '2026-02-18T09:00:00Z' }, 'name', now)?.until).toBe(now + LONGEST_MS);
    expect(shownFrom({ ...value, expires_at: '2026-02-17T23:00:00Z' }, 'name', now)?.until).toBe(now + LONGEST_MS);
    expect(shownFrom({ ...value, expires_at: '' }, 'phone', now)).toBeNull();
  });
});
