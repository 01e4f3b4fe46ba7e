import { describe, expect, it } from 'vitest';
import vectors from './verdict-vectors.json';
import { DEFAULT_OUTCOMES, leadingReason, mostSevere, offlineVerdict } from './verdict';
import { isInShift } from './shift';
import { gateRules, rosterEntry, rosterOf } from './testing';
import type { GateRules, ManualEntry, Reason, RosterEntry, VerdictOutcome } from './wire';

interface Vector {
  name: string;
  rules: GateRules;
  entry: ManualEntry;
  roster_entry: RosterEntry | null;
  roster_age_s: number;
  now: string;
  outcome: VerdictOutcome;
  reasons: Reason[];
}
const cases = (vectors as unknown as { cases: Vector[] }).cases;
const entry = { employee_no: 'E1001', card_no: null, temperature_c: 36.4, mask: 'worn', direction: 'in' } as const;
const now = new Date('2020-02-17T00:10:00Z');

describe('the gate decides as the server does', () => {
  it.each(cases.map((it) => [it.name, it] as const))('%s', (_, vector) => {
    const at = new Date(vector.now);
    const roster = rosterOf(vector.roster_entry ? [vector.roster_entry] : [], {
      made_at: new Date(at.getTime() - vector.roster_age_s * 1000).toISOString(),
      max_age_s: vector.rules.roster_max_age_s,
      rules: vector.rules,
    });
    const decision = offlineVerdict(vector.entry, roster, vector.rules, at);
    expect(decision.outcome).toBe(vector.outcome);
    expect([...decision.reasons].sort()).toEqual([...vector.reasons].sort());
  });
});

describe('a missing datum is never an admit', () => {
  it('holds without any roster', () => {
    const decision = offlineVerdict(entry, null, gateRules(), now);
    expect(decision).toMatchObject({ outcome: 'hold', reasons: ['roster_stale'], person: null });
  });
  it('holds when the roster has no readable time', () => {
    const roster = rosterOf([rosterEntry()], { made_at: 'not a time' });
    expect(offlineVerdict(entry, roster, gateRules(), now).outcome).toBe('hold');
  });
  it('holds when the roster is from the future: the tablet’s clock is wrong', () => {
    const roster = rosterOf([rosterEntry()], { made_at: '2020-02-17T00:20:00Z' });
    expect(offlineVerdict(entry, roster, gateRules(), now).reasons).toEqual(['clock_untrusted']);
  });
  it('measures again when the reading is not a number', () => {
    const decision = offlineVerdict({ ...entry, temperature_c: Number.NaN }, rosterOf([rosterEntry()]), gateRules(), now);
    expect(decision).toMatchObject({ outcome: 'recheck', reasons: ['temperature_unreliable'] });
  });
  it('denies who gives no number at all', () => {
    const decision = offlineVerdict({ ...entry, employee_no: null }, rosterOf([rosterEntry({ card_no: null })]), gateRules(), now);
    expect(decision.reasons).toEqual(['not_on_roster']);
  });
  it('holds when a number fits two people', () => {
    const roster = rosterOf([rosterEntry(), rosterEntry({ employee_no: 'E1002', card_no: '80000002' })]);
    const decision = offlineVerdict({ ...entry, card_no: '80000002' }, roster, gateRules(), now);
    expect(decision).toMatchObject({ outcome: 'hold', reasons: ['identity_conflict'], person: null });
  });
  it('holds on a code of a newer server that this page does not know', () => {
    expect(mostSevere(['something_new' as Reason], gateRules())).toBe('hold');
  });
});

describe('a pass, which the tablet cannot verify', () => {
  const shown = { ...entry, employee_no: null, pass: 'RW1:NCF7' };
  it('holds, and looks nobody up', () => {
    expect(offlineVerdict(shown, rosterOf([rosterEntry()]), gateRules(), now)).toEqual({ outcome: 'hold', reasons: ['pass_unverifiable'], person: null });
  });
  it('holds beside what else there is to say', () => {
    const decision = offlineVerdict({ ...shown, temperature_c: 37.1 }, null, gateRules(), now);
    expect(decision).toMatchObject({ outcome: 'hold', reasons: ['roster_stale', 'pass_unverifiable', 'fever_possible'] });
  });
  it('keeps nobody inside', () => {
    expect(offlineVerdict({ ...shown, direction: 'out' }, rosterOf([rosterEntry()]), gateRules(), now)).toMatchObject({ outcome: 'admit', reasons: [] });
  });
});

describe('severity', () => {
  it.each<[Reason[], VerdictOutcome]>([
    [[], 'admit'],
    [['mask_unknown'], 'admit'],
    [['mask_unknown', 'mask_missing'], 'correct'],
    [['mask_missing', 'fever_possible'], 'recheck'],
    [['fever_possible', 'outside_shift'], 'hold'],
    [['outside_shift', 'not_allowed', 'mask_missing'], 'deny'],
  ])('%j → %s', (reasons, outcome) => expect(mostSevere(reasons, gateRules())).toBe(outcome));

  it('tells the reason that made the verdict first', () => {
    expect(leadingReason('deny', ['mask_missing', 'not_on_roster'], gateRules())).toBe('not_on_roster');
    expect(leadingReason('admit', [], gateRules())).toBeNull();
  });
  it('has an outcome for every reason', () => {
    expect(Object.keys(DEFAULT_OUTCOMES)).toHaveLength(35);
  });
});

describe('shift windows are in the zone of the site', () => {
  const night = { days: [5], start: '22:00', end: '06:00', early_minutes: 60 };
  it.each([
    ['Friday 21:00 is an hour early', '2020-02-21T13:00:00Z', true],
    ['Friday 20:59 is before it', '2020-02-21T12:59:00Z', false],
    ['Saturday 05:59 is Friday’s', '2020-02-21T21:59:00Z', true],
    ['Saturday 06:00 is over', '2020-02-21T22:00:00Z', false],
    ['Friday 05:00 would be Thursday’s', '2020-02-20T21:00:00Z', false],
  ])('%s', (_, at, inside) => expect(isInShift(night, new Date(at))).toBe(inside));

  it('nobody is kept inside because the shift is over', () => {
    const person = rosterEntry({ shift: { days: [1], start: '01:00', end: '02:00', early_minutes: 60 } });
    expect(offlineVerdict({ ...entry, direction: 'out' }, rosterOf([person]), gateRules(), now).outcome).toBe('admit');
  });
  it('what the roster said of the shift when it was made does not outlast that hour', () => {
    const person = rosterEntry({ reasons: ['outside_shift'], shift: { days: [1], start: '08:00', end: '16:00', early_minutes: 60 } });
    expect(offlineVerdict(entry, rosterOf([person]), gateRules(), now).outcome).toBe('admit');
  });
  it('a window says how early', () => {
    const team = { days: [5], start: '20:00', end: '23:00', early_minutes: 15 };
    expect([new Date('2020-02-21T11:44:00Z'), new Date('2020-02-21T11:45:00Z')].map((at) => isInShift(team, at))).toEqual([false, true]);
  });
  it('a window that cannot be read lets nobody in', () => {
    expect(isInShift({ days: [1], start: '25:00', end: 'x', early_minutes: 60 }, now)).toBe(false);
  });
});
