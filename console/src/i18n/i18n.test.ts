import { describe, expect, it } from 'vitest';
import { commonStrings } from './common';
import { en } from './en';
import { errorCodes, errorWords } from './errorWords';
import { zh } from './zh';

type Leaf = string | number | ((...args: never[]) => string);

function leaves(value: unknown, path = ''): [string, Leaf][] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'function') return [[path, value as Leaf]];
  return Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

/** A measure word or an empty slot that one of the two languages does without. */
const MAY_BE_EMPTY = /(Unit|menuGroup\.main|shifts\.day\.0)$/;

describe.each([['the desk', zh, en], ['what all faces share', commonStrings.zh, commonStrings.en]])('words of %s', (_, chinese, english) => {
  const zhLeaves = new Map(leaves(chinese));
  const enLeaves = new Map(leaves(english));

  it('has the same keys in both languages', () => {
    expect([...enLeaves.keys()].sort()).toEqual([...zhLeaves.keys()].sort());
  });

  it('has no empty word', () => {
    for (const [path, leaf] of [...zhLeaves, ...enLeaves]) {
      if (typeof leaf === 'string' && !MAY_BE_EMPTY.test(path)) expect(leaf.trim() === '' && !path.endsWith('gap') ? path : '').toBe('');
    }
  });

  it('uses every argument in both languages or in neither', () => {
    for (const [path, leaf] of zhLeaves) {
      const other = enLeaves.get(path);
      if (typeof leaf !== 'function' || typeof other !== 'function' || path === 'error') continue;
      const args = Array.from({ length: leaf.length }, (__, at) => `«${at}»`) as never[];
      expect([path, leaf(...args).length > 0]).toEqual([path, true]);
      expect([path, other(...args).length > 0]).toEqual([path, true]);
    }
  });

  it('writes no Chinese in English and no placeholder', () => {
    for (const [path, leaf] of enLeaves) {
      if (typeof leaf !== 'string' || path === 'language.other') continue;
      expect([path, /[\u4e00-\u9fff]|TODO|undefined/.test(leaf)]).toEqual([path, false]);
    }
  });
});

describe('errors', () => {
  it.each(errorCodes)('%s says what is so and what to do, in both languages', (code) => {
    for (const lang of ['zh', 'en'] as const) {
      const words = errorWords[lang](code, { retry_after_s: '30', max: '10', code });
      expect(words).toMatch(lang === 'zh' ? /。/ : /[.;,:] /);
    }
  });

  it('shows the seconds to wait', () => {
    expect(errorWords.zh('back_off', { retry_after_s: '42' })).toBe('试得太多了。请等 42 秒再试');
    expect(errorWords.en('back_off', { retry_after_s: '42' })).toContain('42 s');
  });

  it('never shows a bare code the console does not know', () => {
    expect(errorWords.zh('brand_new_code', {})).toContain('请把请求编号告诉管理员');
    expect(errorWords.zh('constructor', {})).toContain('没有完成');
  });
});

describe('wordings the design fixed', () => {
  it('keeps the verdict words', () => {
    expect(commonStrings.zh.verdict).toEqual({ admit: '放行', correct: '请戴口罩', recheck: '请复测', hold: '待核', deny: '禁止进入' });
    expect(commonStrings.zh.error('credit_code_check', {})).toBe('信用代码最后一位不对。请对照营业执照第 18 位');
  });
});
