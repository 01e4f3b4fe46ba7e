import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLive, type DeskEvents, type LiveState } from './live';

class FakeSource {
  static opened: FakeSource[] = [];
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  private readonly listeners = new Map<string, ((event: MessageEvent<string>) => void)[]>();
  constructor(readonly url: string) {
    FakeSource.opened.push(this);
  }
  addEventListener(name: string, listener: (event: MessageEvent<string>) => void) {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
  }
  send(name: string, data: unknown, lastEventId = '') {
    for (const listener of this.listeners.get(name) ?? []) listener(new MessageEvent(name, { data: JSON.stringify(data), lastEventId }));
  }
  close() {
    this.closed = true;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.opened = [];
  vi.stubGlobal('EventSource', FakeSource);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const latest = () => FakeSource.opened[FakeSource.opened.length - 1] as FakeSource;

describe('the live feed', () => {
  it('resumes after the last event it saw', () => {
    const alarm = vi.fn();
    const live = openLive<DeskEvents>({ path: '/live', on: { alarm } });
    expect(latest().url).toBe('/api/v1/live');
    latest().onopen?.();
    latest().send('alarm', { id: 'alm_1' }, '41');
    expect(alarm).toHaveBeenCalledWith({ id: 'alm_1' }, '41');
    latest().onerror?.();
    vi.advanceTimersByTime(1000);
    expect(latest().url).toBe('/api/v1/live?after=41');
    live.close();
  });

  it('starts where the board stood', () => {
    const live = openLive({ path: '/gates/gate_1/live', after: 7, on: {} });
    expect(latest().url).toBe('/api/v1/gates/gate_1/live?after=7');
    live.close();
  });

  it('backs off, and remembers since when the line is down', () => {
    const states: LiveState[] = [];
    const live = openLive({ path: '/live', on: {}, onState: (state) => states.push(state) });
    latest().onopen?.();
    const down = Date.now();
    for (const delay of [1000, 2000, 4000, 8000, 15_000, 15_000]) {
      latest().onerror?.();
      const count = FakeSource.opened.length;
      vi.advanceTimersByTime(delay - 1);
      expect(FakeSource.opened).toHaveLength(count);
      vi.advanceTimersByTime(1);
      expect(FakeSource.opened).toHaveLength(count + 1);
    }
    const waiting = states.filter((state) => state.kind === 'waiting');
    expect(waiting.every((state) => state.since === down)).toBe(true);
    latest().onopen?.();
    expect(states[states.length - 1]?.kind).toBe('live');
    live.close();
  });

  it('ends when the server ends the session, and stays ended', () => {
    const states: LiveState[] = [];
    openLive<DeskEvents>({ path: '/live', on: {}, onState: (state) => states.push(state) });
    latest().send('session_ended', {});
    latest().onerror?.();
    vi.advanceTimersByTime(60_000);
    expect(states[states.length - 1]).toEqual({ kind: 'ended' });
    expect(FakeSource.opened).toHaveLength(1);
  });
});
