import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api';
import type { FeedHandlers, GateBackend } from './backend';
import { GateRuntime } from './runtime';
import { closeGateDb } from './storage/db';
import { loadKept } from './storage/kept';
import { foreignView, board, rosterEntry, rosterOf, screening } from './testing';
import { SpeechQueue } from './voice/speech-queue';
import type { ManualEntry } from './wire';

const AT = Date.parse('2020-02-17T00:10:00Z');
const person = { employee_no: 'E1001', card_no: null, pass: null, direction: 'in', lane: 1, temperature_c: 36.4, mask: 'worn' } as const;

/** A server that can be cut off, and that stores each key once. */
function fakeServer() {
  const stored = new Map<string, ManualEntry>();
  let down: 'up' | 'down' | 'answer_lost' = 'up';
  let feed: FeedHandlers | null = null;
  const up = <T>(value: () => T) => async (): Promise<T> => {
    if (down !== 'up') throw ApiError.offline();
    return value();
  };
  const backend: GateBackend = {
    session: up(() => { throw new Error('not asked'); }),
    board: up(() => board()),
    roster: up(() => rosterOf([rosterEntry()])),
    passes: up(() => ({ next: 'n1', site_id: 'site_1', area_code: '350104', trust: [], lists: [], holders: [] })),
    screen: async (_, entry) => {
      if (down === 'down') throw ApiError.offline();
      const before = stored.get(entry.client_key);
      if (before && JSON.stringify(before) !== JSON.stringify(entry)) throw new ApiError(409, { code: 'idempotency_key_reused' });
      stored.set(entry.client_key, entry);
      if (down === 'answer_lost') throw ApiError.offline();
      return screening({ id: `scr_${stored.size}`, live: !entry.offline, employee_no: entry.employee_no });
    },
    foreign: up(() => foreignView()),
    override: up(() => screening()),
    clinical: up(() => screening()),
    acknowledge: up(() => { throw new Error('not asked'); }),
    speech: up(() => new Blob()),
    visitors: async () => ({ visitors: [] }),
    vehicle: () => Promise.reject(new Error('not asked')),
    enterVehicle: () => Promise.reject(new Error('not asked')),
    openFeed: (_, handlers) => {
      feed = handlers;
      return { close: () => undefined, reconnectNow: () => undefined };
    },
  };
  return { backend, stored, set: (it: typeof down) => { down = it; }, feed: () => feed };
}

function gateAt(server: ReturnType<typeof fakeServer>, now = () => AT) {
  const spoken: string[] = [];
  const voice = new SpeechQueue({ say: async (it) => Boolean(spoken.push(it.text)) }, { onSaying: () => undefined, onSilent: () => undefined });
  const onSignedOut = vi.fn();
  const runtime = new GateRuntime({
    gate: { id: 'gate_1', name: '1 号门', site_id: 'site_1', site_name: '江滨电子' }, guard: '张师傅', backend: server.backend, voice, resumed: false, now, onSignedOut,
    settings: { lang: 'zh', voices: ['zh-CN'], volume: 1, muted: false, lane: null },
  });
  return { runtime, spoken, onSignedOut };
}

beforeEach(() => {
  closeGateDb();
  indexedDB = new IDBFactory();
});

