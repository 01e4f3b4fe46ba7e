import { describe, expect, it } from 'vitest';
import type { FormCondition, FormDefinition, FormField, FormSection, FormTakes } from '../../api';
import { commonStrings } from '../../i18n/common';
import { en } from '../../i18n/en';
import type { Lang } from '../../i18n/lang';
import { zh } from '../../i18n/zh';
import vectors from '../../shared/forms/forms.vectors.json';
import { industriesOf } from './applicant';
import { brokenBy, brokenOf } from './conditions';
import { changesOf, tally } from './diff';
import { fieldAdded, freeKey, moved, movedInto, nearest, optionRenamed, removed, renamed, sectionAdded, takesOf, withField, type Edit, type Spot } from './edit';
import { placeAll } from './faults';
import { back, forth, freshTrail, stepped } from '../parts/edit/trail';
import { conditionWords, faultWords, type Says } from './words';

const words = (text: string) => ({ zh: text, en: text });
const field = (key: string, takes: FormTakes = { kind: 'yes_no' }, change: Partial<FormField> = {}): FormField => ({ key, label: words(key), help: null, takes, required: { need: 'always' }, shown_when: null, prefill: null, ...change });
const section = (key: string, fields: FormField[], change: Partial<FormSection> = {}): FormSection => ({ key, title: words(key), lead: null, shown_when: null, fields, ...change });
const yes = (name: string): FormCondition => ({ is: 'yes', field: name });
const CHOICE: FormTakes = { kind: 'choice', options: [{ code: 'a', label: words('甲') }, { code: 'b', label: words('乙') }, { code: 'c', label: words('丙') }] };

/** Two sections; the second question is asked because of the first, the third is wanted because of the choice. */
function form(): FormDefinition {
  return {
    sections: [
      section('one', [field('first'), field('second', { kind: 'text', most: 9 }, { shown_when: yes('first') }), field('pick', CHOICE)]),
      section('two', [field('third', { kind: 'number', least: 0, most: 9, unit: null }, { required: { need: 'when', condition: { is: 'chosen', field: 'pick', codes: ['a'] } } })], { shown_when: yes('first') }),
    ],
    pledge: words('承诺'),
  };
}

const at = (section: number, field: number) => ({ on: 'field' as const, section, field });
const keys = (it: FormDefinition | undefined) => it?.sections.map((one) => one.fields.map((two) => two.key).join(' '));
const says = (it: FormDefinition, lang: Lang = 'zh'): Says => {
  const t = lang === 'zh' ? zh : en;
  return { w: t.forms, e: t.editing, sizes: commonStrings[lang].sizeClass, risks: t.risks.levels, lang, form: it };
};

describe('moving', () => {
  it('goes place by place, and at the edge of a section into the next', () => {
    let edit: Edit | null = { form: form(), spot: at(0, 1) };
    const seen: unknown[] = [];
    for (let n = 0; n < 3; n += 1) {
      edit = edit && moved(edit.form, edit.spot, 1);
      seen.push(keys(edit?.form));
    }
    expect(seen).toEqual([['first pick second', 'third'], ['first pick', 'second third'], ['first pick', 'third second']]);
    expect(edit && moved(edit.form, edit.spot, 1)).toBeNull();
    expect(keys(moved(form(), at(1, 0), -1)?.form)).toEqual(['first second pick third', '']);
    expect(moved(form(), at(0, 0), -1)).toBeNull();
  });

  it('takes whole sections along, and the hand with them', () => {
    const edit = moved(form(), { on: 'section', section: 1 }, -1);
    expect([keys(edit?.form), edit?.spot]).toEqual([['third', 'first second pick'], { on: 'section', section: 0 }]);
    expect(moved(form(), { on: 'section', section: 1 }, 1)).toBeNull();
    expect(moved(form(), { on: 'form' }, 1)).toBeNull();
  });

  it('into a chosen section goes to its end', () => {
    const edit = movedInto(form(), at(0, 2), 1);
    expect([keys(edit?.form), edit?.spot]).toEqual([['first second', 'third pick'], at(1, 1)]);
    expect(movedInto(form(), at(0, 2), 0)).toBeNull();
  });

  it('says which conditions it would break', () => {
    expect(brokenOf(form())).toEqual([]);
    const up = moved(form(), at(0, 1), -1);
    expect(brokenBy(form(), up?.form ?? form())).toEqual([{ holder: 'second', part: 'shown_when', field: 'first', why: 'later' }]);
    const into = movedInto(form(), at(0, 0), 1);
    expect(brokenBy(form(), into?.form ?? form()).map((it) => [it.holder, it.why])).toEqual([['second', 'later'], ['two', 'later']]);
    const whole = moved(form(), { on: 'section', section: 1 }, -1);
    expect(brokenBy(form(), whole?.form ?? form()).map((it) => [it.holder, it.part, it.field])).toEqual([['two', 'shown_when', 'first'], ['third', 'required', 'pick']]);
    expect(brokenBy(form(), moved(form(), at(0, 2), -1)?.form ?? form())).toEqual([]);
  });
});

