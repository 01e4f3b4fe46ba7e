// Everything the board shows, and how each thing that happens changes it. Pure: effects are in runtime.ts.
import type { PassList } from './passes/book';
import { fingerprint, isLocal, localKey, personOf, rowOf, waits } from './rows';
import type { Row } from './rows';
import type { QueueItem } from './storage/queue';
import type { AlarmView, Board, Direction, GateBrief, GateRules, HeadCount, Roster, ScreeningView } from './wire';

export interface BoardState {
  gate: GateBrief;
  direction: Direction;
  lanes: number;
  rules: GateRules | null;
  head_count: HeadCount | null;
  rows: Row[];
  waiting: Row[];
  alarms: AlarmView[];
  /** The verdict that is shown big. */
  current: Row | null;
  /** Tablet time in ms at which it appeared. */
  shown_at: number;
  /** One more for each new verdict: the edge texture steps with it. */
  step: number;
  lane: number | null;
  net: { kind: 'online' } | { kind: 'offline'; since: number };
  roster: { made_at: string; max_age_s: number; count: number } | null;
  passes: PassList;
  queue: QueueItem[];
  clock_offset_ms: number;
  loaded: boolean;
  /** The server does not give this gate to this account. */
  refused: boolean;
  announced: string[];
}

export type BoardAction =
  | { type: 'board'; board: Board; now: number }
  | ({ type: 'kept' } & Pick<BoardState, 'rules' | 'head_count' | 'rows' | 'waiting' | 'clock_offset_ms'>)
  | { type: 'roster'; roster: Roster }
  | { type: 'passes'; passes: PassList }
  /** `own`: the answer to what this guard just did, so it is shown however the clocks stand. */
  | { type: 'screening'; view: ScreeningView; now: number; own: boolean }
  | { type: 'local'; row: Row; now: number }
  | { type: 'stored'; client_key: string; view: ScreeningView | null }
  | { type: 'alarm'; alarm: AlarmView }
  | { type: 'alarm_left'; id: string }
  | { type: 'head_count'; head_count: HeadCount }
  | { type: 'rules'; rules: GateRules }
  | { type: 'online' }
  | { type: 'offline'; since: number }
  | { type: 'queue'; items: QueueItem[] }
  | { type: 'lane'; lane: number | null }
  | { type: 'refused' };

const KEPT_ROWS = 60;
const KEPT_ANNOUNCED = 240;
/** A verdict older than this on arrival is history: nobody stands there any more. */
export const FRESH_MS = 20_000;

export function initialState(gate: GateBrief, lane: number | null): BoardState {
  return {
    gate,
    direction: 'both',
    lanes: 1,
    rules: null,
    head_count: null,
    rows: [],
    waiting: [],
    alarms: [],
    current: null,
    shown_at: 0,
    step: 0,
    lane,
    net: { kind: 'online' },
    roster: null,
    passes: { kind: 'none' },
    queue: [],
    clock_offset_ms: 0,
    loaded: false,
    refused: false,
    announced: [],
  };
}

export function reduce(state: BoardState, action: BoardAction): BoardState {
  switch (action.type) {
    case 'board':
      return loadBoard(state, action.board, action.now);
    case 'kept': {
      const { rules, head_count, rows, waiting, clock_offset_ms } = action;
      return { ...state, rules, head_count, rows, waiting, clock_offset_ms, loaded: true };
    }
    case 'roster': {
      const { made_at, max_age_s, entries } = action.roster;
      return { ...state, roster: { made_at, max_age_s, count: entries.length } };
    }
    case 'passes':
      return { ...state, passes: action.passes };
    case 'screening':
      return takeScreening(state, rowOf(action.view), action.now, action.own);
    case 'local':
      return show(place(state, action.row), action.row, action.now);
    case 'stored':
      return takeStored(state, action.client_key, action.view);
    case 'alarm_left':
      return { ...state, alarms: state.alarms.filter((it) => it.id !== action.id) };
    case 'alarm':
      return { ...state, alarms: withAlarm(state.alarms, action.alarm) };
    case 'head_count':
      return { ...state, head_count: action.head_count };
    case 'rules':
      return { ...state, rules: action.rules };
    case 'online':
      return state.net.kind === 'online' ? state : { ...state, net: { kind: 'online' } };
    case 'offline':
      return state.net.kind === 'offline' ? state : { ...state, net: { kind: 'offline', since: action.since } };
    case 'queue':
      return { ...state, queue: action.items };
    case 'lane':
      return { ...state, lane: action.lane };
    case 'refused':
      return { ...state, refused: true };
  }
}

