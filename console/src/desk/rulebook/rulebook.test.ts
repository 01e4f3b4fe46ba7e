import { describe, expect, it } from 'vitest';
import type { RegimeRule, ReviewRoute, Rulebook, RulebookGroup } from '../../api';
import { commonStrings } from '../../i18n/common';
import { en } from '../../i18n/en';
import type { Lang } from '../../i18n/lang';
import { zh } from '../../i18n/zh';
import { changesOf, tally } from './diff';
import { added, dayAdded, moved, nearest, removed, renamed, usesOf } from './edit';
import { isUnwritten, placeAll } from './faults';
import { ANYBODY, becomes, regimeOf, routeOf, type Case } from './rules';
import { dayWords, faultWords, groupWords, inputWords, leftParts, partWords, type Says } from './words';

const words = (text: string) => ({ zh: text, en: text });
const group = (change: Partial<RulebookGroup> = {}): RulebookGroup => ({ ...ANYBODY, ...change });
const route = (name: string, change: Partial<ReviewRoute> = {}): ReviewRoute => ({ name: words(name), group: group(), lead: null, opinions: [], visit: false, reply_hours: 24, opinion_hours: 24, decision_working_days: 2, ...change });
const regime = (change: Partial<RegimeRule> = {}): RegimeRule => ({ group: group(), regime: 'filing', running: 'follow', reason: words('小企业先开'), ...change });
const CASE: Case = { industry: 'C39', size_class: 'micro', risk: 'low', area: '350102001' };

function book(change: Partial<Rulebook> = {}): Rulebook {
  return {
    departments: [{ key: 'health', name: words('卫健') }, { key: 'industry', name: words('工信') }],
    categories: [{ key: 'supplies', name: words('物资') }],
    regimes: [],
    routes: [route('施工', { group: group({ industries: ['E'] }), lead: 'industry', opinions: ['health'] }), route('高风险', { group: group({ risks: ['high'] }), opinions: ['health'] }), route('一般')],
    holidays: ['2020-04-06'], workdays: [],
    ...change,
  };
}

function says(it: Rulebook, lang: Lang = 'zh'): Says {
  const t = lang === 'zh' ? zh : en;
  return { w: t.rulebook, e: t.editing, forms: t.forms, sizes: commonStrings[lang].sizeClass, risks: t.risks.levels, lang, book: it, area: (code) => (code === '350102' ? '鼓楼区' : code) };
}

describe('which rule holds', () => {
  it('is the first whose group it is, and the last route is for everybody', () => {
    expect(routeOf(book(), CASE)?.name.zh).toBe('一般');
    expect(routeOf(book(), { ...CASE, risk: 'high' })?.name.zh).toBe('高风险');
    expect(routeOf(book(), { ...CASE, industry: 'E47', risk: 'high' })?.name.zh).toBe('施工');
    expect(regimeOf(book(), CASE)).toBe('approval');
    expect(regimeOf(book({ regimes: [regime({ group: group({ areas: ['350102'], size_classes: ['micro'] }) })] }), CASE)).toBe('filing');
    expect(regimeOf(book({ regimes: [regime({ group: group({ areas: ['350103'] }) })] }), CASE)).toBe('approval');
  });

  it('does something to what is under way only where the regime changes and the rule says follow', () => {
    expect(becomes(book(), book({ regimes: [regime()] }), CASE)).toBe('filed');
    expect(becomes(book(), book({ regimes: [regime({ regime: 'closed' })] }), CASE)).toBe('sentBack');
    expect(becomes(book(), book({ regimes: [regime({ running: 'stay' })] }), CASE)).toBe('stays');
    expect(becomes(book({ regimes: [regime()] }), book({ regimes: [regime({ reason: words('别的') })] }), CASE)).toBe('stays');
    expect(becomes(book({ regimes: [regime()] }), book(), CASE)).toBe('stays');
  });
});

describe('editing', () => {
  it('puts a new route before the one for everybody, and what else is new behind what is edited', () => {
    const first = added(book(), 'routes', { on: 'routes', at: 2 });
    expect(first.spot).toEqual({ on: 'routes', at: 2 });
    expect(first.value.routes.map((it) => it.name.zh)).toEqual(['施工', '高风险', '', '一般']);
    const second = added(book(), 'departments', { on: 'departments', at: 0 });
    expect(second.value.departments.map((it) => it.key)).toEqual(['health', 'department_1', 'industry']);
    expect(added(second.value, 'departments', { on: 'days' }).value.departments.at(-1)?.key).toBe('department_2');
  });

  it('takes a department out of the routes that name it, and names them before', () => {
    expect(usesOf(book(), 'health').map((it) => [it.route.name.zh, it.as])).toEqual([['施工', 'opinion'], ['高风险', 'opinion']]);
    const without = removed(book(), { on: 'departments', at: 0 });
    expect(without.value.routes.map((it) => it.opinions)).toEqual([[], [], []]);
    expect(without.spot).toEqual({ on: 'departments', at: 0 });
    expect(removed(book(), { on: 'departments', at: 1 }).value.routes[0]?.lead).toBeNull();
    // Another one with this key still stands for it.
    const twice = book({ departments: [...book().departments, { key: 'health', name: words('又一个') }] });
    expect(removed(twice, { on: 'departments', at: 0 }).value.routes[0]?.opinions).toEqual(['health']);
  });

  it('lets routes follow a department under another key, unless that key is taken', () => {
    expect(renamed(book(), 0, 'clinic').routes.map((it) => it.opinions)).toEqual([['clinic'], ['clinic'], []]);
    expect(renamed(book(), 0, 'industry').routes[0]?.opinions).toEqual(['health']);
  });

  it('moves within a list, and knows where it ends', () => {
    expect(moved(book(), { on: 'routes', at: 1 }, -1)?.value.routes.map((it) => it.name.zh)).toEqual(['高风险', '施工', '一般']);
    expect(moved(book(), { on: 'routes', at: 0 }, -1)).toBeNull();
    expect(moved(book(), { on: 'days' }, 1)).toBeNull();
    expect(nearest(book(), { on: 'regimes', at: 3 })).toEqual({ on: 'days' });
    expect(nearest(book(), { on: 'routes', at: 9 })).toEqual({ on: 'routes', at: 2 });
  });

  it('keeps days in their order, each once', () => {
    expect(dayAdded(book(), 'holidays', '2020-01-27').holidays).toEqual(['2020-01-27', '2020-04-06']);
    expect(dayAdded(book(), 'holidays', '2020-04-06').holidays).toEqual(['2020-04-06']);
  });
});

