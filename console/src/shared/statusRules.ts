// The status rules in sentences, one a rule; a rule whose duration is nothing is off and says so.
import type { StatusRules } from '../api';
import type { CommonStrings } from '../i18n/common';

export function ruleLines(rules: StatusRules, words: CommonStrings): string[] {
  const line = words.ruleLine;
  const lines = [line.red, line.symptoms(rules.symptoms_hours), line.contact(rules.contact_days), line.family(rules.family_hours), line.observation(rules.observation_days), line.statement(rules.statement_hours)];
  return rules.affected_areas.length === 0 ? lines : [...lines, line.areas(rules.affected_areas.map((it) => line.area(it.name, it.from, it.until)).join(words.gap))];
}