describe('adding and removing', () => {
  it('adds behind what is edited, under a name of its own', () => {
    const one = fieldAdded(form(), 0, at(0, 0));
    expect([keys(one.form), one.spot]).toEqual([['first question_1 second pick', 'third'], at(0, 1)]);
    const other = fieldAdded(one.form, 1, one.spot);
    expect([keys(other.form), other.spot]).toEqual([['first question_1 second pick', 'third question_2'], at(1, 1)]);
    const whole = sectionAdded(other.form, { on: 'section', section: 0 });
    expect([whole.form.sections.map((it) => it.key), whole.spot]).toEqual([['one', 'section_1', 'two'], { on: 'section', section: 1 }]);
    expect(freeKey(whole.form, 'section')).toBe('section_2');
  });

  it('removes, and the hand stays near', () => {
    const last = removed(form(), at(0, 2));
    expect([keys(last.form), last.spot]).toEqual([['first second', 'third'], at(0, 1)]);
    expect(brokenBy(form(), last.form)).toEqual([{ holder: 'third', part: 'required', field: 'pick', why: 'gone' }]);
    const only = removed(form(), at(1, 0));
    expect(only.spot).toEqual({ on: 'section', section: 1 });
    const section2 = removed(form(), { on: 'section', section: 1 });
    expect([keys(section2.form), section2.spot]).toEqual([['first second pick'], { on: 'section', section: 0 }]);
    expect(nearest({ ...form(), sections: [] }, at(3, 3))).toEqual({ on: 'form' });
  });

  it('keeps the options of a choice that becomes one of several', () => {
    expect(takesOf('choices', CHOICE)).toEqual({ ...CHOICE, kind: 'choices' });
    expect(takesOf('text', CHOICE)).toEqual({ kind: 'text', most: 200 });
  });
});

describe('another name', () => {
  it('is followed by the conditions that meant it', () => {
    const next = renamed(form(), at(0, 0), 'premier');
    expect([next.sections[0]?.fields[1]?.shown_when, next.sections[1]?.shown_when]).toEqual([yes('premier'), yes('premier')]);
    expect(brokenOf(next)).toEqual([]);
    const code = optionRenamed(form(), at(0, 2), 0, 'alpha');
    expect(brokenOf(code)).toEqual([]);
    expect(code.sections[1]?.fields[0]?.required).toEqual({ need: 'when', condition: { is: 'chosen', field: 'pick', codes: ['alpha'] } });
  });

  it('that something else has is followed by nothing: nobody knows whom they meant', () => {
    const twice = renamed(form(), at(0, 0), 'pick');
    expect(twice.sections[0]?.fields[1]?.shown_when).toEqual(yes('first'));
    const apart = renamed(twice, at(0, 0), 'solo');
    expect(apart.sections[1]?.fields[0]?.required).toEqual(form().sections[1]?.fields[0]?.required);
  });
});

describe('steps', () => {
  it('go back and forth, and what is typed into one place is one of them', () => {
    let trail = freshTrail<string>();
    let now = '';
    const type = (next: string, mark: string | null) => { trail = stepped(trail, now, mark); now = next; };
    type('a', 'x');
    type('ab', 'x');
    type('ab!', null);
    const one = back(trail, now);
    expect(one?.value).toBe('ab');
    const two = one && back(one.trail, one.value);
    expect([two?.value, two && back(two.trail, two.value)]).toEqual(['', null]);
    const again = two && forth(two.trail, two.value);
    expect(again?.value).toBe('ab');
    expect(again && forth(again.trail, again.value)?.value).toBe('ab!');
  });

  it('forget what was ahead once something new is done, also in the same place', () => {
    let trail = stepped(freshTrail<number>(), 0, 'x');
    const undone = back(trail, 1);
    trail = stepped(undone?.trail ?? trail, 0, 'x');
    expect(forth(trail, 2)).toBeNull();
    expect(back(trail, 2)?.value).toBe(0);
  });
});

describe('two versions', () => {
  const after = (change: (it: FormDefinition) => void): FormDefinition => {
    const it = structuredClone(form());
    change(it);
    return it;
  };
  const told = (next: FormDefinition) => changesOf(form(), next).map((it) => [it.is, 'field' in it ? it.field.key : 'section' in it ? it.section.key : it.is === 'pledge' ? '' : it.after.key, 'parts' in it ? it.parts : []]);

  it('are the same', () => {
    expect(changesOf(form(), form())).toEqual([]);
  });

  it('tell what was added, changed and removed', () => {
    const next = after((it) => {
      it.pledge = words('另一个');
      it.sections[0]?.fields.splice(1, 1, field('new'));
      it.sections[1] = section('two', [field('third', { kind: 'number', least: 1, most: 9, unit: null })]);
      it.sections.push(section('three', [field('last')]));
    });
    expect(told(next)).toEqual([
      ['pledge', '', []], ['field_added', 'new', []], ['section_changed', 'two', ['shown_when']], ['field_changed', 'third', ['takes', 'required']],
      ['section_added', 'three', []], ['field_added', 'last', []], ['field_removed', 'second', []],
    ]);
    expect(tally(changesOf(form(), next))).toEqual({ added: 3, changed: 3, removed: 1 });
    expect(told({ ...form(), sections: form().sections.slice(0, 1) })).toEqual([['section_removed', 'two', []], ['field_removed', 'third', []]]);
  });

  it('name only what was moved, not what it passed', () => {
    expect(told(after((it) => it.sections[0]?.fields.unshift(...(it.sections[0]?.fields.splice(2, 1) ?? []))))).toEqual([['field_changed', 'pick', ['order']]]);
    expect(told(after((it) => it.sections[1]?.fields.push(...(it.sections[0]?.fields.splice(1, 1) ?? []))))).toEqual([['field_changed', 'second', ['section']]]);
    const many = Array.from({ length: 9 }, (_, n) => field(`f${n}`));
    const [first, ...rest] = many;
    const of = (fields: FormField[]): FormDefinition => ({ sections: [section('s', fields)], pledge: words('p') });
    expect(changesOf(of(many), of(first ? [...rest, first] : rest)).length).toBe(1);
  });
});

