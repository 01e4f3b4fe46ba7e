// What was read of a pass, and what a gate decides by it: pure, without a signature in sight.
import { describe, expect, it } from 'vitest';
import { gateRules, rosterEntry, rosterOf } from '../testing';
import { offlineVerdict } from '../verdict';
import type { Reason, RosterEntry, VerdictOutcome } from '../wire';
import type { PassReading } from './book';

const now = new Date('2020-02-17T00:10:00Z');
const entry = { employee_no: null, card_no: null, pass: 'RW1:NCF7', temperature_c: 36.4, mask: 'worn', direction: 'in' } as const;
const decide = (reading: PassReading, person: Partial<RosterEntry> = {}, changed: object = {}) =>
  offlineVerdict({ ...entry, ...changed }, rosterOf([rosterEntry(person)]), gateRules(), now, reading);
const good: PassReading = { kind: 'good', employee_no: 'E1001' };
const revoked: PassReading = { kind: 'revoked', employee_no: 'E1001' };

const CASES: [string, PassReading, Partial<RosterEntry>, VerdictOutcome, Reason[]][] = [
  ['good', good, {}, 'admit', []],
  ['good, and her status forbids it', good, { reasons: ['not_allowed'] }, 'deny', ['not_allowed']],
  ['good, outside her shift', good, { shift: { days: [1], start: '01:00', end: '02:00', early_minutes: 60 } }, 'hold', ['outside_shift']],
  ['good, and issued since the list was made', good, { reasons: ['pass_missing'] }, 'admit', []],
  ['good, of somebody not on the list', good, { employee_no: 'E2' }, 'deny', ['not_on_roster']],
  ['good, of nobody known here', { kind: 'good', employee_no: null }, {}, 'hold', ['pass_unverifiable']],
  ['expired', { kind: 'expired' }, {}, 'deny', ['pass_expired']],
  ['revoked', revoked, {}, 'deny', ['pass_revoked']],
  ['revoked, beside what else the list says', revoked, { reasons: ['training_missing'] }, 'deny', ['training_missing', 'pass_revoked']],
  ['revoked, of nobody known here', { kind: 'revoked', employee_no: null }, {}, 'deny', ['pass_revoked']],
  ['revoked, and her status forbids it: only that', revoked, { reasons: ['not_allowed'], not_allowed_outcome: 'hold' }, 'hold', ['not_allowed']],
  ['revoked, without a response', revoked, { reasons: ['response_ended'] }, 'hold', ['response_ended']],
  ['for elsewhere', { kind: 'elsewhere' }, {}, 'deny', ['not_on_roster']],
  ['cannot tell', { kind: 'unverifiable' }, {}, 'hold', ['pass_unverifiable']],
];

describe('a pass off line', () => {
  it.each(CASES)('%s', (_, reading, person, outcome, reasons) => expect(decide(reading, person)).toMatchObject({ outcome, reasons }));

  it('names the holder, as a typed number does', () => {
    expect(decide(good).person).toMatchObject({ employee_no: 'E1001' });
    expect(decide(revoked).person).toMatchObject({ employee_no: 'E1001' });
  });
  it('takes nothing from what else there is to say', () => {
    expect(decide(good, {}, { temperature_c: 37.6 })).toMatchObject({ outcome: 'hold', reasons: ['fever_suspected'] });
  });
  it('is not good by a list that is too old', () => {
    const old = rosterOf([rosterEntry()], { made_at: '2020-02-16T00:00:00Z' });
    expect(offlineVerdict(entry, old, gateRules(), now, good)).toMatchObject({ outcome: 'hold', reasons: ['roster_stale'] });
    expect(offlineVerdict(entry, null, gateRules(), now, good)).toMatchObject({ outcome: 'hold', reasons: ['roster_stale'] });
  });
  it('is not looked at where a number was typed', () => {
    expect(decide({ kind: 'expired' }, {}, { pass: null, employee_no: 'E1001' })).toMatchObject({ outcome: 'admit', reasons: [] });
  });
  it.each(CASES)('keeps nobody inside: %s', (_, reading, person) => expect(decide(reading, person, { direction: 'out' }).outcome).toBe('admit'));
});