describe('faults', () => {
  it('stand at the inputs that hold them, in the language that lacks', () => {
    const broken = book({ departments: [{ key: 'health', name: { zh: '卫健', en: ' ' } }] });
    const placed = placeAll(broken, [{ at: 'departments.0.name', code: 'words' }, { at: 'routes.0.lead', code: 'unknown' }, { at: 'regimes.1', code: 'unreached' }, { at: 'holidays.0', code: 'day' }, { at: 'routes', code: 'size' }]);
    expect(placed).toEqual([
      { spot: { on: 'departments', at: 0 }, fault: { input: 'name.en', code: 'words', most: 60, empty: true } },
      { spot: { on: 'routes', at: 0 }, fault: { input: 'lead', code: 'unknown' } },
      { spot: { on: 'regimes', at: 1 }, fault: { input: 'whole', code: 'unreached' } },
      { spot: { on: 'days' }, fault: { input: 'holidays.0', code: 'day' } },
      { spot: { on: 'routes', at: 0 }, fault: { input: 'whole', code: 'size' } },
    ]);
    expect(placed.map((it) => isUnwritten(it, { on: 'departments', at: 0 }))).toEqual([true, false, false, false, false]);
    expect(placed.map((it) => faultWords(it.fault, it.spot, zh.rulebook))).toEqual(['请填写', '没有这个部门，请另选', '用不上：前面有一条已给所有企业。请把它往上移，或删除', '日期不对，或者重复了', '审核路线要有 1 到 100 条']);
    expect(placed.map((it) => inputWords(it.fault.input, says(broken)))).toEqual(['名称（英文）', '牵头部门', null, '另外休息', null]);
  });
});

describe('two versions', () => {
  it('are told apart thing by thing, also where a rule only changed for whom it is', () => {
    const after = book({
      departments: [{ key: 'industry', name: words('工信局') }, { key: 'commerce', name: words('商务') }, { key: 'health', name: words('卫健') }],
      regimes: [regime()],
      routes: [route('施工', { group: group({ industries: ['E', 'B'] }), lead: 'industry', opinions: ['health'] }), route('高风险', { group: group({ risks: ['high'] }), opinions: ['health'], visit: true }), route('其余')],
      holidays: [], workdays: ['2020-04-26'],
    });
    const changes = changesOf(book(), after);
    expect(tally(changes)).toEqual({ added: 2, changed: 7, removed: 0 });
    expect(changes.filter((it) => it.is === 'changed' && it.of === 'routes').map((it) => 'parts' in it && it.parts)).toEqual([['group'], ['visit'], ['name']]);
    expect(changes.filter((it) => it.is === 'changed' && it.of === 'departments').map((it) => 'parts' in it && it.parts.includes('name'))).toEqual([true, false]);
    expect(changes.filter((it) => it.is === 'days')).toEqual([{ is: 'days', of: 'holidays', added: [], removed: ['2020-04-06'] }, { is: 'days', of: 'workdays', added: ['2020-04-26'], removed: [] }]);
    expect(changesOf(after, after)).toEqual([]);
  });

  it('know a rule by its words when it is moved', () => {
    const [first, second, ...rest] = book().routes;
    const after = book({ routes: [second, first, ...rest].filter((it) => it !== undefined) });
    expect(changesOf(book(), after).map((it) => [it.is, 'parts' in it && it.parts])).toEqual([['changed', ['order']]]);
  });
});

describe('words', () => {
  it('say for whom a rule is', () => {
    const narrow = group({ industries: ['C', 'F52'], size_classes: ['micro'], risks: ['high'], areas: ['350102'] });
    expect(groupWords(group(), says(book()))).toBe('所有企业');
    expect(groupWords(narrow, says(book()))).toBe('行业属于 C 制造业、F52，并且规模属于小微，并且区域是高风险，并且在鼓楼区');
    expect(groupWords(narrow, says(book(), 'en'))).toMatch(/^Industry C Manufacturing, F52 and size .* and area of high risk and in 鼓楼区$/);
  });

  it('say what a route asks, and a key where the department is gone', () => {
    const it = route('某', { lead: 'gone', opinions: ['health', 'industry'] });
    expect(partWords('lead', it, says(book()))).toBe('gone');
    expect(partWords('opinions', it, says(book()))).toBe('卫健、工信');
    expect(partWords('decision_working_days', it, says(book(), 'en'))).toBe('within 2 working days');
    expect(dayWords('2020-04-06', 'zh')).toBe('2020-04-06 星期一');
    expect(dayWords('nonsense', 'zh')).toBe('nonsense');
  });

  it('count down in days and a clock', () => {
    expect(leftParts(2 * 86_400_000 + 3 * 3_600_000 + 4 * 60_000 + 5_000)).toEqual({ days: 2, clock: '03:04:05' });
    expect(leftParts(-1)).toEqual({ days: 0, clock: '00:00:00' });
  });
});
