// A declaration that is being filled in: saved by itself, and the same in two tabs.
import type { Answers } from '../api';
import { uuid } from '../shared/uuid';

export interface Draft { key: string; answers: Answers }

export const NOTHING: Answers = { symptoms: [], contact: false, family_unwell: false, temperature_c: null, places: [], legs: [] };
const PREFIX = 'fugong.m.draft.';

export function loadDraft(person: string, last: Answers | null): Draft {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(`${PREFIX}${person}`) ?? 'null');
    if (isDraft(stored)) return stored;
  } catch {
    // What cannot be read is begun again.
  }
  // Yesterday's answers are offered; a measurement is of its own day.
  return { key: uuid(), answers: last ? { ...last, temperature_c: null } : NOTHING };
}

export function saveDraft(person: string, draft: Draft): void {
  localStorage.setItem(`${PREFIX}${person}`, JSON.stringify(draft));
}

export function dropDraft(person: string): void {
  localStorage.removeItem(`${PREFIX}${person}`);
}

/** Calls back when another tab has changed it. */
export function onDraft(person: string, listener: () => void): () => void {
  const heard = (event: StorageEvent) => { if (event.key === `${PREFIX}${person}`) listener(); };
  window.addEventListener('storage', heard);
  return () => window.removeEventListener('storage', heard);
}

function isDraft(it: unknown): it is Draft {
  return typeof it === 'object' && it !== null && 'key' in it && 'answers' in it && typeof it.answers === 'object' && it.answers !== null && 'legs' in it.answers;
}
