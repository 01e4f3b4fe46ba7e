import { beforeEach, expect, test, vi } from 'vitest';
import { flush, putOut, readOutbox, takeBack } from './outbox';
import { dropDraft, loadDraft, NOTHING, saveDraft } from './draft';

const me = { person_id: 'per_1' };
const declaration = { kind: 'declaration', body: { at: '2026-03-02T00:00:00Z', unchanged: true, answers: null } } as const;

/** The session is hers; what is sent gets this answer. */
function serve(send: (init: RequestInit) => Response): ReturnType<typeof vi.fn> {
  const fetched = vi.fn((url: string, init: RequestInit) => Promise.resolve(url.endsWith('/me/session') ? answer(200, { person_id: 'per_1', csrf_token: 'x' }) : send(init)));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

function answer(status: number, body: unknown = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

beforeEach(() => {
  localStorage.clear();
  vi.useRealTimers();
});

test('what waits is sent in order with its own key, and then gone', async () => {
  const keys: (string | null)[] = [];
  serve((init) => {
    keys.push(new Headers(init.headers).get('Idempotency-Key'));
    return answer(201);
  });
  putOut('per_1', declaration, 'first-key-1');
  putOut('per_1', declaration, 'second-key-2');
  expect(await flush(me)).toBe(true);
  expect(keys).toEqual(['first-key-1', 'second-key-2']);
  expect(readOutbox('per_1')).toEqual([]);
});

test('the same draft put out by two tabs is one thing', () => {
  putOut('per_1', declaration, 'draft-key-1');
  putOut('per_1', declaration, 'draft-key-1');
  expect(readOutbox('per_1')).toHaveLength(1);
});

test('without a network it stays, and what was refused says why and waits for her', async () => {
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(answer(401, { code: 'not_signed_in' }))));
  putOut('per_1', declaration, 'first-key-1');
  expect(await flush(me)).toBe(false);
  expect(readOutbox('per_1')[0]?.refused).toBeNull();
  serve(() => answer(403, { code: 'csrf' }));
  await flush(me);
  expect(readOutbox('per_1')[0]?.refused).toBeNull();
  serve(() => answer(422, { code: 'declaration_full', field: 'unchanged', params: {} }));
  await flush(me);
  expect(readOutbox('per_1')[0]?.refused?.code).toBe('declaration_full');
  const fetched = serve(() => answer(201));
  await flush(me);
  expect(fetched).toHaveBeenCalledTimes(1);
  takeBack('per_1', 'first-key-1');
  expect(readOutbox('per_1')).toEqual([]);
});

test('a draft keeps its key until it is sent, and rubbish is begun again', () => {
  const draft = loadDraft('per_1', { ...NOTHING, contact: true, temperature_c: 36.5 });
  expect(draft.answers).toEqual({ ...NOTHING, contact: true });
  saveDraft('per_1', draft);
  expect(loadDraft('per_1', null).key).toBe(draft.key);
  localStorage.setItem('fugong.m.draft.per_1', '{"key":');
  expect(loadDraft('per_1', null).key).not.toBe(draft.key);
  dropDraft('per_1');
  expect(localStorage.length).toBe(0);
});

test('what waits is not sent in the session of somebody else', async () => {
  const fetched = vi.fn(() => Promise.resolve(answer(200, { person_id: 'per_2', csrf_token: 'x' })));
  vi.stubGlobal('fetch', fetched);
  putOut('per_1', declaration, 'first-key-1');
  expect(await flush(me)).toBe(false);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(readOutbox('per_1')).toHaveLength(1);
});
