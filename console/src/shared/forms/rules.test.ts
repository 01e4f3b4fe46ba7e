import { describe, expect, it } from 'vitest';
import type { FormDefinition } from '../../api';
import vectors from './forms.vectors.json';
import { check, isRequired, trimmed, type Applicant, type FileCounts, type FormAnswers, type FormFault } from './rules';

interface Case { name: string; answers: FormAnswers; applicant: Applicant; files: FileCounts; asked: string[]; faults: FormFault[] }
const groups = vectors as unknown as { form: FormDefinition; cases: Case[] }[];

describe('rules of forms', () => {
  it('has cases', () => {
    expect(groups.flatMap((it) => it.cases).length).toBeGreaterThan(60);
  });

  for (const [at, { form, cases }] of groups.entries()) {
    it.each(cases)(`form ${at + 1}: $name`, ({ answers, applicant, files, asked, faults }) => {
      const checked = check(form, answers, applicant, files);
      expect([...checked.asked].sort()).toEqual([...asked].sort());
      expect(checked.faults).toEqual(faults);
    });
  }

  it('marks what is required as the answers and the applicant have it', () => {
    const form = groups[0]?.form ?? { sections: [], pledge: { zh: '', en: '' } };
    const required = (key: string, answers: FormAnswers, applicant: Applicant) => {
      const field = form.sections.flatMap((it) => it.fields).find((it) => it.key === key);
      return field ? isRequired(form, field, answers, applicant) : null;
    };
    const low = { industry: 'F', size_class: 'micro', risk: 'low' };
    expect(required('files', {}, low)).toBe(false);
    expect(required('files', { yes: true }, low)).toBe(true);
    expect(required('of_risk', {}, { ...low, risk: 'high' })).toBe(true);
    expect(required('text', {}, low)).toBe(true);
  });

  it('takes for white space what the server does', () => {
    expect(trimmed('\u3000\u0085 a b \n')).toBe('a b');
    expect(trimmed('\ufeff')).toBe('\ufeff');
  });
});
