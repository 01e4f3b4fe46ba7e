import 'fake-indexeddb/auto';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FeedHandlers, GateBackend } from '../backend';
import { ApiError } from '../../api';
import { GatePageProvider } from '../context';
import { GateRuntime } from '../runtime';
import { board, foreignView, rosterEntry, rosterOf, screening } from '../testing';
import { SpeechQueue } from '../voice/speech-queue';
import { Board } from './Board';

const iso = (ms: number) => new Date(ms).toISOString();
const here = (part = {}) => screening({ received_at: iso(Date.now()), occurred_at: iso(Date.now()), ...part });

async function openBoard(permissions = ['record_screening', 'override_verdict']) {
  let feed: FeedHandlers | undefined;
  const backend = {
    session: vi.fn(), speech: vi.fn(), acknowledge: vi.fn(),
    board: vi.fn(async () => board({ server_time: iso(Date.now()) })),
    roster: vi.fn(async () => rosterOf([rosterEntry()], { made_at: iso(Date.now()) })),
    passes: vi.fn<GateBackend['passes']>(async () => { throw ApiError.offline(); }),
    screen: vi.fn<GateBackend['screen']>(async (_, entry) => here({ id: 'scr_m', method: 'manual', masked_name: '陈*强', employee_no: entry.employee_no })),
    foreign: vi.fn<GateBackend['foreign']>(async () => foreignView()),
    override: vi.fn<GateBackend['override']>(),
    clinical: vi.fn<GateBackend['clinical']>(async () => here({ id: 'scr_1', reasons: ['clinical_cleared'], clinical: { temperature_c: 36.9, by: 'a', at: iso(Date.now()), fever: false } })),
    visitors: async () => ({ visitors: [] }),
    vehicle: () => Promise.reject(new Error('not asked')),
    enterVehicle: () => Promise.reject(new Error('not asked')),
    openFeed: (_: string, handlers: FeedHandlers) => {
      feed = handlers;
      return { close: () => undefined, reconnectNow: () => undefined };
    },
  } satisfies GateBackend;
  const voice = new SpeechQueue({ say: async () => true }, { onSaying: () => undefined, onSilent: () => undefined });
  const gate = { id: 'gate_1', name: '1 号门', site_id: 'site_1', site_name: '江滨电子' };
  const runtime = new GateRuntime({
    gate, guard: '张师傅', backend, voice, resumed: false, now: Date.now, onSignedOut: () => undefined,
    settings: { lang: 'zh', voices: ['zh-CN'], volume: 1, muted: false, lane: null },
  });
  await runtime.start();
  const view = render(
    <GatePageProvider>
      <Board runtime={runtime} duty={{ gate, guard: '张师傅', login: 'guard1', permissions, resumed: false }} speaking={false} silent={false} onTestSound={() => undefined} onLock={() => undefined} onSignOut={() => undefined} />
    </GatePageProvider>,
  );
  return { backend, runtime, view, live: (part: object) => feed?.on.screening(here(part)) };
}

const verdict = () => screen.getByRole('main');

beforeEach(() => localStorage.clear());

