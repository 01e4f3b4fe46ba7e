// What the server puts into a fact's detail, read with care: its shape depends on the kind.
import type { FactView, HealthStatus, VerdictOutcome } from '../api';

type Detail = FactView['detail'];

export function text(detail: Detail, name: string): string | null {
  const value = detail[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
export function figure(detail: Detail, name: string): number | null {
  const value = detail[name];
  return typeof value === 'number' ? value : null;
}
export function flag(detail: Detail, name: string): boolean | null {
  const value = detail[name];
  return typeof value === 'boolean' ? value : null;
}
export function list(detail: Detail, name: string): string[] {
  const value = detail[name];
  return Array.isArray(value) ? value.filter((it): it is string => typeof it === 'string') : [];
}

const OUTCOMES: readonly string[] = ['admit', 'correct', 'recheck', 'hold', 'deny'];
export function outcome(detail: Detail): VerdictOutcome | null {
  const value = text(detail, 'outcome');
  return value && OUTCOMES.includes(value) ? (value as VerdictOutcome) : null;
}

const STATUSES: readonly string[] = ['green', 'amber', 'red', 'unknown'];
export function healthStatus(detail: Detail, name: string): HealthStatus | null {
  const value = text(detail, name);
  return value && STATUSES.includes(value) ? (value as HealthStatus) : null;
}

export function known<K extends string>(words: Record<K, unknown>, codes: string[]): K[] {
  return codes.filter((code): code is K => Object.hasOwn(words, code));
}

