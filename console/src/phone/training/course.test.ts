import { describe, expect, it } from 'vitest';
import type { MyCourse } from '../../api';
import { captionsOf, chosen, dueOf, earliestDue, isPageDone, minutesOf, pageAt, pagesOf, percentOf, playTime, stageOf, unanswered } from './course';

const course = (change: Partial<MyCourse> = {}): MyCourse => ({
  id: 'crs_1', title: '返岗防疫须知', description: '', kind: 'video', length_ms: 60_000, page_count: null, captions: [], question_count: 3, pass_percent: 80, required: true, due_at: null,
  furthest_ms: 0, watched: false, check_due: false, certificate_id: null, certificate_expires_at: null, open: true, attempts_left: null, ...change,
});

describe('a course', () => {
  it.each([
    ['fresh', {}],
    ['going', { furthest_ms: 10 }],
    ['check', { furthest_ms: 10, check_due: true }],
    ['quiz', { furthest_ms: 60_000, watched: true }],
    ['done', { certificate_id: 'cert_1', open: false, watched: true }],
    ['renew', { certificate_id: 'cert_1' }],
    ['going', { certificate_id: 'cert_1', furthest_ms: 10 }],
  ] as const)('is %s', (stage, change) => expect(stageOf(course(change))).toBe(stage));

  it('is due in so many days, today, or late', () => {
    const now = Date.parse('2026-03-02T08:00:00Z');
    expect(dueOf(null, now)).toEqual({ kind: 'none' });
    expect(dueOf('2026-03-02T07:59:59Z', now)).toEqual({ kind: 'late' });
    expect(dueOf('2026-03-02T15:00:00Z', now)).toEqual({ kind: 'today' })
    expect(dueOf('2026-03-02T20:00:00Z', now)).toEqual({ kind: 'days', days: 1 });
    expect(dueOf('2026-03-05T09:00:00Z', now)).toEqual({ kind: 'days', days: 3 });
  });

  it('that is lacking first sets the day', () => {
    const [late, soon, done] = ['2026-03-09T00:00:00Z', '2026-03-04T00:00:00Z', '2026-03-01T00:00:00Z'];
    expect(earliestDue([course({ due_at: late }), course({ due_at: soon }), course({ due_at: done, certificate_id: 'cert_1' }), course({ required: false, due_at: done })])).toBe(soon);
    expect(earliestDue([])).toBeNull();
  });

  it('is watched to a part of its length', () => {
    expect([percentOf(0, 60_000), percentOf(30_500, 60_000), percentOf(59_200, 60_000), percentOf(1, 0)]).toEqual([0, 50, 100, 0]);
    expect([minutesOf(8_000), minutesOf(150_000)]).toEqual([1, 3]);
    expect([playTime(7_900), playTime(247_000), playTime(3_729_000)]).toEqual(['0:07', '4:07', '1:02:09']);
  });
});

it('a film has captions in her language, or in the one there is', () => {
  expect([captionsOf(['zh', 'en'], 'en'), captionsOf(['zh'], 'en'), captionsOf([], 'zh')]).toEqual(['en', 'zh', 'off']);
});

describe('a document', () => {
  const pages = pagesOf({ length_ms: 30_000, page_count: 3 });

  it('opens where its reader had stopped', () => {
    expect([0, 9_999, 10_000, 25_000, 30_000].map((it) => pageAt(it, pages))).toEqual([1, 1, 2, 3, 3]);
  });

  it('shows the next page once the time of this one has counted', () => {
    expect([isPageDone(1, 9_998, pages), isPageDone(1, 10_000, pages), isPageDone(2, 10_000, pages)]).toEqual([false, true, false]);
  });

  it('whose pages do not divide evenly is read to its end', () => {
    const seven = pagesOf({ length_ms: 50_000, page_count: 7 });
    expect(pageAt(Math.round(seven.perPageMs), seven)).toBe(2);
    expect(isPageDone(7, 50_000, seven)).toBe(true);
  });
});

it('one choice replaces the other, several stand beside each other', () => {
  expect(chosen([1], 2, false)).toEqual([2]);
  expect(chosen([2], 0, true)).toEqual([0, 2]);
  expect(chosen([0, 2], 0, true)).toEqual([2]);
  expect(unanswered([[1], [], [0, 2], []])).toBe(2);
});
