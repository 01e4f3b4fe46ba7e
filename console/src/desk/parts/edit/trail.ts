// Steps back and forth through what was edited. Pure.

export interface Trail<Value> { past: Value[]; ahead: Value[]; mark: string | null }

/** More steps than this nobody takes back. */
const STEPS_MOST = 100;

export function freshTrail<Value>(): Trail<Value> {
  return { past: [], ahead: [], mark: null };
}

/** Remembers how it was before a change. What is typed into one place is one step: it has the same mark. */
export function stepped<Value>(trail: Trail<Value>, before: Value, mark: string | null): Trail<Value> {
  if (mark !== null && mark === trail.mark && trail.past.length > 0) return { ...trail, ahead: [] };
  return { past: [...trail.past, before].slice(-STEPS_MOST), ahead: [], mark };
}

export function back<Value>(trail: Trail<Value>, now: Value): { trail: Trail<Value>; value: Value } | null {
  const value = trail.past.at(-1);
  if (value === undefined) return null;
  return { trail: { past: trail.past.slice(0, -1), ahead: [now, ...trail.ahead], mark: null }, value };
}

export function forth<Value>(trail: Trail<Value>, now: Value): { trail: Trail<Value>; value: Value } | null {
  const [value, ...ahead] = trail.ahead;
  if (value === undefined) return null;
  return { trail: { past: [...trail.past, now], ahead, mark: null }, value };
}
