// Teams and days of a project. Pure.
import type { Project } from '../../api';

export const MOST_DAYS = 31;

/** The teams of all companies by name, each once. */
export function teamNames(project: Project): string[] {
  const names = project.companies.flatMap((it) => it.teams.flatMap((team) => (team.name ? [team.name] : [])));
  return [...new Set(names)].toSorted((a, b) => a.localeCompare(b, 'zh-CN'));
}

/** Whether these days, both with it, are in order and no more than one export holds. */
export function lastDays(from: string, until: string): boolean {
  const days = (Date.parse(until) - Date.parse(from)) / 86_400_000;
  return days >= 0 && days < MOST_DAYS;
}
