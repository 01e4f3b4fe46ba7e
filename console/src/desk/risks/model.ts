// The risk of areas: which level holds where, and who follows whom. Pure.
import type { AreaKind, AreaRisk, RiskLevel } from '../../api';

/** How long the codes of each kind of area are. */
const LENGTHS: [AreaKind, number][] = [['province', 2], ['city', 4], ['district', 6], ['street', 9], ['community', 12], ['grid', 15]];

export function kindOf(code: string): AreaKind {
  return LENGTHS.find(([, length]) => length === code.length)?.[0] ?? 'grid';
}

/** The area and what is around it, from inside out. */
export function chainOf(code: string): string[] {
  return LENGTHS.map(([, length]) => length).filter((it) => it <= code.length).map((it) => code.slice(0, it)).reverse();
}

export interface Holding {
  level: RiskLevel;
  /** Where it was set: here, or around here; nowhere when it is low by itself. */
  from: AreaRisk | null;
  own: boolean;
}

export function holdingOf(code: string, set: AreaRisk[]): Holding {
  const from = chainOf(code).flatMap((it) => set.filter((one) => one.area_code === it))[0] ?? null;
  return { level: from?.level ?? 'low', from, own: from?.area_code === code };
}

/** Areas below with a level of their own and none between: they do not follow, and what is below them follows them. */
export function keepers(code: string, set: AreaRisk[]): AreaRisk[] {
  const below = (one: string, other: string) => other !== one && other.startsWith(one);
  const inside = set.filter((it) => below(code, it.area_code));
  return inside.filter((it) => !inside.some((other) => below(other.area_code, it.area_code)));
}

/** How many follow, of so many areas here and so many at each of those that do not. */
export function followers(here: number, kept: number[]): number {
  return Math.max(0, here - 1 - kept.reduce((sum, it) => sum + it, 0));
}

/** The gravest first, then by code. */
export function gravestFirst(set: AreaRisk[]): AreaRisk[] {
  const rank: Record<RiskLevel, number> = { high: 0, medium: 1, low: 2 };
  return [...set].sort((one, other) => rank[one.level] - rank[other.level] || one.area_code.localeCompare(other.area_code));
}
