import { describe, expect, it } from 'vitest';
import { templates } from '../../i18n/zh/templates';
import { bitsOf, clockOf, daysOf, minuteOf, scheduleWords } from './schedule';

describe('a schedule', () => {
  it('is a minute of the day and days of the week', () => {
    expect([clockOf(0), clockOf(1020), clockOf(1439)]).toEqual(['00:00', '17:00', '23:59']);
    expect(['00:00', '17:05', '24:00', '7:00', ''].map(minuteOf)).toEqual([0, 1025, null, null, null]);
    expect([daysOf(31), bitsOf([0, 6]), bitsOf(daysOf(127))]).toEqual([[0, 1, 2, 3, 4], 65, 127]);
  });

  it('is said in words', () => {
    expect([null, { minute: 1020, days: 127 }, { minute: 480, days: 5 }].map((it) => scheduleWords(it, templates))).toEqual(['不定时', '每天 17:00', '周一、三 08:00']);
  });
});
