// @vitest-environment node
// A tablet without its server, from the answer it kept to the verdict it gives.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from '../../api';
import type { GateBackend } from '../backend';
import { GateRuntime } from '../runtime';
import { closeGateDb } from '../storage/db';
import { loadKept, wipeKept } from '../storage/kept';
import { board, rosterEntry, rosterOf } from '../testing';
import { SpeechQueue } from '../voice/speech-queue';
import { gatePasses, newIssuer, NOW, NOW_S, passText, signedList } from './testing';

const shown = { employee_no: null, card_no: null, direction: 'in', lane: 1, temperature_c: 36.4, mask: 'worn' } as const;

async function tablet() {
  const own = await newIssuer();
  const answer = await gatePasses(own);
  let up = true;
  let clock = NOW.getTime();
  const ask = <T>(value: () => T) => vi.fn(async () => {
    if (!up) throw ApiError.offline();
    return value();
  });
  const passes = ask(() => answer);
  const backend = {
    session: ask(() => { throw new Error('not asked'); }), board: ask(() => board({ server_time: new Date(clock).toISOString() })),
    roster: ask(() => rosterOf([rosterEntry()], { made_at: NOW.toISOString() })), passes, screen: ask(() => { throw ApiError.offline(); }),
    visitors: async () => ({ visitors: [] }),
    vehicle: () => Promise.reject(new Error('not asked')),
    enterVehicle: () => Promise.reject(new Error('not asked')),
    foreign: vi.fn(), override: vi.fn(), clinical: vi.fn(), acknowledge: vi.fn(), speech: vi.fn(), openFeed: () => ({ close: () => undefined, reconnectNow: () => undefined }),
  } satisfies GateBackend;
  const open = () => new GateRuntime({
    gate: { id: 'gate_1', name: '1 号门', site_id: 'site_1', site_name: '江滨电子' }, guard: '张师傅', backend, resumed: false, now: () => clock, onSignedOut: vi.fn(),
    voice: new SpeechQueue({ say: async () => true }, { onSaying: () => undefined, onSilent: () => undefined }),
    settings: { lang: 'zh', voices: ['zh-CN'], volume: 1, muted: false, lane: null },
  });
  return { own, answer, passes, open, cut: () => { up = false; }, later: (ms: number) => { clock += ms; } };
}
const kept = () => vi.waitFor(async () => expect((await loadKept(NOW))?.passes).toBeTruthy());

beforeEach(() => {
  // The voice tells the page what it says; here nobody listens.
  vi.stubGlobal('window', new EventTarget());
  closeGateDb();
  indexedDB = new IDBFactory();
});

it('knows after a reload without the server whose pass it is, and lets her in', async () => {
  const { own, open, cut } = await tablet();
  const first = open();
  await first.start();
  await kept();
  first.stop();
  cut();
  const gate = open();
  await gate.start();
  expect(gate.snapshot().passes).toEqual({ kind: 'held', heard_at: NOW.toISOString() });
  const pass = await passText(own);
  await gate.submit({ ...shown, pass });
  expect(gate.snapshot().current).toMatchObject({ outcome: 'admit', reasons: [], masked_name: '陈*强', employee_no: 'E1001', pass });
  expect(gate.snapshot().queue).toMatchObject([{ entry: { pass, employee_no: null, offline: true, offline_outcome: 'admit' } }]);
  await gate.submit({ ...shown, pass: await passText(own, [4, NOW_S]) });
  expect(gate.snapshot().current).toMatchObject({ outcome: 'deny', reasons: ['pass_expired'], masked_name: null });
  gate.stop();
});

it('asks again with the roster, for what changed, and turns away what was taken back meanwhile', async () => {
  const { own, answer, passes, open, cut, later } = await tablet();
  const gate = open();
  await gate.start();
  await kept();
  answer.lists = [{ uri: 'list-1', signed: await signedList(own, 1) }];
  later(60_000);
  await gate.sync();
  await vi.waitFor(() => expect(gate.snapshot().passes).toEqual({ kind: 'held', heard_at: new Date(NOW.getTime() + 60_000).toISOString() }));
  expect(passes.mock.calls).toEqual([['gate_1', undefined], ['gate_1', 'n1']]);
  cut();
  await gate.submit({ ...shown, pass: await passText(own) });
  expect(gate.snapshot().current).toMatchObject({ outcome: 'deny', reasons: ['pass_revoked'], masked_name: '陈*强' });
  gate.stop();
});

it('goes on undisturbed where it cannot have them', async () => {
  const { own, passes, open, cut } = await tablet();
  passes.mockRejectedValue(new ApiError(403, { code: 'forbidden' }));
  const gate = open();
  await gate.start();
  await vi.waitFor(() => expect(passes).toHaveBeenCalled());
  expect(gate.snapshot()).toMatchObject({ net: { kind: 'online' }, loaded: true, refused: false, passes: { kind: 'none' }, roster: { count: 1 } });
  cut();
  await gate.submit({ ...shown, pass: await passText(own) });
  expect(gate.snapshot().current).toMatchObject({ outcome: 'hold', reasons: ['pass_unverifiable'] });
  gate.stop();
});

it('lets them go with the roster, by hand and by age', async () => {
  const { own, open, cut, later } = await tablet();
  const gate = open();
  await gate.start();
  await kept();
  cut();
  later(5 * 3_600_000);
  await gate.submit({ ...shown, pass: await passText(own, [4, NOW_S + 86_400]) });
  expect(gate.snapshot().current?.reasons).toEqual(['roster_stale', 'pass_unverifiable']);
  expect(gate.snapshot().passes).toEqual({ kind: 'none' });
  gate.stop();
  await wipeKept();
  expect(await loadKept(NOW)).toBeNull();
});
