import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { closeGateDb } from './db';
import { enqueue, flushQueue, listQueue, retryParked } from './queue';
import type { QueueItem, Send, SendResult } from './queue';
import { manualEntry, screening } from '../testing';

const events = { onStored: () => undefined, onParked: () => undefined };
const stored: SendResult = { kind: 'stored', view: screening() };
const put = (key: string, answer_lost = false) => enqueue({ gate_id: 'gate_1', entry: manualEntry(key), answer_lost, masked_name: null });
const keys = async () => (await listQueue()).map((it) => it.client_key);

/** A server that stores a key once, however often it is sent. */
function server(plan: (item: QueueItem, tries: number) => SendResult) {
  const sent: string[] = [];
  const send: Send = async (item) => {
    sent.push(item.client_key);
    return plan(item, sent.filter((it) => it === item.client_key).length);
  };
  return { sent, send };
}

beforeEach(() => {
  closeGateDb();
  indexedDB = new IDBFactory();
});

describe('the queue of manual entries', () => {
  it('sends everything once, oldest first', async () => {
    for (const key of ['a', 'b', 'c']) await put(key);
    const { sent, send } = server(() => stored);
    expect(await flushQueue(send, events)).toMatchObject({ stopped: 'empty' });
    expect(sent).toEqual(['a', 'b', 'c']);
    expect(await keys()).toEqual([]);
  });

  it('takes a second tap on the same entry as the same entry', async () => {
    await put('a');
    await put('a');
    expect(await keys()).toEqual(['a']);
  });

  it('stops at the first that finds no server, and goes on there later with the same key', async () => {
    for (const key of ['a', 'b', 'c']) await put(key);
    const { sent, send } = server((item, tries) => (item.client_key === 'b' && tries === 1 ? { kind: 'not_now', retryAfterS: null } : stored));
    expect(await flushQueue(send, events)).toMatchObject({ stopped: 'not_now' });
    expect(await keys()).toEqual(['b', 'c']);
    await flushQueue(send, events);
    expect(sent).toEqual(['a', 'b', 'b', 'c']);
    expect(await keys()).toEqual([]);
  });

  it('sends nothing twice when two flushes meet', async () => {
    for (const key of ['a', 'b']) await put(key);
    const { sent, send } = server(() => stored);
    await Promise.all([flushQueue(send, events), flushQueue(send, events)]);
    expect(sent).toEqual(['a', 'b']);
  });

  it('survives a reload between sending and the answer: the same key goes again', async () => {
    await put('a');
    const { sent, send } = server((_, tries) => {
      if (tries === 1) throw new Error('the page was closed here');
      return stored;
    });
    await expect(flushQueue(send, events)).rejects.toThrow();
    closeGateDb();
    await flushQueue(send, events);
    expect(sent).toEqual(['a', 'a']);
    expect(await keys()).toEqual([]);
  });

  it('parks what the server refuses, with the reason, and goes on', async () => {
    for (const key of ['bad', 'good']) await put(key);
    const parked: string[] = [];
    const { sent, send } = server((item) => (item.client_key === 'bad' ? { kind: 'refused', code: 'invalid' } : stored));
    await flushQueue(send, { ...events, onParked: (item) => parked.push(item.client_key) });
    await flushQueue(send, events);
    expect(sent).toEqual(['bad', 'good']);
    expect(parked).toEqual(['bad']);
    expect(await listQueue()).toMatchObject([{ client_key: 'bad', state: 'parked', refused_with: 'invalid' }]);
  });

  it('sends a parked entry again when the guard asks for it', async () => {
    await put('a');
    const { sent, send } = server((_, tries) => (tries === 1 ? { kind: 'refused', code: 'not_found' } : stored));
    await flushQueue(send, events);
    const [item] = await listQueue();
    if (item) await retryParked(item);
    await flushQueue(send, events);
    expect(sent).toEqual(['a', 'a']);
    expect(await keys()).toEqual([]);
  });

  it('takes "key reused" for "stored" when the first answer was lost, and only then', async () => {
    await put('lost', true);
    await put('odd', false);
    const { send } = server(() => ({ kind: 'refused', code: 'idempotency_key_reused' }));
    await flushQueue(send, events);
    expect(await listQueue()).toMatchObject([{ client_key: 'odd', state: 'parked' }]);
  });

  it('keeps everything when the session is over', async () => {
    await put('a');
    const { send } = server(() => ({ kind: 'signed_out' }));
    expect(await flushQueue(send, events)).toMatchObject({ stopped: 'signed_out' });
    expect(await listQueue()).toMatchObject([{ client_key: 'a', state: 'waiting' }]);
  });
});
