import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError, type TrustImport, type TrustListView } from '../../api';
import { renderDesk, sessionFor } from '../../test/render';
import { FakeServer } from '../../test/server';
import { Component } from './TrustListsPage';

const list = (version: number, part: Partial<TrustListView> = {}): TrustListView => ({
  version, file_name: `v${version}.json`, dcc_count: 1200, shc_count: 3, revoked_count: 7, skipped: [], note: '官网', imported_by: '方主任', imported_at: '2020-02-17T00:00:00Z', ...part,
});
const tried = (part: Partial<TrustImport> = {}): TrustImport => ({ version: null, dcc_count: 1000, shc_count: 3, revoked_count: 7, skipped_count: 1, skipped: ['shc x: a key that is not P-256 for ES256'], before: list(2), ...part });

let server: FakeServer;
beforeEach(() => {
  server = new FakeServer();
  server.get('/trust-lists', { items: [list(2, { skipped: ['dcc AAAA…: not a certificate'] }), list(1)], next: null });
});
afterEach(() => vi.unstubAllGlobals());

const open = () => renderDesk(<Component />, { session: sessionFor('administrator', ['manage_rules']) });
const file = (text: string, name = 'list.json') => new File([text], name, { type: 'application/json' });
const choose = async (chosen: File) => {
  await userEvent.click(await screen.findByRole('button', { name: '导入公钥' }));
  await userEvent.upload(await screen.findByLabelText('选择公钥文件'), chosen);
};

describe('the page of trust lists', () => {
  it('shows which version holds and what was left out of it', async () => {
    open();
    const rows = await screen.findAllByRole('row');
    expect(rows[1]?.textContent).toMatch(/第 2 版 现行1,20037/);
    expect(within(rows[2] as HTMLElement).queryByText('现行')).toBeNull();
    const left = within(rows[1] as HTMLElement).getByRole('button', { name: '1 项' });
    await userEvent.click(left);
    expect(left.getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByRole('region', { name: '第 2 版没用上的条目' }).textContent).toContain('not a certificate');
    expect(screen.getByRole<HTMLAnchorElement>('link', { name: '下载公钥：第 1 版' }).getAttribute('href')).toBe('/api/v1/trust-lists/keys?version=1');
  });

  it('says what it means that there is none, and offers no revocations before keys', async () => {
    server.get('/trust-lists', { items: [], next: null });
    open();
    expect(await screen.findByText('还没有信任列表')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '导入吊销' }).disabled).toBe(true);
  });

  it('says when it could not be read', async () => {
    server.get('/trust-lists', new ApiError(403, { code: 'forbidden' }));
    open();
    expect(await screen.findByRole('alert')).toBeTruthy();
  });

  it('puts an earlier version back with a note', async () => {
    server.post('/trust-lists/restore', list(3));
    open();
    await userEvent.click(await screen.findByRole('button', { name: '重新启用：第 1 版' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('欧盟公钥 1,200，健康卡公钥 3，吊销 7');
    await userEvent.type(within(dialog).getByLabelText('说明（为什么）'), '撤回');
    await userEvent.click(within(dialog).getByRole('button', { name: '重新启用' }));
    await waitFor(() => expect(server.sentTo('POST', '/trust-lists/restore')[0]?.body).toEqual({ version: 1, note: '撤回' }));
  });
});

describe('an import', () => {
  it('is tried first, shows what changes, and is sent with its note', async () => {
    server.post('/trust-lists/import', ({ query }) => tried(query.dry_run === 'false' ? { version: 3 } : {}));
    open();
    await choose(file('{}'));
    const table = await screen.findByRole('table', { name: '导入前后对比' });
    expect(table.textContent).toContain('欧盟公钥1,2001,000−200');
    expect(screen.getByText('导入后会变少。请核对文件是不是完整的一份。')).toBeTruthy();
    expect(screen.getByText('有 1 项用不上，不会导入')).toBeTruthy();
    const run = screen.getByRole('button', { name: '导入，立即生效' });
    await userEvent.click(run);
    expect(await screen.findByText('请写文件的来源')).toBeTruthy();
    await userEvent.type(screen.getByLabelText('说明（为什么）'), ' 官网 ');
    await userEvent.click(run);
    await waitFor(() => expect(server.sentTo('POST', '/trust-lists/import')).toHaveLength(2));
    const [first, second] = server.sentTo('POST', '/trust-lists/import');
    expect([first?.query, second?.query]).toEqual([{ dry_run: 'true' }, { dry_run: 'false', file_name: 'list.json', note: '官网' }]);
    expect(first?.headers.get('Content-Type')).toBe('application/octet-stream');
    expect(await screen.findByText('第 3 版已生效')).toBeTruthy();
  });

  it('of a file over the limit never leaves the browser', async () => {
    open();
    const large = file('{}');
    Object.defineProperty(large, 'size', { value: 16 * 1024 * 1024 + 1 });
    await choose(large);
    expect((await screen.findByRole('alert')).textContent).toContain('没有上传');
    expect(server.sentTo('POST', '/trust-lists/import')).toHaveLength(0);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '导入，立即生效' }).disabled).toBe(true);
  });

  it.each([
    ['trust_form', 422, '不是信任列表，也不是 PEM 证书'], ['trust_empty', 422, '没有能用的外部证书公钥'], ['too_large', 422, '没有上传'], ['beyond_scope', 403, '只有管全区的账号能改'],
  ])('that is refused with %s says so', async (code, status, words) => {
    server.post('/trust-lists/import', new ApiError(status, { code, field: status === 422 ? 'file' : null }));
    open();
    await choose(file('x'));
    expect((await screen.findByRole('alert')).textContent).toContain(words);
  });

  it('of revocations goes to their own door', async () => {
    server.post('/trust-lists/revocations/import', new ApiError(422, { code: 'trust_form', field: 'revocations' }));
    open();
    await userEvent.click(await screen.findByRole('button', { name: '导入吊销' }));
    await userEvent.upload(await screen.findByLabelText('选择吊销文件'), file('x'));
    expect((await screen.findByRole('alert')).textContent).toContain('不是吊销列表');
  });
});
