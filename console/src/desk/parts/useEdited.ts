// What is typed over what the server has: kept through reloads, and never silently over what somebody else has changed.
import { useState } from 'react';
import { dropDraft, readDraft, saveDraft } from './drafts';

/** Whether two values say the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export interface Edited<Value> {
  value: Value;
  /** The version that is sent back. */
  version: number;
  /** Something was typed that is not saved. */
  dirty: boolean;
  /** Somebody else has changed the same since this was read. */
  stale: boolean;
  set: (next: Value) => void;
  /** Forgets what was typed. */
  takeTheirs: () => void;
  /** Keeps what was typed, on top of what is there now. */
  keepMine: () => void;
  /** It was saved; `version` is what came of it. */
  saved: (value: Value, version: number) => void;
}

interface State<Value> { base: Value; version: number; value: Value }

/** `name` is that of the draft on this device; `now` and `version` are what the server has at the moment. */
export function useEdited<Value>(name: string, now: Value, version: number): Edited<Value> {
  const [state, setState] = useState<State<Value>>(() => {
    const kept = readDraft<State<Value>>(name);
    return kept && typeof kept === 'object' && 'base' in kept ? kept : { base: now, version, value: now };
  });
  const keep = (next: State<Value>) => {
    setState(next);
    if (isSame(next.value, next.base)) dropDraft(name);
    else saveDraft(name, next);
  };
  const dirty = !isSame(state.value, state.base);
  // The answer to saving comes before the page is read again.
  const moved = state.version < version;
  const theirs = moved && !isSame(now, state.base);
  // What changed elsewhere in the course does not matter here; what was not touched here follows.
  if (moved && (!theirs || !dirty)) setState({ base: now, version, value: dirty ? state.value : now });
  return {
    value: state.value, version: state.version, dirty, stale: theirs && dirty,
    set: (value) => keep({ ...state, value }),
    takeTheirs: () => keep({ base: now, version, value: now }),
    keepMine: () => keep({ base: now, version, value: state.value }),
    saved: (value, next) => {
      dropDraft(name);
      setState({ base: value, version: next, value });
    },
  };
}
