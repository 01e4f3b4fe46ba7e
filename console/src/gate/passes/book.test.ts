// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../api';
import { stringsEn } from '../strings-en';
import { stringsZh } from '../strings-zh';
import type { GatePasses } from '../wire';
import { merged, PassBook } from './book';
import { gatePasses, holder, newIssuer, NOW, passText } from './testing';
import { passListWords } from './words';

const one = (digest: string, employee_no: string, expires_at = '2020-02-25T00:00:00Z') => ({ digest, employee_no, expires_at });
const numbers = (it: ReturnType<typeof merged>) => Object.entries(it.holders).map(([digest, { employee_no }]) => `${digest} ${employee_no}`);

describe('the holders', () => {
  const answer = (holders: GatePasses['holders'], next = 'n1'): GatePasses => ({ next, site_id: 'site_1', area_code: '35', trust: [], lists: [], holders });
  const first = merged(null, answer([one('a', 'E1'), one('b', 'E2'), one('c', 'E3', '2020-02-24T08:00:00Z')]), NOW);

  it('are all of the first answer', () => expect(numbers(first)).toEqual(['a E1', 'b E2', 'c E3']));
  it('are then those before and those that changed, without who is over', () => {
    const later = new Date('2020-02-24T08:00:00Z');
    const second = merged(first, answer([one('b', 'E9'), one('d', 'E4'), one('e', 'E5', '2020-02-24T07:00:00Z')], 'n2'), later);
    expect(numbers(second)).toEqual(['a E1', 'b E9', 'd E4']);
    expect(second).toMatchObject({ next: 'n2', heard_at: later.toISOString() });
  });
});

describe('the book', () => {
  async function openBook() {
    const own = await newIssuer();
    const answer = await gatePasses(own);
    const ask = vi.fn<(since?: string) => Promise<GatePasses>>(async () => answer);
    return { own, ask, answer, book: new PassBook(ask, () => NOW) };
  }

  it('asks for all, then for what changed, and for all again when the server does not know its own mark', async () => {
    const { ask, book } = await openBook();
    await book.renew();
    ask.mockRejectedValueOnce(ApiError.offline());
    expect(await book.renew()).toBe(false);
    ask.mockRejectedValueOnce(new ApiError(422, { code: 'invalid' }));
    expect(await book.renew()).toBe(false);
    expect(book.kept).not.toBeNull();
    await book.renew();
    await book.renew();
    expect(ask.mock.calls.map(([since]) => since)).toEqual([undefined, 'n1', 'n1', undefined, 'n1']);
  });

  it('reads whose a pass is, with or without the space that a scanner adds', async () => {
    const { own, book } = await openBook();
    const text = await passText(own);
    expect(await book.read(text)).toEqual({ kind: 'unverifiable' });
    await book.renew();
    expect(await book.read(text)).toEqual({ kind: 'good', employee_no: 'E1001' });
    expect(await book.read(`${text} `)).toEqual({ kind: 'good', employee_no: 'E1001' });
    expect(await book.list()).toEqual({ kind: 'held', heard_at: NOW.toISOString() });
  });

  it('knows a good pass of somebody it does not know', async () => {
    const { own, ask, answer, book } = await openBook();
    ask.mockResolvedValue({ ...answer, holders: [await holder({ digest: 'ff' })] });
    await book.renew();
    expect(await book.read(await passText(own))).toEqual({ kind: 'good', employee_no: null });
  });

  it('says when the browser cannot verify', async () => {
    const { book } = await openBook();
    expect(await book.list()).toEqual({ kind: 'none' });
    vi.stubGlobal('crypto', {});
    expect(await book.list()).toEqual({ kind: 'unsupported' });
    vi.unstubAllGlobals();
  });
});

describe('the hint off line', () => {
  const at = (minutes: number, t = stringsZh) => passListWords(t, { kind: 'held', heard_at: NOW.toISOString() }, NOW.getTime() + minutes * 60_000);
  it.each([[-3, '断网核验，名单刚更新'], [0, '断网核验，名单刚更新'], [59, '断网核验，名单 59 分钟前'], [125, '断网核验，名单 2 小时前'], [1440, '断网时验不了：通行码名单超过一天了，先待核']])(
    'after %i minutes: %s', (minutes, words) => expect(at(minutes)).toBe(words));
  it('in English', () => expect([at(0, stringsEn), at(60, stringsEn)]).toEqual(['Checked off line; list just now', 'Checked off line; list 1 hour ago']));
  it('says why it cannot', () => {
    expect(passListWords(stringsZh, { kind: 'none' }, 0)).toContain('还没有通行码名单');
    expect(passListWords(stringsZh, { kind: 'unsupported' }, 0)).toContain('浏览器不支持');
  });
});
