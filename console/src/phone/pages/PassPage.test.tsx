import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { MemoryRouter, Route, Routes } from 'react-router';
import { beforeEach, expect, test, vi } from 'vitest';
import type { MyPass } from '../../api';
import { LangProvider } from '../../i18n/LangProvider';
import { makeQueryClient } from '../data';
import { keepPass, loadPass, type Pass } from '../pass';
import { SessionProvider } from '../session';
import { MinePage } from './MinePage';
import { PassPage } from './PassPage';

const HOUR_MS = 3_600_000;
const passUntil = (ms: number): Pass => ({ id: 'pass_1', bound: false, text: `RW1:${'NCF7'.repeat(90)}`, issued_at: new Date(ms - 24 * HOUR_MS).toISOString(), expires_at: new Date(ms).toISOString(), sites: ['江滨电子', '江滨二厂'] });
const good = () => passUntil(Date.now() + 20 * HOUR_MS);

function answer(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

/** A server with this to say about her pass; without anything, no server. */
function serve(pass: MyPass | null, phoneProved = true) {
  const fetched = vi.fn(async (url: string) => {
    if (!pass) throw new TypeError('no network');
    if (url.endsWith('/me/session')) return answer(200, { person_id: 'per_1', csrf_token: 'x', phone_proved: phoneProved });
    return url.endsWith('/me/pass') ? answer(200, pass) : answer(404, { code: 'not_found' });
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

function open(at = '/pass') {
  return render(
    <LangProvider>
      <QueryClientProvider client={makeQueryClient()}>
        <SessionProvider>
          <MemoryRouter initialEntries={[at]}>
            <Routes><Route path="pass" element={<PassPage />} /><Route path="mine" element={<MinePage />} /></Routes>
          </MemoryRouter>
        </SessionProvider>
      </QueryClientProvider>
    </LangProvider>,
  );
}

const code = () => screen.queryByRole('img', { name: /^通行码，有效到/ });

beforeEach(() => {
  localStorage.clear();
  localStorage.setItem('fugong.m.person', 'per_1');
});

test('what the server gives is shown with a running clock, and kept', async () => {
  const pass = good();
  serve({ state: 'active', why: null, pass });
  const { container } = open();
  await waitFor(() => expect(code()).toBeTruthy());
  expect(screen.getByText(/江滨电子.*江滨二厂/)).toBeTruthy();
  expect(loadPass('per_1')).toEqual(pass);
  const before = container.querySelector('.m-live time')?.textContent;
  expect(before).toMatch(/^\d\d:\d\d:\d\d$/);
  await waitFor(() => expect(container.querySelector('.m-live time')?.textContent).not.toBe(before), { timeout: 3000 });
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(violations.map((it) => it.id)).toEqual([]);
});

test('without a network the one that is kept is shown', async () => {
  keepPass('per_1', good());
  serve(null);
  open();
  await waitFor(() => expect(screen.getByText('连不上服务器')).toBeTruthy(), { timeout: 5000 });
  expect(code()).toBeTruthy();
});

test('one whose time is over is not shown as a code', async () => {
  keepPass('per_1', passUntil(Date.now() - 1000));
  serve(null);
  open();
  expect(screen.getByText('通行码已到期')).toBeTruthy();
  expect(code()).toBeNull();
});

test('without a network and with nothing kept it says so', async () => {
  serve(null);
  open();
  await waitFor(() => expect(screen.getByText('这部手机里没有通行码')).toBeTruthy(), { timeout: 5000 });
});

test('when there is none, the one that was kept is gone and the reason is said', async () => {
  keepPass('per_1', good());
  serve({ state: 'none', why: 'not_allowed', pass: null });
  open();
  await waitFor(() => expect(screen.getByText('现在不可进入，请看状态')).toBeTruthy());
  expect(screen.getByRole('link', { name: '看我的状态' })).toBeTruthy();
  expect(code()).toBeNull();
  expect(loadPass('per_1')).toBeNull();
});

test('a session that began with an activation code proves the phone first', async () => {
  const fetched = serve({ state: 'active', why: null, pass: good() }, false);
  open();
  await waitFor(() => expect(screen.getByRole('button', { name: '证实手机' })).toBeTruthy());
  expect(code()).toBeNull();
  expect(fetched.mock.calls.some(([url]) => url.endsWith('/me/pass'))).toBe(false);
});

test('signing out takes it off the phone, and an answer that comes later does not bring it back', async () => {
  keepPass('per_1', good());
  keepPass('per_2', good());
  expect(loadPass('per_2')).toBeNull();
  vi.stubGlobal('fetch', vi.fn(async (_: string, init?: RequestInit) => (init?.method === 'DELETE' ? new Response(null, { status: 204 }) : answer(200, { person_id: 'per_1', csrf_token: 'x', phone_proved: true }))));
  open('/mine');
  await userEvent.setup().click(await screen.findByRole('button', { name: '退出这部手机' }));
  await waitFor(() => expect(loadPass('per_1')).toBeNull());
  keepPass('per_1', good());
  expect(loadPass('per_1')).toBeNull();
});
