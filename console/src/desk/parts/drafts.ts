// What was typed into a form about a place, kept on this device for a day. Nothing about persons goes here.
const PREFIX = 'fugong.draft.';
const KEEP_MS = 24 * 3_600_000;

interface Draft { at: number; values: unknown }

export function saveDraft(name: string, values: unknown): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify({ at: Date.now(), values } satisfies Draft));
  } catch {
    // A full or closed store only costs the draft.
  }
}

export function readDraft<Values>(name: string): Values | null {
  try {
    const text = localStorage.getItem(PREFIX + name);
    if (!text) return null;
    const draft = JSON.parse(text) as Draft;
    if (Date.now() - draft.at < KEEP_MS) return draft.values as Values;
    dropDraft(name);
    return null;
  } catch {
    return null;
  }
}

export function dropDraft(name: string): void {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing to drop.
  }
}
