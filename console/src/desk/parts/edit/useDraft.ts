// What is being edited: kept in the browser, and step by step.
import { useState } from 'react';
import { readDraft } from '../drafts';
import { useEdited, type Edited } from '../useEdited';
import { back, forth, freshTrail, stepped, type Trail } from './trail';

/** Whether somebody has begun a version on this device. */
export function hasDraft(name: string): boolean {
  return readDraft(name) !== null;
}

export interface Draft<Value> {
  value: Value;
  edited: Edited<Value>;
  /** Changes of one mark, one after the other, are one step. */
  change: (next: Value, mark?: string) => void;
  undo: (() => void) | null;
  redo: (() => void) | null;
}

/** `name` is that of the draft on this device; `now` and `version` are what is in force. */
export function useDraft<Value>(name: string, now: Value, version: number): Draft<Value> {
  const edited = useEdited(name, now, version);
  const [trail, setTrail] = useState<Trail<Value>>(freshTrail);
  const { value } = edited;
  const go = (step: { trail: Trail<Value>; value: Value } | null) => (step ? () => { setTrail(step.trail); edited.set(step.value); } : null);
  const forget = () => setTrail(freshTrail());
  return {
    value,
    edited: { ...edited, takeTheirs: () => { forget(); edited.takeTheirs(); }, saved: (it, next) => { forget(); edited.saved(it, next); } },
    change: (next, mark) => {
      if (next === value) return;
      setTrail(stepped(trail, value, mark ?? null));
      edited.set(next);
    },
    undo: go(back(trail, value)),
    redo: go(forth(trail, value)),
  };
}
