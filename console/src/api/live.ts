// Live feeds over SSE. The browser's own reconnection gives up on an HTTP error, so we close and reopen ourselves,
// with back-off, and resume after the last event seen.
import { BASE } from './client';
import type { AlarmView, GateRules, HeadCount, Overview, ScreeningView } from './types';

export interface DeskEvents { alarm: AlarmView; screening_counts: Overview; session_ended: Record<string, never> }
export interface GateEvents {
  screening: ScreeningView;
  alarm: AlarmView;
  /** It has moved to another gate of the site. */
  alarm_left: { id: string };
  head_count: HeadCount;
  rules: GateRules;
  session_ended: Record<string, never>;
}
/** `waiting`: the line is down since `since`; the next try is at `retryAt`. `ended`: the server closed the session. */
export type LiveState =
  | { kind: 'connecting' }
  | { kind: 'live'; since: number }
  | { kind: 'waiting'; since: number; retryAt: number }
  | { kind: 'ended' };

export interface LiveOptions<Events> {
  path: '/live' | `/gates/${string}/live`;
  /** Start after this feed position (a board's `feed_position`). */
  after?: number | string | null;
  on: { [E in keyof Events]?: (data: Events[E], position: string) => void };
  onState?: (state: LiveState) => void;
}

const FIRST_DELAY_MS = 1000;
const LAST_DELAY_MS = 15_000;

export interface Live { close(): void; reconnectNow(): void }

export function openLive<Events>(options: LiveOptions<Events>): Live {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let position = options.after === null || options.after === undefined ? '' : String(options.after);
  let failures = 0;
  let downSince: number | null = null;
  let closed = false;

  const tell = (state: LiveState) => options.onState?.(state);

  function connect(): void {
    clearTimeout(timer);
    source?.close();
    if (closed) return;
    if (downSince === null) tell({ kind: 'connecting' });
    const query = position ? `?after=${encodeURIComponent(position)}` : '';
    source = new EventSource(`${BASE}${options.path}${query}`, { withCredentials: false });
    source.onopen = () => {
      failures = 0;
      downSince = null;
      tell({ kind: 'live', since: Date.now() });
    };
    source.onerror = retryLater;
    for (const name of Object.keys(options.on) as (keyof Events & string)[]) {
      source.addEventListener(name, (event: MessageEvent<string>) => receive(name, event));
    }
    source.addEventListener('session_ended', () => {
      close();
      tell({ kind: 'ended' });
    });
  }

  function receive(name: keyof Events & string, event: MessageEvent<string>): void {
    if (event.lastEventId) position = event.lastEventId;
    options.on[name]?.(JSON.parse(event.data) as Events[typeof name], position);
  }

  function retryLater(): void {
    source?.close();
    source = null;
    if (closed) return;
    downSince ??= Date.now();
    const delay = Math.min(FIRST_DELAY_MS * 2 ** failures, LAST_DELAY_MS);
    failures += 1;
    tell({ kind: 'waiting', since: downSince, retryAt: Date.now() + delay });
    clearTimeout(timer);
    timer = setTimeout(connect, delay);
  }

  function reconnectNow(): void {
    failures = 0;
    connect();
  }

  function close(): void {
    closed = true;
    clearTimeout(timer);
    source?.close();
    source = null;
    window.removeEventListener('online', reconnectNow);
    window.removeEventListener('offline', retryLater);
  }

  window.addEventListener('online', reconnectNow);
  window.addEventListener('offline', retryLater);
  connect();
  return { close, reconnectNow };
}