describe('the board', () => {
  it('shows a live verdict big, with what to do next', async () => {
    const { live, runtime } = await openBoard();
    live({ outcome: 'correct', reasons: ['mask_missing'] });
    await waitFor(() => expect(within(verdict()).getByText('请戴口罩')).toBeTruthy());
    expect(within(verdict()).getByText('戴好，再走一次')).toBeTruthy();
    expect(within(verdict()).getByText('林*芳')).toBeTruthy();
    runtime.stop();
  });

  it('takes an entry by keyboard alone: F2, number, Enter, reading, Enter', async () => {
    const { backend, runtime } = await openBoard();
    const user = userEvent.setup();
    await user.keyboard('{F2}');
    await user.keyboard('E1001{Enter}365{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(backend.screen.mock.calls[0]?.[1]).toMatchObject({ employee_no: 'E1001', card_no: null, temperature_c: 36.5, direction: 'in', offline: false });
    expect(within(verdict()).getByText('放行')).toBeTruthy();
    runtime.stop();
  });

  it('takes a scanner that types while nothing is open', async () => {
    const { backend, runtime } = await openBoard();
    const user = userEvent.setup();
    await user.keyboard('80000001{Enter}364{Enter}');
    await waitFor(() => expect(backend.screen).toHaveBeenCalled());
    expect(backend.screen.mock.calls[0]?.[1]).toMatchObject({ card_no: '80000001', employee_no: null, temperature_c: 36.4 });
    runtime.stop();
  });

  it.each([['a scanner that types while nothing is open', ''], ['the entry by hand', '{F2}']])('takes a pass from %s, and sends it instead of a number', async (_, first) => {
    const { backend, runtime } = await openBoard();
    const user = userEvent.setup();
    await user.keyboard(`${first}RW1:NCF $%*7{Enter}`);
    expect(screen.getByText('由服务器核对是谁、是否有效')).toBeTruthy();
    await user.keyboard('364{Enter}');
    await waitFor(() => expect(backend.screen).toHaveBeenCalled());
    expect(backend.screen.mock.calls[0]?.[1]).toMatchObject({ pass: 'RW1:NCF $%*7', card_no: null, employee_no: null, temperature_c: 36.4 });
    runtime.stop();
  });

  it('shows a foreign certificate and goes back to the scan field, where the next code is read', async () => {
    const { backend, runtime } = await openBoard();
    const user = userEvent.setup();
    await user.keyboard('hc1:ncf $7{Enter}');
    expect(backend.foreign).toHaveBeenCalledWith('gate_1', 'HC1:NCF $7');
    const dialog = await screen.findByRole('dialog', { name: '外部证书' });
    expect(await within(dialog).findByText('有效')).toBeTruthy();
    expect(within(dialog).getByText('Jane Anyperson')).toBeTruthy();
    expect(dialog.contains(document.activeElement)).toBe(true);
    await user.keyboard('{Escape}');
    expect(document.activeElement).toBe(screen.getByLabelText('通行码、工牌或条码'));
    await user.keyboard('shc:/5676{Enter}');
    expect(backend.foreign).toHaveBeenLastCalledWith('gate_1', 'shc:/5676');
    // A pass shown next goes its own way, whatever is open.
    await user.keyboard('RW1:NCF7{Enter}364{Enter}');
    await waitFor(() => expect(backend.screen).toHaveBeenCalled());
    expect(backend.screen.mock.calls[0]?.[1]).toMatchObject({ pass: 'RW1:NCF7', temperature_c: 36.4 });
    expect(backend.foreign).toHaveBeenCalledTimes(2);
    runtime.stop();
  });

  it('cannot tell of a foreign certificate without the server, and keeps nothing of it', async () => {
    const { backend, runtime } = await openBoard();
    backend.foreign.mockRejectedValue(ApiError.offline());
    backend.board.mockRejectedValue(ApiError.offline());
    const user = userEvent.setup();
    await user.keyboard('HC1:NCF7{Enter}');
    expect(await screen.findByText('无法核验')).toBeTruthy();
    expect(screen.getByText('连不上服务器，平板自己验不了')).toBeTruthy();
    expect(runtime.snapshot()).toMatchObject({ net: { kind: 'offline' }, queue: [], rows: [], current: null });
    await user.keyboard('{Escape}HC1:NCF8{Enter}');
    expect(await screen.findByText('无法核验')).toBeTruthy();
    expect(backend.foreign).toHaveBeenCalledOnce();
    expect(JSON.stringify({ ...localStorage })).not.toContain('NCF');
    runtime.stop();
  });

  it('keeps the pass when the reading of a held person comes while the server is away', async () => {
    const { backend, runtime } = await openBoard();
    backend.screen.mockRejectedValue(ApiError.offline());
    backend.board.mockRejectedValue(ApiError.offline());
    const user = userEvent.setup();
    await user.keyboard('{F1}RW1:NCF7{Enter}{Enter}');
    await waitFor(() => expect(within(verdict()).getByText('通行码验不了')).toBeTruthy());
    await user.keyboard('{F3}369{Enter}');
    await waitFor(() => expect(runtime.snapshot().queue.map((it) => [it.entry.pass, it.entry.temperature_c])).toEqual([['RW1:NCF7', null], ['RW1:NCF7', 36.9]]));
    runtime.stop();
  });

  it('decides from the roster when the server does not answer, and says so', async () => {
    const { backend, runtime } = await openBoard();
    backend.screen.mockRejectedValue(ApiError.offline());
    backend.board.mockRejectedValue(ApiError.offline());
    const user = userEvent.setup();
    await user.keyboard('{F2}E1001{Enter}376{Enter}');
    await waitFor(() => expect(within(verdict()).getByText('待核')).toBeTruthy());
    expect(await screen.findByRole('button', { name: /断网 0 分钟.*待传 1/ })).toBeTruthy();
    runtime.stop();
  });

  it('records the clinical reading of the held person with F3', async () => {
    const { backend, live, runtime } = await openBoard();
    const user = userEvent.setup();
    live({ outcome: 'hold', reasons: ['fever_suspected'], temperature_c: 37.6 });
    await user.keyboard('{F3}369');
    expect(screen.getByText('可以放行')).toBeTruthy();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(backend.clinical).toHaveBeenCalledWith('scr_1', { temperature_c: 36.9, note: '' }));
    await waitFor(() => expect(screen.getByText('旁边没有人等')).toBeTruthy());
    runtime.stop();
  });

  it('shows the server’s refusal of an override, and keeps what was written', async () => {
    const { backend, live, runtime } = await openBoard();
    backend.override.mockRejectedValue(new ApiError(403, { code: 'supervisor_refused' }));
    const user = userEvent.setup();
    live({ outcome: 'deny', reasons: ['not_allowed'] });
    await user.keyboard('{F4}核对过证件');
    expect(screen.getByText(/卫生部门的结论/)).toBeTruthy();
    await user.type(screen.getByLabelText('主管账号'), 'lead');
    await user.type(screen.getByLabelText('主管的 PIN 或密码'), '123456');
    await user.click(screen.getByRole('button', { name: /^改判/ }));
    expect((await screen.findByRole('alert')).textContent).toContain('主管账号没通过');
    expect(screen.getByLabelText<HTMLTextAreaElement>('理由').value).toBe('核对过证件');
    expect(screen.getByLabelText<HTMLInputElement>('主管的 PIN 或密码').value).toBe('');
    runtime.stop();
  });

  it('keeps the focus in a dialog and gives it back on Esc', async () => {
    const { runtime } = await openBoard();
    const user = userEvent.setup();
    const key = screen.getByRole('button', { name: /手工录入/ });
    await user.click(key);
    const dialog = screen.getByRole('dialog', { name: '手工录入' });
    for (let i = 0; i < 24; i += 1) {
      await user.tab();
      expect(dialog.contains(document.activeElement)).toBe(true);
    }
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    runtime.stop();
  });

  it('gives an account without the right no keys to press', async () => {
    const { runtime } = await openBoard([]);
    const user = userEvent.setup();
    await user.keyboard('{F2}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /手工录入/ }).disabled).toBe(true);
    runtime.stop();
  });

  it('has no faults axe can see', async () => {
    const { view, live, runtime } = await openBoard();
    const user = userEvent.setup();
    live({ outcome: 'hold', reasons: ['fever_suspected'], temperature_c: 37.6 });
    await user.keyboard('{F2}');
    const { violations } = await axe.run(view.container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
    expect(violations.map((it) => `${it.id}: ${it.nodes[0]?.html ?? ''}`)).toEqual([]);
    runtime.stop();
  });
});
