import { describe, expect, it, vi } from 'vitest';
import { ApiError, type MediaView, type Question } from '../../api';
import { faultOf, moved, onPage, pageOf, withOption, withoutOption, withRight } from './model';
import { fromBase64 } from '../../shared/bytes';
import { interruptedOf, kindOf, PART_BYTES, percentOf, sendAll, type Doors } from './upload';

const media = (received: number, byte_count: number, change: Partial<MediaView> = {}): MediaView => ({
  id: 'med_1', kind: 'video', state: received === byte_count ? 'ready' : 'uploading', file_name: 'a.mp4', byte_count, received, page_count: null, length_ms: 0, created_at: '2026-03-02T00:00:00Z', ...change,
});

/** A server that keeps what it gets; the parts that `fails` names do not arrive, or their answer does not. */
function server(size: number, fails: Record<number, 'before' | 'after' | 'refused'> = {}) {
  let received = 0;
  let n = 0;
  const sent: number[] = [];
  const doors: Doors = {
    send: async (offset, part) => {
      sent.push(offset);
      const how = fails[n];
      n += 1;
      if (how === 'refused') throw new ApiError(409, { code: 'state' });
      if (how === 'before') throw ApiError.offline();
      if (offset !== received) throw new ApiError(409, { code: 'upload_offset' });
      received += part.size;
      if (how === 'after') throw ApiError.offline();
      return media(received, size);
    },
    ask: async () => media(received, size),
    wait: vi.fn(async () => undefined),
    onProgress: vi.fn(),
  };
  return { doors, sent };
}

describe('an upload', () => {
  const size = 2 * PART_BYTES + 10;
  const file = new Blob([new Uint8Array(size)]);

  it('is sent part by part', async () => {
    const { doors, sent } = server(size);
    expect((await sendAll(file, media(0, size), doors)).state).toBe('ready');
    expect(sent).toEqual([0, PART_BYTES, 2 * PART_BYTES]);
  });

  it('goes on where it had broken off', async () => {
    const { doors, sent } = server(size, { 1: 'before', 2: 'after' });
    await sendAll(file, media(0, size), doors);
    expect(sent).toEqual([0, PART_BYTES, PART_BYTES, 2 * PART_BYTES]);
  });

  it('whose last answer was lost is whole all the same', async () => {
    const { doors } = server(size, { 2: 'after' });
    expect((await sendAll(file, media(0, size), doors)).state).toBe('ready');
  });

  it('gives up after four failures in a row, or at a refusal', async () => {
    const { doors, sent } = server(size, { 1: 'before', 2: 'before', 3: 'before', 4: 'before' });
    await expect(sendAll(file, media(0, size), doors)).rejects.toMatchObject({ code: 'offline' });
    expect(sent).toHaveLength(5);
    const refused = server(size, { 0: 'refused' });
    await expect(sendAll(file, media(0, size), refused.doors)).rejects.toMatchObject({ code: 'state' });
  });

  it('is found again by name and size', () => {
    const uploads = [media(4, 4), media(1, 4, { id: 'med_2' }), media(1, 5, { id: 'med_3' })];
    expect(interruptedOf(uploads, new File(['abcd'], 'a.mp4'))?.id).toBe('med_2');
    expect(interruptedOf(uploads, new File(['abcd'], 'b.mp4'))).toBeNull();
    expect([percentOf(media(1, 4)), percentOf(media(0, 0))]).toEqual([25, 0]);
    expect([kindOf(new File([], 'A.MP4')), kindOf(new File([], 'a.pdf')), kindOf(new File([], 'a.exe'))]).toEqual(['video', 'document', null]);
  });
});

describe('a question', () => {
  const question: Question = { text: '？', options: ['甲', '乙', '丙'], correct: [0, 2] };

  it('loses an option, and what is right stays right', () => {
    expect(withoutOption(question, 0)).toEqual({ text: '？', options: ['乙', '丙'], correct: [1] });
    expect(withRight(question, 1, true).correct).toEqual([0, 1, 2]);
    expect(withRight(question, 0, false).correct).toEqual([2]);
    expect(withOption(question, 1, '丁').options).toEqual(['甲', '丁', '丙']);
  });

  it.each([
    [null, {}],
    ['text', { text: ' ' }],
    ['option', { options: ['甲', ''] }],
    ['few', { options: ['甲'], correct: [0] }],
    ['right', { correct: [] }],
  ] as const)('has the fault %s', (fault, change) => expect(faultOf({ ...question, ...change } as Question)).toBe(fault));

  it('moves by one place', () => {
    expect(moved([1, 2, 3], 0, 1)).toEqual([2, 1, 3]);
    expect(moved([1, 2, 3], 0, -1)).toEqual([1, 2, 3]);
    expect(moved([1, 2, 3], 2, 1)).toEqual([1, 2, 3]);
  });
});

describe('a large bank', () => {
  const bank = Array.from({ length: 120 }, (_, at) => at);

  it('is shown a page at a time, each question with its place', () => {
    expect(onPage(bank, 0)).toMatchObject({ page: 0, from: 0, shown: { length: 50, 0: 0 } });
    expect(onPage(bank, 2)).toMatchObject({ page: 2, from: 100, shown: { length: 20, 0: 100 } });
    expect([pageOf(0), pageOf(49), pageOf(50), pageOf(119)]).toEqual([0, 0, 1, 2]);
  });

  it('goes back to its last page when that one is gone', () => {
    expect(onPage(bank.slice(0, 50), 2)).toMatchObject({ page: 0, from: 0, shown: { length: 50 } });
    expect(onPage([], 3)).toEqual({ page: 0, from: 0, shown: [] });
  });
});

it('refused rows come back byte for byte', () => {
  expect([...fromBase64('77u/5LiA+/8=') ?? []]).toEqual([0xef, 0xbb, 0xbf, 0xe4, 0xb8, 0x80, 0xfb, 0xff]);
  expect(fromBase64('*')).toBeNull();
});
