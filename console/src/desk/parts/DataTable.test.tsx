import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../api';
import { renderDesk } from '../../test/render';
import type { ListRead } from '../data';
import { DataTable } from './DataTable';
import { EmptyState } from './states';

interface Row { id: string; name: string }
const QUIET: ListRead<Row> = { items: [], error: null, loading: false, refreshing: false, more: null, loadingMore: false, retry: () => undefined };

function show(list: Partial<ListRead<Row>>, total: number | null = null) {
  return renderDesk(
    <DataTable<Row>
      list={{ ...QUIET, ...list }} total={total} label="企业" rowId={(it) => it.id} card={(it) => it.name}
      columns={[{ key: 'name', title: '名称', render: (it) => it.name }]} empty={<EmptyState title="还没有企业" text="先新建一个。" />}
    />,
  );
}

describe('a table says how it is', () => {
  it('loading', () => {
    show({ loading: true });
    expect(screen.getByRole('status', { name: '正在加载…' })).toBeTruthy();
  });

  it('empty, and what to do', () => {
    show({});
    expect(screen.getByText('还没有企业')).toBeTruthy();
    expect(screen.getByText('先新建一个。')).toBeTruthy();
  });

  it('offline, since when, and how to go on', async () => {
    const retry = vi.fn();
    show({ error: ApiError.offline(), retry });
    expect(screen.getByRole('alert').textContent).toMatch(/\d\d:\d\d 起连不上服务器/);
    await userEvent.click(screen.getByRole('button', { name: '重试' }));
    expect(retry).toHaveBeenCalledOnce();
  });

  it('not for this role', () => {
    show({ error: new ApiError(403, { code: 'forbidden' }) });
    expect(screen.getByRole('alert').textContent).toMatch('你看不到这些');
    expect(screen.queryByRole('button', { name: '重试' })).toBeNull();
  });

  it('broken, with the request number', () => {
    show({ error: new ApiError(500, { code: 'internal', request_id: 'req_77' }) });
    expect(screen.getByRole('alert').textContent).toMatch('请求编号 req_77');
  });

  it('filled, with what is shown of the whole and a way to more', async () => {
    const more = vi.fn();
    show({ items: [{ id: 'ent_1', name: '江滨电子' }], more }, 128);
    expect(screen.getByRole('cell', { name: '江滨电子' })).toBeTruthy();
    expect(screen.getByText('已显示 1 / 128')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '再加载 50 项' }));
    expect(more).toHaveBeenCalledOnce();
  });

  it('filled but stale: the rows stay, the failure is said above them', () => {
    show({ items: [{ id: 'ent_1', name: '江滨电子' }], error: ApiError.offline() });
    expect(screen.getByRole('alert').textContent).toMatch('连不上服务器');
    expect(screen.getByRole('cell', { name: '江滨电子' })).toBeTruthy();
  });
});
