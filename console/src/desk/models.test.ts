import { describe, expect, it } from 'vitest';
import type { FactView, GateRules, StatusView } from '../api';
import { zh } from '../i18n/zh';
import { commonStrings } from '../i18n/common';
import { outcomesFor } from './alarms/CloseDialog';
import { mayOpen, visibleMenu } from './frame/menu';
import { sentence } from './people/Fact';
import { byDay } from './people/FactTimeline';
import { laneDays, runs } from './people/lanesModel';
import { changes, ruleRows } from './rules/rulesModel';
import { passwordProblem, pinProblem } from './session/secretRules';
import { daysInWords, hoursInWords } from './sites/shiftWords';

const NOW = Date.parse('2026-02-18T04:00:00Z');
const fact = (kind: FactView['kind'], occurred_at: string, detail: Record<string, unknown> = {}): FactView =>
  ({ id: `${kind}${occurred_at}`, kind, occurred_at, recorded_at: occurred_at, source: '', site_name: null, detail });
const STATUS: StatusView = { allowed: 'not_allowed', status: 'amber', reasons: [], valid_until: null, rule_version: 7, computed_at: '2026-02-18T00:00:00Z' };

describe('fourteen days of a person', () => {
  it('walks the status back through its changes to the day the file began', () => {
    const facts = [fact('status_changed', '2026-02-17T14:10:00Z', { from: 'green', to: 'amber' }), fact('registered', '2026-02-06T00:00:00Z')];
    const bars = runs(laneDays(facts, STATUS, NOW)).map((bar) => [bar.status, bar.length]);
    expect(bars).toEqual([[null, 1], ['green', 11], ['amber', 2]]);
  });

  it('shows no status to those who may not see it', () => {
    expect(laneDays([], { ...STATUS, status: null }, NOW).every((day) => day.status === null)).toBe(true);
  });

  it('puts declarations and temperatures on their day in the district’s zone', () => {
    const days = laneDays([fact('attested', '2026-02-16T16:30:00Z', { well: false }), fact('screened', '2026-02-16T16:30:00Z', { temperature_c: 36.4 })], STATUS, NOW);
    const day = days.find((it) => it.key === '2026-02-17');
    expect(day?.attested).toBe('ill');
    expect(day?.readings).toEqual([{ celsius: 36.4, clinical: false, at: 0.5 / 24 }]);
  });

  it('groups facts by day, newest first', () => {
    expect(byDay([fact('attested', '2026-02-17T23:00:00Z'), fact('screened', '2026-02-17T15:00:00Z')]).map(([key]) => key)).toEqual(['2026-02-18', '2026-02-17']);
  });

  it('puts a fact into one line and survives a detail it does not know', () => {
    const screened = fact('screened', '2026-02-18T00:00:00Z', { gate_name: '1 号门', temperature_c: 37.6, mask: 'worn', reasons: ['fever_suspected', 'unheard_of'] });
    expect(sentence(screened, zh, commonStrings.zh)).toBe('1 号门　37.6 ℃　已戴口罩　体温偏高');
    expect(sentence(fact('status_changed', '2026-02-18T00:00:00Z', { from: 3, to: null }), zh, commonStrings.zh)).toBe('');
  });
});

describe('gate rules', () => {
  const rules: GateRules = {
    version: 3, area_code: '', site_id: null, outcomes: { mask_missing: 'correct', site_not_open: 'deny', fever_suspected: 'hold' }, fever_suspected_c: 37.3, fever_possible_c: 37, temperature_required: true,
    mask_required: true, declaration_required: false, pass_required: false, training_required: false, roster_max_age_s: 14400, clock_max_offset_s: 60, valid_from: '2026-02-01T00:00:00Z', set_by: null, note: '',
  };
  it('reads the most severe first', () => {
    expect(ruleRows(rules).map((row) => row.outcome)).toEqual(['deny', 'hold', 'correct']);
  });
  it('counts what a new version changes', () => {
    expect(changes(rules, { ...rules, note: 'same' })).toBe(0);
    expect(changes(rules, { ...rules, fever_possible_c: 37.1, outcomes: { ...rules.outcomes, mask_missing: 'hold' } })).toBe(2);
  });
});

describe('shifts in words', () => {
  it('names the days and the night', () => {
    expect(daysInWords([5, 4, 3, 2, 1], zh.shifts, zh.gap)).toBe('周一至周五');
    expect(daysInWords([1, 3, 7], zh.shifts, zh.gap)).toBe('周一三日');
    expect(hoursInWords({ id: null, name: '夜班', days: [1], start: '20:00', end: '06:00', teams: null, early_minutes: null }, zh.shifts)).toBe('20:00–次日 06:00');
  });
});

describe('secrets people choose', () => {
  it('refuses short, dull and telling ones', () => {
    expect(passwordProblem('correct horse battery', 'fang')).toBeNull();
    expect(passwordProblem('short', 'fang')).toBe('short');
    expect(passwordProblem('aaaaaaaaaaaaaa', 'fang')).toBe('same');
    expect(passwordProblem('my-Fangfang-2026', 'fang')).toBe('login');
    expect([pinProblem('12345'), pinProblem('123456'), pinProblem('111111'), pinProblem('987654'), pinProblem('482915')]).toEqual(['digits', 'simple', 'simple', 'simple', null]);
  });
});

describe('the menu', () => {
  it('shows each role what it may open, and guards the addresses', () => {
    const auditor = (permission: string) => permission === 'read_audit';
    expect(visibleMenu(auditor).flatMap((group) => group.entries.map((entry) => entry.key))).toEqual(['overview', 'audit']);
    expect(mayOpen('/people/per_1', auditor)).toBe(false);
    expect(mayOpen('/audit', auditor)).toBe(true);
    expect(mayOpen('/', auditor)).toBe(true);
  });
});

it('offers the outcomes that fit the alarm', () => {
  expect(outcomesFor('fever_suspected')).toContain('fever_confirmed');
  expect(outcomesFor('device_silent')).toEqual(['repaired', 'false_alarm']);
  expect(outcomesFor('appeal_late')).toEqual(['settled']);
});