function loadBoard(state: BoardState, board: Board, now: number): BoardState {
  const local = state.rows.filter(isLocal);
  const rows = [...local, ...board.latest.map(rowOf)].sort(newestFirst).slice(0, KEPT_ROWS);
  const waiting = board.waiting.map(rowOf).reduce(joinWaiting, state.waiting.filter(isLocal));
  return {
    ...state,
    gate: { ...state.gate, name: board.gate.name, site_name: board.gate.site_name, site_id: board.gate.site_id },
    direction: board.gate.direction,
    lanes: board.gate.lanes,
    rules: board.rules,
    head_count: board.head_count,
    rows,
    waiting,
    alarms: board.alarms,
    clock_offset_ms: Date.parse(board.server_time) - now,
    loaded: true,
  };
}

function takeScreening(state: BoardState, row: Row, now: number, own: boolean): BoardState {
  const print = fingerprint(row);
  if (state.announced.includes(print)) return state;
  const placed = place({ ...state, announced: [print, ...state.announced].slice(0, KEPT_ANNOUNCED) }, row);
  const age = now + state.clock_offset_ms - Date.parse(row.decided_at);
  const fresh = (row.live || row.clinical || row.overridden !== null) && age <= FRESH_MS;
  const mine = state.lane === null || state.lane === row.lane;
  return own || (fresh && mine) ? show(placed, row, now) : placed;
}

function takeStored(state: BoardState, clientKey: string, view: ScreeningView | null): BoardState {
  const key = localKey(clientKey);
  if (!view) return state;
  const row = rowOf(view);
  const without = {
    ...state,
    rows: state.rows.filter((it) => it.key !== key),
    waiting: state.waiting.filter((it) => it.key !== key),
    // The person may still stand there: the big verdict stays, under its new name.
    current: state.current?.key === key ? { ...state.current, key: row.key, screening_id: row.screening_id } : state.current,
    announced: [fingerprint(row), ...state.announced].slice(0, KEPT_ANNOUNCED),
  };
  const wasWaiting = state.waiting.some((it) => it.key === key);
  return place(without, row, wasWaiting);
}

/** Puts the row in the list and keeps the waiting list true to it. */
function place(state: BoardState, row: Row, mayWait = row.live): BoardState {
  const known = state.rows.some((it) => it.key === row.key);
  const rows = known
    ? state.rows.map((it) => (it.key === row.key ? row : it))
    : [row, ...state.rows].slice(0, KEPT_ROWS);
  const stillThere = state.waiting.some((it) => it.key === row.key);
  if (waits(row) && (mayWait || stillThere)) return { ...state, rows, waiting: joinWaiting(state.waiting, row) };
  // A late copy of an earlier reading says nothing about who stands here now.
  const settled = mayWait || stillThere || row.clinical || row.overridden !== null;
  return { ...state, rows, waiting: settled ? state.waiting.filter((it) => personOf(it) !== personOf(row)) : state.waiting };
}

/** One line per person; who is read a second time has waited since the first. */
function joinWaiting(waiting: Row[], row: Row): Row[] {
  const earlier = waiting.find((it) => personOf(it) === personOf(row));
  if (!earlier) return [...waiting, row];
  const since = earlier.received_at < row.received_at ? earlier.received_at : row.received_at;
  return waiting.map((it) => (it === earlier ? { ...row, received_at: since } : it));
}

function show(state: BoardState, row: Row, now: number): BoardState {
  return { ...state, current: row, shown_at: now, step: state.step + 1 };
}

function withAlarm(alarms: AlarmView[], alarm: AlarmView): AlarmView[] {
  const others = alarms.filter((it) => it.id !== alarm.id);
  return alarm.state === 'closed' ? others : [alarm, ...others];
}

function newestFirst(a: Row, b: Row): number {
  return Date.parse(b.received_at) - Date.parse(a.received_at);
}

// ---- questions

/** "Find the person first": entered against the verdict and nobody has said "I am on it". */
export function openAgainstVerdict(state: BoardState): { alarm: AlarmView; row: Row | null }[] {
  return state.alarms
    .filter((it) => it.kind === 'entered_against_verdict' && it.state === 'raised')
    .map((alarm) => ({
      alarm,
      row: state.rows.find((it) => it.screening_id !== null && it.screening_id === alarm.screening_id) ?? null,
    }));
}

export function silentDevices(state: BoardState): number {
  return state.alarms.filter((it) => (it.kind === 'device_silent' || it.kind === 'device_untrusted') && it.state !== 'closed').length;
}

export function visibleRows(state: BoardState): Row[] {
  return state.rows.filter((it) => state.lane === null || it.lane === state.lane).slice(0, 10);
}

export const pendingCount = (state: BoardState): number => state.queue.filter((it) => it.state === 'waiting').length;
export const parkedItems = (state: BoardState): QueueItem[] => state.queue.filter((it) => it.state === 'parked');

/** When the kept roster stops being usable, in ms of server time. */
export function rosterEnds(roster: NonNullable<BoardState['roster']>): number {
  return Date.parse(roster.made_at) + roster.max_age_s * 1000;
}
