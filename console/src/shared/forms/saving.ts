// How a form saves itself: only what changed, one save at a time, again when it did not arrive, and never over what somebody
// else has changed. Without React, without a clock of its own.
import type { FormAnswer } from '../../api';
import type { FormAnswers } from './rules';

export const PAUSE_MS = 800;
const RETRY_MS = [3_000, 10_000, 30_000];

export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed';

/** One question that was changed here and elsewhere. Null: no answer. */
export interface Clash { mine: FormAnswer | null; theirs: FormAnswer | null }

export interface Saving {
  answers: FormAnswers;
  revision: number;
  state: SaveState;
  savedAt: string | null;
  /** Why the last save failed. */
  error: unknown;
  clashes: Record<string, Clash>;
}

export interface Saved { revision: number; saved_at: string }
export interface Theirs { revision: number; answers: FormAnswers }

export interface Doors {
  send: (changes: FormAnswers, cleared: string[], from: number) => Promise<Saved>;
  /** What the server has now. */
  read: () => Promise<Theirs>;
  /** Whether somebody else has changed the same. */
  isClash: (error: unknown) => boolean;
  /** Whether it may be sent again as it is. */
  isPassing: (error: unknown) => boolean;
  after: (ms: number, run: () => void) => () => void;
  onChange: (now: Saving) => void;
}

export class Saver {
  now: Saving;
  /** What the server has, as far as is known here. */
  private base: FormAnswers;
  private running = false;
  private failures = 0;
  private cancel: () => void = () => undefined;
  private closed = false;

  constructor(begun: Theirs, savedAt: string | null, private readonly doors: Doors) {
    this.base = begun.answers;
    this.now = { answers: begun.answers, revision: begun.revision, state: 'saved', savedAt, error: null, clashes: {} };
  }

  /** An answer as it is typed; null takes it back. */
  set(key: string, answer: FormAnswer | null): void {
    const answers = { ...this.now.answers };
    if (answer === null) delete answers[key];
    else answers[key] = answer;
    this.failures = 0;
    this.tell({ answers, state: this.running ? this.now.state : 'waiting' });
    this.plan(PAUSE_MS);
  }

  /** Takes one of the two answers of a question that was changed elsewhere. */
  settle(key: string, whose: 'mine' | 'theirs'): void {
    const clash = this.now.clashes[key];
    if (!clash) return;
    const { [key]: _, ...clashes } = this.now.clashes;
    this.tell({ clashes });
    if (whose === 'theirs') this.set(key, clash.theirs);
    else this.plan(0);
  }

  /** Saves at once, and tells whether everything is there. */
  async flush(): Promise<boolean> {
    this.cancel();
    for (let tries = 0; tries < 3 && this.isDirty(); tries += 1) {
      if (this.running) await this.turn;
      else await this.save();
      if (this.now.state === 'failed' || Object.keys(this.now.clashes).length > 0) return false;
    }
    return !this.isDirty();
  }

  /** The page was read again: what others have saved comes in. */
  seen(theirs: Theirs): void {
    if (this.running || theirs.revision <= this.now.revision) return;
    this.takeIn(theirs);
    this.goOn();
  }

  isDirty(): boolean {
    const { changes, cleared } = this.difference();
    return Object.keys(changes).length > 0 || cleared.length > 0 || Object.keys(this.now.clashes).length > 0;
  }

  reopen(): void {
    this.closed = false;
  }

  close(): void {
    this.closed = true;
    this.cancel();
  }

  private turn: Promise<void> = Promise.resolve();

  private plan(ms: number): void {
    this.cancel();
    if (!this.closed) this.cancel = this.doors.after(ms, () => void this.save());
  }

  private tell(change: Partial<Saving>): void {
    this.now = { ...this.now, ...change };
    if (!this.closed) this.doors.onChange(this.now);
  }

  /** What differs from the server; what is disputed waits for its author. */
  private difference(): { changes: FormAnswers; cleared: string[] } {
    const free = (key: string) => !(key in this.now.clashes);
    const differs = (key: string) => !isSame(this.now.answers[key], this.base[key]);
    const changes = Object.entries(this.now.answers).filter(([key]) => free(key) && differs(key));
    const cleared = Object.keys(this.base).filter((key) => free(key) && !(key in this.now.answers));
    return { changes: Object.fromEntries(changes), cleared };
  }

  private save(): Promise<void> {
    if (this.running) return this.turn;
    this.running = true;
    this.turn = this.saveNow().finally(() => {
      this.running = false;
    }).then(() => this.goOn());
    return this.turn;
  }

  private async saveNow(): Promise<void> {
    const { changes, cleared } = this.difference();
    if (Object.keys(changes).length === 0 && cleared.length === 0) return this.tell({ state: 'saved', error: null });
    const from = this.now.revision;
    this.tell({ state: 'saving' });
    try {
      const saved = await this.doors.send(changes, cleared, from);
      this.base = { ...this.base, ...changes };
      for (const key of cleared) delete this.base[key];
      this.failures = 0;
      const gap = from + 1 < saved.revision;
      // What others have saved in between was not seen here: their revision is not ours until it was read.
      this.tell({ state: 'saved', revision: gap ? from : saved.revision, savedAt: saved.saved_at, error: null });
      if (gap) await this.merge();
    } catch (error) {
      if (!this.doors.isClash(error)) return this.tell({ state: 'failed', error });
      await this.merge();
    }
  }

  private async merge(): Promise<void> {
    try {
      this.takeIn(await this.doors.read());
    } catch (error) {
      this.tell({ state: 'failed', error });
    }
  }

  /** Takes in what others have changed. What both have changed in different ways is asked. */
  private takeIn(theirs: Theirs): void {
    const answers = { ...theirs.answers };
    const clashes = { ...this.now.clashes };
    for (const key of new Set([...Object.keys(this.now.answers), ...Object.keys(this.base)])) {
      const [mine, was, its] = [this.now.answers[key], this.base[key], theirs.answers[key]];
      if (isSame(mine, was)) continue;
      if (mine === undefined) delete answers[key];
      else answers[key] = mine;
      if (!isSame(its, was) && !isSame(its, mine)) clashes[key] = { mine: mine ?? null, theirs: its ?? null };
    }
    this.base = theirs.answers;
    this.tell({ answers, clashes, revision: theirs.revision, state: 'waiting', error: null });
  }

  private goOn(): void {
    if (this.now.state === 'failed') {
      const wait = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)] ?? PAUSE_MS;
      this.failures += 1;
      if (this.doors.isPassing(this.now.error)) this.plan(wait);
      return;
    }
    const { changes, cleared } = this.difference();
    if (Object.keys(changes).length > 0 || cleared.length > 0) {
      this.tell({ state: 'waiting' });
      this.plan(PAUSE_MS);
    } else if (this.now.state === 'waiting') this.tell({ state: 'saved' });
  }
}

export function isSame(one: FormAnswer | undefined, other: FormAnswer | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
