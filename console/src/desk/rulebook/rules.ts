// Which rule of a rulebook holds for whom, as the server decides it. Pure.
import type { Regime, RegimeRule, ReviewRoute, RiskLevel, Rulebook, RulebookGroup } from '../../api';

/** Who applies: what groups ask about. */
export interface Case { industry: string; size_class: string; risk: RiskLevel; area: string }

export const ANYBODY: RulebookGroup = { industries: [], size_classes: [], risks: [], areas: [] };

export function isEverybody(group: RulebookGroup): boolean {
  return [group.industries, group.size_classes, group.risks, group.areas].every((it) => it.length === 0);
}

export function holds(group: RulebookGroup, it: Case): boolean {
  const begins = (list: string[], what: string) => list.length === 0 || list.some((one) => what.startsWith(one));
  return begins(group.industries, it.industry) && begins(group.areas, it.area)
    && (group.size_classes.length === 0 || group.size_classes.includes(it.size_class))
    && (group.risks.length === 0 || group.risks.includes(it.risk));
}

export function regimeRuleOf(book: Rulebook, it: Case): RegimeRule | null {
  return book.regimes.find((one) => holds(one.group, it)) ?? null;
}

export function regimeOf(book: Rulebook, it: Case): Regime {
  return regimeRuleOf(book, it)?.regime ?? 'approval';
}

export function routeOf(book: Rulebook, it: Case): ReviewRoute | null {
  return book.routes.find((one) => holds(one.group, it)) ?? null;
}

export type Becomes = 'stays' | 'filed' | 'sentBack';

/** What happens to an application under way when `to` follows upon `from`. A rule that held before is no switch. */
export function becomes(from: Rulebook, to: Rulebook, it: Case): Becomes {
  const rule = regimeRuleOf(to, it);
  if (!rule || rule.running === 'stay' || rule.regime === regimeOf(from, it)) return 'stays';
  return rule.regime === 'filing' ? 'filed' : rule.regime === 'closed' ? 'sentBack' : 'stays';
}
