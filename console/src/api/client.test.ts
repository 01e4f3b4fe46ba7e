import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError, address, exportHref, get, onSessionLost, post, setCsrfToken } from '.';
import { FakeServer } from '../test/server';
import { sessionFor } from '../test/render';

let server: FakeServer;
beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  setCsrfToken(null);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const ENTERPRISE = { name: '江滨电子', credit_code: '91350100M000100Y43', area_code: '999901001', industry: 'C39', size_class: 'above_scale', address: null };
const settle = async <T>(promise: Promise<T>) => {
  const outcome = promise.then((value) => ({ value, error: null }), (error: unknown) => ({ value: null, error }));
  await vi.runAllTimersAsync();
  return outcome;
};

describe('writes', () => {
  it('keep their idempotency key when they are sent again', async () => {
    let tries = 0;
    server.post('/enterprises', () => {
      tries += 1;
      return tries < 3 ? new ApiError(503, { code: 'unavailable' }) : ({ id: 'ent_1' } as never);
    });
    const { value } = await settle(post('/enterprises', { body: ENTERPRISE }));
    expect(value).toEqual({ id: 'ent_1' });
    const keys = server.sentTo('POST', '/enterprises').map((it) => it.headers.get('Idempotency-Key'));
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('take the key of an earlier try', async () => {
    server.post('/enterprises', { id: 'ent_1' } as never);
    await settle(post('/enterprises', { body: ENTERPRISE, idempotencyKey: 'key-of-before' }));
    expect(server.sent[0]?.headers.get('Idempotency-Key')).toBe('key-of-before');
  });

  it('use a new key each time otherwise', async () => {
    server.post('/enterprises', { id: 'ent_1' } as never);
    await settle(post('/enterprises', { body: ENTERPRISE }));
    await settle(post('/enterprises', { body: ENTERPRISE }));
    const [first, second] = server.sent.map((it) => it.headers.get('Idempotency-Key'));
    expect(first).not.toBe(second);
  });

  it('are not repeated after a clear refusal', async () => {
    server.post('/enterprises', new ApiError(422, { code: 'credit_code_check', field: 'credit_code' }));
    const { error } = await settle(post('/enterprises', { body: ENTERPRISE }));
    expect(error).toMatchObject({ status: 422, code: 'credit_code_check', field: 'credit_code', requestId: 'req_test' });
    expect(server.sent).toHaveLength(1);
  });

  it('carry the session’s token once somebody signed in', async () => {
    server.post('/session', sessionFor('command', [])).post('/enterprises', { id: 'ent_1' } as never);
    await settle(post('/session', { body: { login: 'fang', password: 'x', totp: '123456' } }));
    await settle(post('/enterprises', { body: ENTERPRISE }));
    expect(server.sentTo('POST', '/session')[0]?.headers.get('X-CSRF-Token')).toBeNull();
    expect(server.sentTo('POST', '/enterprises')[0]?.headers.get('X-CSRF-Token')).toBe('csrf-1');
  });

  it('send a sign-in once only', async () => {
    server.post('/session', new ApiError(503, { code: 'unavailable' }));
    await settle(post('/session', { body: { login: 'fang', password: 'x', totp: null } }));
    expect(server.sent).toHaveLength(1);
  });
});

describe('failures', () => {
  it('name a lost network “offline” after trying again', async () => {
    server.get('/overview', ApiError.offline());
    const { error } = await settle(get('/overview'));
    expect(error).toMatchObject({ status: 0, code: 'offline', isOffline: true, isUncertain: true });
    expect(server.sent).toHaveLength(3);
  });

  it('understand a proxy that answers in its own words', async () => {
    vi.stubGlobal('fetch', async () => new Response('<html>bad gateway</html>', { status: 502 }));
    const { error } = await settle(get('/overview'));
    expect(error).toMatchObject({ status: 502, code: 'unavailable' });
  });

  it('tell that the session ended, but not when asking for the session itself', async () => {
    const lost = vi.fn();
    const stop = onSessionLost(lost);
    server.get('/session', new ApiError(401, { code: 'not_signed_in' })).get('/overview', new ApiError(401, { code: 'not_signed_in' }));
    await settle(get('/session'));
    expect(lost).not.toHaveBeenCalled();
    await settle(get('/overview'));
    expect(lost).toHaveBeenCalledOnce();
    stop();
  });
});

describe('addresses', () => {
  it('fill in names and leave empty filters out', () => {
    expect(address('/people/{id}/facts', { id: 'per_a/b' }, { kind: undefined, limit: 200, cursor: '' })).toBe('/api/v1/people/per_a%2Fb/facts?limit=200');
  });

  it('export exactly what is filtered', () => {
    expect(exportHref('/sites', { kind: 'factory', search: '一厂' }, 'zh', 'xlsx')).toBe('/api/v1/sites/export?kind=factory&search=%E4%B8%80%E5%8E%82&lang=zh&format=xlsx');
  });
});
