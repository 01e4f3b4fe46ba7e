import { beforeEach, describe, expect, it } from 'vitest';
import { PAUSE_MS, Saver, type Saved, type Theirs } from './saving';
import type { FormAnswers } from './rules';

interface Sent { changes: FormAnswers; cleared: string[]; from: number; answer: (saved: Saved) => void; refuse: (error: unknown) => void }

let sent: Sent[];
let timers: { ms: number; run: () => void }[];
let theirs: Theirs;
function nth(at: number): Sent {
  const found = sent[at];
  if (!found) throw new Error(`nothing was sent for the ${at + 1}. time`);
  return found;
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
async function elapse() {
  const due = timers;
  timers = [];
  due.forEach((it) => it.run());
  await settled();
}
function saver(answers: FormAnswers = {}): Saver {
  theirs = { revision: 1, answers };
  return new Saver(theirs, null, {
    send: (changes, cleared, from) => new Promise((answer, refuse) => sent.push({ changes, cleared, from, answer, refuse })),
    read: () => Promise.resolve(theirs),
    isClash: (it) => it === 'clash',
    isPassing: (it) => it === 'offline',
    after: (ms, run) => {
      const timer = { ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((it) => it !== timer);
      };
    },
    onChange: () => undefined,
  });
}

describe('a form that saves itself', () => {
  beforeEach(() => {
    sent = [];
    timers = [];
  });

  it('sends only what changed, once typing has paused', async () => {
    const it = saver({ a: 'x', b: 1, c: true });
    it.set('a', 'xy');
    it.set('a', 'xyz');
    it.set('b', null);
    expect(timers.map((timer) => timer.ms)).toEqual([PAUSE_MS]);
    expect(it.now.state).toBe('waiting');
    await elapse();
    expect(sent).toMatchObject([{ changes: { a: 'xyz' }, cleared: ['b'], from: 1 }]);
    expect(it.now.state).toBe('saving');
    nth(0).answer({ revision: 2, saved_at: 'then' });
    await settled();
    expect(it.now).toMatchObject({ state: 'saved', revision: 2, savedAt: 'then' });
    expect(it.isDirty()).toBe(false);
  });

  it('sends one save at a time; what was typed meanwhile follows', async () => {
    const it = saver();
    it.set('a', '1');
    await elapse();
    it.set('a', '12');
    await elapse();
    expect(sent).toHaveLength(1);
    nth(0).answer({ revision: 2, saved_at: 'then' });
    await settled();
    await elapse();
    expect(sent[1]).toMatchObject({ changes: { a: '12' }, from: 2 });
  });

  it('tries again when it did not arrive, later each time, and not what was refused', async () => {
    const it = saver();
    it.set('a', '1');
    await elapse();
    nth(0).refuse('offline');
    await settled();
    expect([it.now.state, timers.map((timer) => timer.ms)[0]]).toEqual(['failed', 3_000]);
    await elapse();
    nth(1).refuse('offline');
    await settled();
    expect(timers.map((timer) => timer.ms)[0]).toBe(10_000);
    await elapse();
    nth(2).refuse('forbidden');
    await settled();
    expect([it.now.state, it.now.error, timers]).toEqual(['failed', 'forbidden', []]);
    it.set('a', '2');
    await elapse();
    expect(sent[3]).toMatchObject({ changes: { a: '2' } });
  });

  it('asks about what somebody else has changed, takes in the rest, and saves nothing over it', async () => {
    const it = saver({ a: 'was', b: 'was', c: 'was' });
    it.set('a', 'mine');
    it.set('c', 'mine');
    await elapse();
    theirs = { revision: 5, answers: { a: 'theirs', b: 'new', c: 'was' } };
    nth(0).refuse('clash');
    await settled();
    expect(it.now).toMatchObject({ revision: 5, answers: { a: 'mine', b: 'new', c: 'mine' }, clashes: { a: { mine: 'mine', theirs: 'theirs' } } });
    await elapse();
    expect(sent[1]).toMatchObject({ changes: { c: 'mine' }, from: 5 });
    nth(1).answer({ revision: 6, saved_at: 'then' });
    await settled();
    expect(it.isDirty()).toBe(true);
    it.settle('a', 'mine');
    await elapse();
    expect(sent[2]).toMatchObject({ changes: { a: 'mine' }, from: 6 });
    expect(it.now.clashes).toEqual({});
  });

  it('takes in what somebody else has saved in between, so that it is not overwritten later', async () => {
    const it = saver({ a: 'was', b: 'was' });
    it.set('a', 'mine');
    await elapse();
    theirs = { revision: 3, answers: { a: 'mine', b: 'theirs' } };
    nth(0).answer({ revision: 3, saved_at: 'then' });
    await settled();
    expect(it.now).toMatchObject({ revision: 3, state: 'saved', answers: { a: 'mine', b: 'theirs' } });
    it.set('a', 'mine again');
    it.seen({ revision: 4, answers: { a: 'mine', b: 'theirs again' } });
    expect(it.now).toMatchObject({ revision: 4, answers: { a: 'mine again', b: 'theirs again' }, clashes: {} });
  });

  it('drops what was typed when theirs is taken', async () => {
    const it = saver({ a: 'was' });
    it.set('a', 'mine');
    await elapse();
    theirs = { revision: 2, answers: {} };
    nth(0).refuse('clash');
    await settled();
    expect(it.now.clashes).toEqual({ a: { mine: 'mine', theirs: null } });
    it.settle('a', 'theirs');
    await elapse();
    expect(sent).toHaveLength(1);
    expect(it.now).toMatchObject({ answers: {}, state: 'saved' });
  });

  it('saves at once before it is signed', async () => {
    const it = saver();
    it.set('a', '1');
    const flushed = it.flush();
    await settled();
    nth(0).answer({ revision: 2, saved_at: 'then' });
    expect(await flushed).toBe(true);
    it.set('a', '2');
    const failed = it.flush();
    await settled();
    nth(1).refuse('offline');
    expect(await failed).toBe(false);
  });
});
