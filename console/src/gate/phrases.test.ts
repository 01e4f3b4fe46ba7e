import { describe, expect, it } from 'vitest';
import { phraseFor, reasonText } from './phrases';
import type { VerdictFacts } from './phrases';
import { readReading, tidyReading, withoutLast } from './temperature';
import { DEFAULT_OUTCOMES } from './verdict';
import { againstVerdictLines, linesToKeep, verdictLines } from './voice/lines';
import type { Reason, VerdictOutcome } from './wire';

const facts = (outcome: VerdictOutcome, reasons: Reason[], part: Partial<VerdictFacts> = {}): VerdictFacts => ({
  outcome, reasons, direction: 'in', temperature_c: 36.4, byHand: false, overridden: null, ...part,
});

describe('the wordings of the table', () => {
  it.each<[VerdictOutcome, Reason[], number | null, string, string]>([
    ['admit', [], 36.4, '放行。请进', 'Go in'],
    ['correct', ['mask_missing'], 36.4, '请戴口罩。戴好，再走一次', 'Mask, please. Put it on and walk through again'],
    ['correct', ['mask_worn_wrong'], 36.4, '口罩要盖住鼻子。拉好，再走一次', 'Cover your nose. Adjust it and walk through again'],
    ['recheck', ['temperature_unmeasured'], null, '请复测。没测到体温，站到黄线上看镜头', 'Once more. No temperature read; stand on the yellow line and look at the camera'],
    ['recheck', ['fever_possible'], 37.1, '请复测。37.1 ℃，请等一分钟再测', 'Once more. 37.1 ℃; wait a minute, then try again'],
    ['hold', ['fever_suspected'], 37.6, '待核。37.6 ℃，请到旁边用体温计复测', 'Hold. 37.6 ℃; step aside for a clinical thermometer'],
    ['hold', ['face_no_match'], 36.4, '待核。人脸没对上，请出示通行码或证件', 'Hold. Face not matched; show a pass or a document'],
    ['hold', ['outside_shift'], 36.4, '待核。不在这个班次，请班组长来确认', 'Hold. Not in this shift; ask the team leader to confirm'],
    ['hold', ['visitor_unannounced'], 36.4, '待核。访客没有预约，请联系接待人', 'Hold. Visitor not announced; call the host'],
    ['deny', ['not_on_roster'], 36.4, '禁止进入。不在本场所名册，请联系企业专管员', "No entry. Not on this site's roster; ask the enterprise administrator"],
    ['deny', ['not_allowed'], 36.4, '禁止进入。现在不可进入，本人手机上有说明', "No entry. Not allowed now; the reason is on the person's phone"],
    ['deny', ['site_not_open'], 36.4, '禁止进入。本场所还没批准复工', 'No entry. This site is not approved to open'],
  ])('%s %j', (outcome, reasons, temperature_c, zh, en) => {
    const lines = verdictLines(['zh-CN', 'en'], facts(outcome, reasons, { temperature_c }), null);
    expect(lines.map((it) => it.text)).toEqual([zh, en]);
  });
  it('says who to look for when a terminal let in someone on hold', () => {
    expect(againstVerdictLines(['zh-CN', 'en']).map((it) => it.text)).toEqual([
      '终端放行了待核人员。请先找到这个人，再处理',
      'The terminal let in someone on hold. Find the person first',
    ]);
  });
});

describe('every reason, in both languages', () => {
  const reasons = Object.keys(DEFAULT_OUTCOMES) as Reason[];
  it.each(reasons)('%s says what is so and what to do next', (reason) => {
    for (const lang of ['zh', 'en'] as const) {
      const text = reasonText(lang, reason, { temperature: null, byHand: false });
      expect(text.what).not.toBe('');
      expect(text.next).not.toBe('');
      expect(phraseFor(lang, facts(DEFAULT_OUTCOMES[reason], [reason]), null).spoken).not.toMatch(/undefined|null/);
    }
  });
  it.each(['status_red', 'status_amber', 'status_unknown', 'quarantine_active', 'restricted_match', 'test_overdue'] as const)('%s reads like not_allowed', (reason) => {
    for (const lang of ['zh', 'en'] as const) {
      const given = { temperature: null, byHand: false };
      expect(reasonText(lang, reason, given)).toEqual(reasonText(lang, 'not_allowed', given));
    }
  });
  it('has sentences without figures to keep for a tablet without network', () => {
    expect(linesToKeep(['zh-CN', 'en'], null).every((it) => !/\d\.\d/.test(it.text))).toBe(true);
  });
});

describe('a phrase', () => {
  it('tells the gravest reason first and the others after', () => {
    const phrase = phraseFor('zh', facts('deny', ['mask_missing', 'not_on_roster']), null);
    expect(phrase.reason).toBe('不在本场所名册');
    expect(phrase.others).toEqual(['没戴口罩']);
  });
  it('admits with a note when the mask was not seen', () => {
    expect(phraseFor('zh', facts('admit', ['mask_unknown']), null)).toMatchObject({ word: '放行', reason: '口罩没看清', next: '请进', spoken: '放行。请进' });
  });
  it('says that a supervisor decided', () => {
    expect(phraseFor('en', facts('admit', ['outside_shift'], { overridden: 'admit' }), null)).toMatchObject({ reason: 'A supervisor decided', spoken: 'Go in' });
  });
});

describe('what a guard types for a temperature', () => {
  it.each([['365', '36.5'], ['36', '36'], ['36.54', '36.5'], ['36，5', '36.5'], ['36。5', '36.5'], ['3a6', '36'], ['36..5', '36.5']])('%s is %s', (typed, tidy) => expect(tidyReading(typed)).toBe(tidy));
  it('takes back a digit with its point', () => expect(withoutLast('36.5')).toBe('36'));
  it.each([['', 'none'], ['36.5', 'celsius'], ['29.9', 'out_of_range'], ['45.1', 'out_of_range'], ['3', 'out_of_range']])('%j is %s', (reading, kind) => expect(readReading(reading).kind).toBe(kind));
});
