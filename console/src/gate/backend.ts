// What the gate asks of the server, as one interface: the runtime's tests stand a server in its place.
import { ApiError, get, isApiError, openLive, post, speech } from '../api';
import type { GateEvents, Live, LiveState } from '../api';
import type {
  AlarmView, Board, ClinicalReading, ExpectedVisitors, ForeignView, GatePasses, ManualEntry, Override, Roster, ScreeningView, Session, VehicleEntry, VehicleKnown, VehiclePassageView,
} from './wire';

export interface FeedHandlers {
  after: number;
  on: { [E in Exclude<keyof GateEvents, 'session_ended'>]: (data: GateEvents[E]) => void };
  onState: (state: LiveState) => void;
}
export interface GateBackend {
  session(): Promise<Session>;
  board(gateId: string): Promise<Board>;
  /** Nothing when `known` is the newest version. */
  roster(gateId: string, known?: string): Promise<Roster | undefined>;
  /** `since` is the `next` of the answer before; without it, all of them. */
  passes(gateId: string, since?: string): Promise<GatePasses>;
  /** `entry.client_key` is the idempotency key. */
  screen(gateId: string, entry: ManualEntry, waitMs: number): Promise<ScreeningView>;
  /** Looks at it and keeps nothing of it. */
  foreign(gateId: string, text: string): Promise<ForeignView>;
  /** Who is expected today. */
  visitors(gateId: string): Promise<ExpectedVisitors>;
  /** By what a vehicle is known; `shown` is its plate or the code of a coach. */
  vehicle(gateId: string, shown: string): Promise<VehicleKnown>;
  enterVehicle(gateId: string, entry: VehicleEntry): Promise<VehiclePassageView>;
  override(screeningId: string, body: Override): Promise<ScreeningView>;
  clinical(screeningId: string, body: ClinicalReading): Promise<ScreeningView>;
  acknowledge(alarmId: string): Promise<AlarmView>;
  speech(lang: 'zh-CN' | 'en', text: string): Promise<Blob>;
  openFeed(gateId: string, handlers: FeedHandlers): Live;
}

const READ_WAIT_MS = 8000;

export const apiBackend: GateBackend = {
  session: () => bounded(READ_WAIT_MS, (signal) => get('/session', { signal })),
  board: (id) => bounded(READ_WAIT_MS, (signal) => get('/gates/{id}/board', { path: { id }, signal })),
  roster: (id, known) => bounded(READ_WAIT_MS * 4, (signal) => get('/gates/{id}/roster', { path: { id }, query: { known }, signal })),
  passes: (id, since) => bounded(READ_WAIT_MS * 4, (signal) => get('/gates/{id}/passes', { path: { id }, query: { since }, signal })),
  screen: (id, body, waitMs) =>
    bounded(waitMs, (signal) =>
      post('/gates/{id}/screenings', { path: { id }, body, idempotencyKey: body.client_key, signal })),
  foreign: (id, text) => bounded(READ_WAIT_MS, (signal) => post('/gates/{id}/foreign-certificates', { path: { id }, body: { text }, signal })),
  visitors: (id) => bounded(READ_WAIT_MS, (signal) => get('/gates/{id}/visitors', { path: { id }, signal })),
  vehicle: (id, shown) => bounded(READ_WAIT_MS, (signal) => get('/gates/{id}/vehicles', { path: { id }, query: { shown }, signal })),
  enterVehicle: (id, body) => bounded(READ_WAIT_MS, (signal) => post('/gates/{id}/vehicles', { path: { id }, body, idempotencyKey: body.client_key, signal })),
  override: (id, body) => bounded(READ_WAIT_MS, (signal) => post('/screenings/{id}/override', { path: { id }, body, signal })),
  clinical: (id, body) => bounded(READ_WAIT_MS, (signal) => post('/screenings/{id}/clinical-reading', { path: { id }, body, signal })),
  acknowledge: async (id) => (await bounded(READ_WAIT_MS, (signal) => post('/alarms/{id}/acknowledge', { path: { id }, signal }))).alarm,
  speech: (lang, text) => bounded(READ_WAIT_MS, (signal) => speech(lang, text, signal)),
  openFeed: (id, { after, on, onState }) => openLive<GateEvents>({ path: `/gates/${id}/live`, after, on, onState }),
};

/** A half-dead line must not keep the queue at the door waiting: after `ms` it counts as no answer. */
async function bounded<T>(ms: number, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ms);
  try {
    return await ask(abort.signal);
  } catch (error) {
    if (!isApiError(error) && abort.signal.aborted) throw ApiError.offline();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** No answer, or not the server's own: the gate goes on by itself. */
export function isUnreachable(error: unknown): boolean {
  return isApiError(error) && (error.isUncertain || 500 <= error.status);
}

export function codeOf(error: unknown): string {
  return isApiError(error) ? error.code : 'internal';
}

export function statusOf(error: unknown): number {
  return isApiError(error) ? error.status : 0;
}