describe('what is wrong', () => {
  const placed = (it: FormDefinition, at: string, code: Parameters<typeof placeAll>[1][number]['code']) => placeAll(it, [{ at, code }]).map(({ spot, fault }) => [spot.on, fault.input]);

  it('stands at the input that holds it', () => {
    const broken = form();
    broken.sections[0]?.fields.splice(0, 1, field('first', CHOICE, { label: { zh: '题', en: ' ' }, help: { zh: 'x'.repeat(4001), en: 'x' }, shown_when: yes('second'), required: { need: 'when', condition: { is: 'all', of: [] } } }));
    expect(placed(broken, 'first', 'words')).toEqual([['field', 'label.en'], ['field', 'help.zh']]);
    expect(placed(broken, 'first', 'condition')).toEqual([['field', 'shown_when'], ['field', 'required']]);
    expect(placed({ ...broken, pledge: { zh: '', en: 'x' } }, '', 'words')).toEqual([['form', 'pledge.zh']]);
    expect(placed(broken, 'two', 'size')).toEqual([['section', 'size']]);
    expect(placed(broken, 'third', 'limits')).toEqual([['field', 'limits']]);
  });

  it('in options is told option by option', () => {
    const bad = form();
    bad.sections[0]?.fields.splice(2, 1, field('pick', { kind: 'choice', options: [{ code: 'a', label: words('甲') }, { code: 'a', label: { zh: '', en: 'b' } }, { code: '', label: words('丙') }] }));
    expect(placed(bad, 'pick', 'options')).toEqual([['field', 'options.1.code'], ['field', 'options.2.code']]);
    expect(placed(bad, 'pick', 'words')).toEqual([['field', 'options.1.zh']]);
  });

  it('of two things with one name stands where it can be seen, and what cannot be seen at both', () => {
    const twice = renamed(form(), at(1, 0), 'first');
    expect(placeAll(twice, [{ at: 'first', code: 'key_twice' }]).map((it) => it.spot)).toEqual([at(0, 0), at(1, 0)]);
    const blank = withField(twice, 1, 0, { ...field('first'), label: { zh: '', en: '' } });
    expect(placeAll(blank, [{ at: 'first', code: 'words' }]).map((it) => it.spot)).toEqual([at(1, 0), at(1, 0)]);
    expect(placeAll(form(), [{ at: 'pick', code: 'condition' }]).map(({ spot, fault }) => [spot, fault.input])).toEqual([[at(0, 2), 'whole']]);
  });

  it('is said in words, in both languages', () => {
    const broken = form();
    broken.sections[0]?.fields.splice(1, 1, field('second', { kind: 'yes_no' }, { shown_when: yes('pick') }));
    const [one] = placeAll(broken, [{ at: 'second', code: 'condition' }]);
    expect(one && faultWords(one.fault, says(broken))).toBe('条件问的“pick”不在前面，请另选一题，或把它移到前面');
    expect(one && faultWords(one.fault, says(broken, 'en'))).toContain('“pick” is not asked before this');
  });
});

describe('words of conditions', () => {
  it('read as a sentence', () => {
    const condition: FormCondition = { is: 'all', of: [{ is: 'any', of: [yes('first'), { is: 'chosen', field: 'pick', codes: ['a', 'b'] }] }, { is: 'not', of: { is: 'at_least', field: 'third', value: 1000 } }, { is: 'industry', begins: ['C', 'F52'] }, { is: 'size', classes: ['micro'] }, { is: 'risk', levels: ['high'] }] };
    expect(conditionWords(condition, says(form()))).toBe('（“first”答“是”，或者“pick”选了甲、乙），并且不是（“third”不少于 1,000），并且行业属于 C 制造业、F52，并且规模属于小微，并且区域风险是高风险');
  });

  it('offer the industries that the form asks about', () => {
    const built = (vectors as unknown as { form: FormDefinition }[])[1]?.form ?? form();
    const one: Spot = at(0, 0);
    expect(industriesOf(withField(built, one.section, one.field, field('x', CHOICE, { shown_when: { is: 'industry', begins: ['F52'] } })))).toContain('F52');
    expect(brokenOf(built)).toEqual([]);
  });
});