describe('a gate that loses its network', () => {
  it('decides by itself, and sends each entry once when the server is back', async () => {
    const server = fakeServer();
    const { runtime, spoken } = gateAt(server);
    await runtime.start();
    server.set('down');
    await runtime.submit(person);
    await runtime.submit({ ...person, temperature_c: 37.6 });
    await runtime.submit({ ...person, employee_no: 'E9999' });
    expect(runtime.snapshot().net.kind).toBe('offline');
    expect(runtime.snapshot().current).toMatchObject({ outcome: 'deny', reasons: ['not_on_roster'] });
    expect(spoken.at(0)).toBe('放行。请进');
    expect(runtime.snapshot().queue.map((it) => it.entry.offline_outcome)).toEqual(['admit', 'hold', 'deny']);
    server.set('up');
    await runtime.sync();
    expect([...server.stored.values()].map((it) => [it.employee_no, it.offline])).toEqual([['E1001', true], ['E1001', true], ['E9999', true]]);
    expect(runtime.snapshot().queue).toEqual([]);
    expect(runtime.snapshot().net.kind).toBe('online');
    runtime.stop();
  });

  it('holds a pass that it cannot verify, and sends it when the server is back', async () => {
    const server = fakeServer();
    const { runtime } = gateAt(server);
    await runtime.start();
    server.set('down');
    await runtime.submit({ ...person, employee_no: null, pass: 'RW1:NCF7' });
    expect(runtime.snapshot().current).toMatchObject({ outcome: 'hold', reasons: ['pass_unverifiable'], masked_name: null, pass: 'RW1:NCF7' });
    server.set('up');
    await runtime.sync();
    expect([...server.stored.values()]).toMatchObject([{ pass: 'RW1:NCF7', employee_no: null, card_no: null, offline: true, offline_outcome: 'hold' }]);
    runtime.stop();
  });

  it('stores an entry once when only the answer was lost', async () => {
    const server = fakeServer();
    const { runtime } = gateAt(server);
    await runtime.start();
    server.set('answer_lost');
    await runtime.submit(person);
    server.set('up');
    await runtime.sync();
    expect(server.stored.size).toBe(1);
    expect(runtime.snapshot().queue).toEqual([]);
    runtime.stop();
  });

  it('opens again without the server, from what it keeps', async () => {
    const server = fakeServer();
    const first = gateAt(server);
    await first.runtime.start();
    first.runtime.stop();
    server.set('down');
    const { runtime } = gateAt(server, () => AT + 600_000);
    await runtime.start();
    expect(runtime.snapshot()).toMatchObject({ loaded: true, roster: { count: 1 }, head_count: { inside: 587 }, net: { kind: 'offline', since: AT } });
    await runtime.submit(person);
    expect(runtime.snapshot().current).toMatchObject({ outcome: 'admit', masked_name: '陈*强' });
    runtime.stop();
  });

  it('gives no verdict when it has no rules to decide by', async () => {
    const server = fakeServer();
    server.set('down');
    const { runtime } = gateAt(server);
    await runtime.start();
    expect(await runtime.submit(person)).toEqual({ ok: false, code: 'offline_no_rules' });
    runtime.stop();
  });

  it('lets go of a roster when its time is over', async () => {
    const server = fakeServer();
    const { runtime } = gateAt(server);
    await runtime.start();
    runtime.stop();
    expect(await loadKept(new Date(AT + 3 * 3_600_000))).not.toBeNull();
    expect(await loadKept(new Date(AT + 5 * 3_600_000))).toBeNull();
    expect(await loadKept(new Date(AT))).toBeNull();
  });
});

describe('a live verdict', () => {
  it('is spoken once, a replay never', async () => {
    const server = fakeServer();
    const { runtime, spoken } = gateAt(server);
    await runtime.start();
    server.feed()?.on.screening(screening({ id: 'scr_1', outcome: 'hold', reasons: ['fever_suspected'], temperature_c: 37.6 }));
    server.feed()?.on.screening(screening({ id: 'scr_1', outcome: 'hold', reasons: ['fever_suspected'], temperature_c: 37.6 }));
    server.feed()?.on.screening(screening({ id: 'scr_2', live: false }));
    await Promise.resolve();
    expect(spoken).toEqual(['待核。37.6 ℃，请到旁边用体温计复测']);
    runtime.stop();
  });

  it('ends with the session', async () => {
    const server = fakeServer();
    const { runtime, onSignedOut } = gateAt(server);
    await runtime.start();
    server.feed()?.onState({ kind: 'ended' });
    expect(onSignedOut).toHaveBeenCalled();
    runtime.stop();
  });
});
