import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { MemoryRouter, Route, Routes } from 'react-router';
import { expect, test, vi } from 'vitest';
import type { ReopeningView } from '../../api';
import { LangProvider } from '../../i18n/LangProvider';
import { makeQueryClient } from '../data';
import { SessionProvider } from '../session';
import { ReopeningPage } from './ReopeningPage';
import { ReopeningsPage } from './ReopeningsPage';

const open: ReopeningView = { id: 'app_1', number: '350100-20200301-0007', enterprise_name: '江滨电子有限公司', area_name: '江滨街道', sites: ['江滨电子', '江滨二厂'], state: 'approved', category: null, category_name: null, batch: null, since: '2020-03-03T02:00:00Z' };

function answer(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

/** A server that knows this reopening, or none; what it was asked. */
function serve(known: ReopeningView | null): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', vi.fn(async (url: string) => {
    asked.push(url);
    if (url.includes('/reopenings/')) return known ? answer(200, known) : answer(404, { code: 'not_found', params: {} });
    if (url.includes('/reopenings')) return answer(200, { items: known ? [known] : [], next: null });
    return answer(401, { code: 'not_signed_in', params: {} });
  }));
  return asked;
}

async function show(path: string): Promise<void> {
  const { container } = render(
    <LangProvider><QueryClientProvider client={makeQueryClient()}><SessionProvider><MemoryRouter initialEntries={[path]}>
      <Routes><Route path="reopenings" element={<ReopeningsPage />} /><Route path="reopening/:id" element={<ReopeningPage />} /></Routes>
    </MemoryRouter></SessionProvider></QueryClientProvider></LangProvider>,
  );
  await waitFor(() => expect(container.querySelector('[data-verdict], .m-list, .m-state:not([role="status"])')).not.toBeNull());
  const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(found.violations.map((it) => it.id)).toEqual([]);
}

test.each([['approved', '有效'], ['suspended', '已暂停'], ['revoked', '已撤销']] as const)('a certificate that is %s says so, and of whom', async (state, word) => {
  serve({ ...open, state });
  await show('/reopening/app_1');
  expect(screen.getByRole('status').textContent).toContain(word);
  expect(screen.getByText('江滨电子、江滨二厂')).toBeTruthy();
  expect(screen.getByText('350100-20200301-0007')).toBeTruthy();
});

test('a code that nobody gave out is not found, and no certificate is shown', async () => {
  serve(null);
  await show('/reopening/app_2');
  expect(screen.getByRole('status').textContent).toContain('查不到');
  expect(screen.queryByText('江滨电子有限公司')).toBeNull();
});

test('the public list is searched, and leads to what holds', async () => {
  const asked = serve(open);
  await show('/reopenings');
  await userEvent.type(screen.getByRole('searchbox'), '江滨');
  await userEvent.click(screen.getByRole('button', { name: '查找' }));
  await waitFor(() => expect(asked.some((it) => it.includes(`search=${encodeURIComponent('江滨')}`))).toBe(true));
  await userEvent.click(await screen.findByRole('link', { name: '江滨电子有限公司' }));
  expect(await screen.findByText('有效')).toBeTruthy();
});

test('an empty public list says what that means', async () => {
  serve(null);
  await show('/reopenings?search=x');
  expect(screen.getByText('没有查到')).toBeTruthy();
});
