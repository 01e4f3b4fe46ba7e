import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { GateView } from '../../api';
import { renderDesk } from '../../test/render';
import { FakeServer } from '../../test/server';
import { FilterSelect } from './FilterControls';
import { ListPage } from './ListPage';
import { EmptyState } from './states';
import { useFilters } from './useFilters';

const gate = (id: string, name: string) => ({ id, name, site_id: 'site_1', site_name: '一号厂区' }) as GateView;

function Gates() {
  const filters = useFilters(['site_id']);
  return (
    <ListPage
      path="/gates" title="门岗" countWords={(n) => `${n} 处`} filters={filters} rowId={(it) => it.id}
      columns={[
        { key: 'name', title: '名称', render: (it) => it.name },
        { key: 'site', title: '场所', render: (it) => it.site_name },
      ]}
      controls={<FilterSelect label="场所" value={filters.values.site_id} options={[{ value: 'site_1', label: '一号厂区' }]} onChange={(site_id) => filters.set({ site_id })} />}
      card={(it) => it.name} empty={<EmptyState title="还没有门岗" />}
    />
  );
}

async function show(path = '/') {
  const server = new FakeServer()
    .get('/gates', { items: [gate('gate_1', '东门'), gate('gate_2', '西门')], next: null })
    .get('/gates/count', { count: 2 });
  const shown = renderDesk(<Gates />, { path });
  await screen.findByRole('cell', { name: '东门' });
  return { server, ...shown };
}

beforeEach(() => localStorage.clear());

describe('chosen rows', () => {
  it('are counted, exported alone, and let go', async () => {
    await show('/?site_id=site_1');
    expect(screen.queryByRole('group', { name: '已选的行' })).toBeNull();
    const row = screen.getByRole('row', { name: /西门/ });
    await userEvent.click(within(row).getByRole('checkbox', { name: '选择这一行' }));
    expect(screen.getByText('已选 1 项')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: /导出所选/ }));
    for (const [form, format] of [[/XLSX/, 'xlsx'], [/CSV/, 'csv']] as const) {
      const href = (await screen.findByRole('link', { name: form })).getAttribute('href') ?? '';
      const { pathname, searchParams } = new URL(href, 'http://localhost');
      expect([pathname, Object.fromEntries(searchParams)]).toEqual(['/api/v1/gates/export', { site_id: 'site_1', lang: 'zh', format, ids: 'gate_2' }]);
    }
    await userEvent.click(screen.getByRole('button', { name: '取消选择' }));
    expect(screen.queryByText('已选 1 项')).toBeNull();
  });

  it('are all that is shown, by the heading', async () => {
    await show();
    await userEvent.click(screen.getByRole('checkbox', { name: '选择已显示的全部' }));
    expect(screen.getByText('已选 2 项')).toBeTruthy();
  });
});

describe('columns', () => {
  it('are hidden and stay so; the first cannot be', async () => {
    const { unmount } = await show();
    await userEvent.click(screen.getByRole('button', { name: /^列|列$/ }));
    const menu = await screen.findByRole('group', { name: '列' });
    expect(within(menu).getByRole('checkbox', { name: '名称' })).toHaveProperty('disabled', true);
    await userEvent.click(within(menu).getByRole('checkbox', { name: '场所' }));
    expect(screen.queryByRole('columnheader', { name: '场所' })).toBeNull();
    unmount();
    await show();
    expect(screen.queryByRole('columnheader', { name: '场所' })).toBeNull();
    expect(screen.getByRole('columnheader', { name: '名称' })).toBeTruthy();
  });
});

describe('saved views', () => {
  it('bring the filters back, and can be deleted', async () => {
    const { unmount } = await show('/?site_id=site_1&open=gate_1');
    await userEvent.click(screen.getByRole('button', { name: /常用视图/ }));
    await userEvent.type(await screen.findByRole('textbox', { name: '视图名称' }), '一号{Enter}');
    expect(screen.getByRole('button', { name: /一号$/ })).toBeTruthy();
    unmount();

    const { server } = await show();
    await userEvent.click(screen.getByRole('button', { name: /常用视图/ }));
    await userEvent.click(await screen.findByRole('button', { name: '一号' }));
    await expect.poll(() => server.sentTo('GET', '/gates').at(-1)?.query.site_id).toBe('site_1');
    await userEvent.click(screen.getByRole('button', { name: /star/ }));
    await userEvent.click(await screen.findByRole('button', { name: '删除视图“一号”' }));
    expect(screen.getByText('还没有常用视图。')).toBeTruthy();
  });

  it('have nothing to save without a filter', async () => {
    await show();
    await userEvent.click(screen.getByRole('button', { name: /常用视图/ }));
    expect(await screen.findByRole('textbox', { name: '视图名称' })).toHaveProperty('disabled', true);
  });
});
