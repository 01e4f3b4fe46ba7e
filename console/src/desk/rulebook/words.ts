// Parts of a rulebook as people read them. Pure.
import type { EnterpriseView, RegimeRule, RiskLevel, ReviewRoute, Rulebook, RulebookGroup } from '../../api';
import type { CommonStrings } from '../../i18n/common';
import type { EditingStrings } from '../../i18n/editing';
import type { FormsStrings, RisksStrings } from '../../i18n/forms';
import type { Lang } from '../../i18n/lang';
import type { RulebookStrings } from '../../i18n/rulebook';
import { number, weekday } from '../../shared/format';
import { industryWords } from '../forms/words';
import { bothWords, titleOf } from '../parts/edit/words';
import type { Part, Thing } from './diff';
import type { Spot } from './edit';
import type { Fault } from './faults';
import { isEverybody } from './rules';

/** What words about a rulebook are made of. */
export interface Says {
  w: RulebookStrings; e: EditingStrings; forms: FormsStrings; sizes: CommonStrings['sizeClass']; risks: RisksStrings['levels']; lang: Lang; book: Rulebook;
  /** An area's name by its code. */
  area: (code: string) => string;
}

export function groupWords(group: RulebookGroup, says: Says): string {
  const { w, forms, sizes, risks } = says;
  const g = w.group;
  if (isEverybody(group)) return w.everybody;
  const parts = [
    [group.industries, (it: string) => industryWords(it, forms), g.industries],
    [group.size_classes, (it: string) => sizes[it as EnterpriseView['size_class']] ?? it, g.sizes],
    [group.risks, (it: string) => risks[it as RiskLevel], g.risks],
    [group.areas, says.area, g.areas],
  ] as const;
  const text = parts.flatMap(([list, name, say]) => (list.length === 0 ? [] : [say(list.map(name).join(g.or))])).join(g.and);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A department by its key; the key itself where there is none. */
export function departmentName(key: string, { book, e, lang }: Says): string {
  const found = book.departments.find((it) => it.key === key);
  return found ? titleOf(found.name, e, lang) : key;
}

export function leadWords(lead: string | null, says: Says): string {
  return lead === null ? says.w.leadNone : departmentName(lead, says);
}

export function opinionWords(keys: string[], says: Says): string {
  return keys.length === 0 ? says.w.opinionsNone : keys.map((it) => departmentName(it, says)).join(says.w.group.or);
}

/** A date with its weekday: days are compared by their numbers and known by their names. */
export function dayWords(day: string, lang: Lang): string {
  return Number.isNaN(Date.parse(day)) ? day : `${day} ${weekday(`${day}T12:00:00+08:00`, lang)}`;
}

/** What a thing is called in a list. */
export function thingTitle(thing: Thing, says: Says): string {
  return 'name' in thing ? titleOf(thing.name, says.e, says.lang) : groupWords(thing.group, says);
}

export function spotTitle(spot: Spot, says: Says): string {
  if (spot.on === 'days') return says.w.lists.days;
  const thing = says.book[spot.on][spot.at];
  return thing ? thingTitle(thing, says) : says.w.lists[spot.on];
}

export function partWords(part: Part, thing: Thing, says: Says): string {
  if ('key' in thing) return bothWords(thing.name);
  return 'regime' in thing ? regimePart(part, thing, says) : routePart(part, thing, says);
}

function regimePart(part: Part, it: RegimeRule, says: Says): string {
  if (part === 'regime') return says.w.regimeSays[it.regime];
  if (part === 'running') return says.w.runningSays[it.running][it.regime];
  return part === 'group' ? groupWords(it.group, says) : bothWords(it.reason);
}

export function routePart(part: Part, it: ReviewRoute, says: Says): string {
  const { w, lang } = says;
  switch (part) {
    case 'group': return groupWords(it.group, says);
    case 'lead': return leadWords(it.lead, says);
    case 'opinions': return opinionWords(it.opinions, says);
    case 'visit': return w.visits[it.visit ? 'yes' : 'no'];
    case 'reply_hours': return w.hours(number(it.reply_hours, lang));
    case 'opinion_hours': return w.hours(number(it.opinion_hours, lang));
    case 'decision_working_days': return w.workingDays(number(it.decision_working_days, lang));
    default: return bothWords(it.name);
  }
}

/** What is wrong at an input, and what to do. */
export function faultWords(fault: Fault, spot: Spot, { faults }: RulebookStrings): string {
  switch (fault.code) {
    case 'words': return fault.empty ? faults.empty : faults.long(fault.most);
    case 'size': return faults.size[spot.on];
    case 'unreached': return faults.unreached[spot.on === 'routes' ? 'routes' : 'regimes'];
    default: return faults[fault.code];
  }
}

/** An input by its label; nothing where the fault is about the whole. */
export function inputWords(input: string, { w, e }: Says): string | null {
  const [name = '', inner] = input.split('.');
  const labels: Record<string, string> = {
    key: e.key, name: w.edit.name, reason: w.edit.reason, group: w.edit.group, lead: w.edit.lead, opinions: w.edit.opinions, reply_hours: w.edit.replyHours,
    opinion_hours: w.edit.opinionHours, decision_working_days: w.edit.decisionDays, holidays: w.holidays, workdays: w.workdays,
  };
  const label = labels[name] ?? null;
  return label !== null && (inner === 'zh' || inner === 'en') ? e.inBoth(label, e[inner]) : label;
}

const DAY_MS = 86_400_000;

/** How long until something begins: days, and a clock that runs. */
export function leftParts(ms: number): { days: number; clock: string } {
  const left = Math.max(0, ms);
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  return { days: Math.floor(left / DAY_MS), clock: `${two((left % DAY_MS) / 3_600_000)}:${two((left % 3_600_000) / 60_000)}:${two((left % 60_000) / 1000)}` };
}
