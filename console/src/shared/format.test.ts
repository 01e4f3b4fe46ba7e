import { describe, expect, it } from 'vitest';
import { ago, bytes, clock, day, dayCount, dayKey, dayTime, fromLocalInput, fullTime, offset, shortId, temperature, toLocalInput } from './format';

const NOW = Date.parse('2026-02-18T04:16:00Z'); // 12:16 in Shanghai

describe('times are shown in the district’s zone', () => {
  it('turns the day at its own midnight, not at UTC’s', () => {
    expect(dayKey('2026-02-17T15:59:59Z')).toBe('2026-02-17');
    expect(dayKey('2026-02-17T16:00:00Z')).toBe('2026-02-18');
    expect(clock('2026-02-17T16:00:00Z')).toBe('00:00');
  });

  it('shows today as a clock, other days with the day, other years with the year', () => {
    expect(dayTime('2026-02-17T23:41:00Z', 'zh', NOW)).toBe('07:41');
    expect(dayTime('2026-02-16T23:41:00Z', 'zh', NOW)).toBe('2 月 17 日 07:41');
    expect(dayTime('2026-02-16T23:41:00Z', 'en', NOW)).toBe('17 Feb 07:41');
    expect(day('2025-12-31T23:41:00Z', 'zh', NOW)).toBe('1 月 1 日');
    expect(day('2025-12-30T23:41:00Z', 'zh', NOW)).toBe('2025 年 12 月 31 日');
    expect(dayTime(null, 'zh', NOW)).toBe('—');
    expect(fullTime('2026-02-17T23:41:05Z')).toBe('2026-02-18 07:41:05');
  });

  it('says how long ago with a space before the Chinese unit', () => {
    expect(ago('2026-02-18T04:13:00Z', 'zh', NOW)).toBe('3 分钟前');
    expect(ago('2026-02-18T04:13:00Z', 'en', NOW)).toMatch(/3 min/);
    expect(ago('2026-02-16T04:16:00Z', 'zh', NOW)).toBe('2 天前');
  });

  it('counts a response’s first day as day 1', () => {
    expect(dayCount('2026-02-18T01:00:00Z', NOW)).toBe(1);
    expect(dayCount('2026-01-25T15:00:00Z', NOW)).toBe(25);
  });

  it('reads what is typed in the district’s zone', () => {
    expect(fromLocalInput('2026-02-18T07:30')).toBe('2026-02-17T23:30:00.000Z');
    expect(toLocalInput('2026-02-17T23:30:00Z')).toBe('2026-02-18T07:30');
  });
});

describe('figures', () => {
  it('shows temperatures with one decimal', () => {
    expect(temperature(36.4)).toBe('36.4 ℃');
    expect(temperature(37)).toBe('37.0 ℃');
    expect(temperature(null)).toBe('—');
  });

  it('shows sizes and clock offsets', () => {
    expect(bytes(999, 'zh')).toBe('999 B');
    expect(bytes(200_000_000, 'zh')).toBe('200 MB');
    expect(bytes(3_400_000, 'en')).toBe('3.4 MB');
    expect(offset(-340)).toBe('−340 ms');
    expect(offset(8200)).toBe('+8.2 s');
    expect(offset(null)).toBe('—');
  });

  it('shortens ids to what people can compare', () => {
    expect(shortId('per_0190a1b2c3d4e5f60718293a4b5c6d7e')).toBe('per_…4b5c6d7e');
    expect(shortId('plain')).toBe('plain');
  });
});
