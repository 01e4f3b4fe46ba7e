// The gate at work: takes what the server, the guard and the clock do, changes the state, and has the effects
// (voice, queue, what is kept). It draws nothing; React reads its store.
import type { Live, LiveState } from '../api';
import { codeOf, isUnreachable, statusOf } from './backend';
import type { GateBackend } from './backend';
import { RosterKeeper } from './keeper';
import { Outbox } from './outbox';
import { foreignLines } from './foreign/lines';
import type { ForeignAnswer } from './foreign/words';
import { PassBook } from './passes/book';
import { factsOf, localRow } from './rows';
import type { Row } from './rows';
import type { Settings } from './settings';
import { initialState, openAgainstVerdict, reduce } from './state';
import type { BoardAction, BoardState } from './state';
import type { QueueItem } from './storage/queue';
import { offlineVerdict } from './verdict';
import { againstVerdictLines, linesToKeep, verdictLines } from './voice/lines';
import type { SpeechQueue, Utterance } from './voice/speech-queue';
import { uuid } from '../shared/uuid';
import type {
  ClinicalReading, ExpectedVisitors, ForeignOutcome, GateBrief, ManualEntry, Override, Roster, RosterEntry, VehicleEntry, VehicleKnown, VehiclePassageView,
} from './wire';

export interface RuntimeParts {
  gate: GateBrief;
  guard: string;
  backend: GateBackend;
  voice: SpeechQueue;
  settings: Settings;
  /** Opened from what is kept, without the server: the session is confirmed when it is back. */
  resumed: boolean;
  now: () => number;
  /** Fills the store of WAVs; absent where a test has no loudspeaker. */
  warm?: (lines: Omit<Utterance, 'plain'>[]) => Promise<void>;
  onSignedOut: () => void;
}
export type EntryInput = Omit<ManualEntry, 'client_key' | 'occurred_at' | 'offline' | 'offline_outcome'>;
export type Answer = { ok: true } | { ok: false; code: string };
export type Answered<T> = { ok: true; value: T } | { ok: false; code: string };
export type VehicleInput = Omit<VehicleEntry, 'occurred_at' | 'direction'>;

const SYNC_MS = 60_000;
const TICK_MS = 5000;
const ENTRY_WAIT_MS = 4000;
const KEPT_ROWS = 20;

export class GateRuntime {
  private state: BoardState;
  private readonly listeners = new Set<() => void>();
  private feed: Live | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly keeper = new RosterKeeper();
  private readonly passes: PassBook;
  private settings: Settings;
  private readonly outbox: Outbox;
  private unconfirmed: boolean;
  private syncing: Promise<void> | null = null;
  private syncedAt = 0;
  private stopped = false;

  constructor(private readonly parts: RuntimeParts) {
    this.settings = parts.settings;
    this.state = initialState(parts.gate, parts.settings.lane);
    this.unconfirmed = parts.resumed;
    parts.voice.tune(parts.settings.muted, parts.settings.volume);
    this.passes = new PassBook((since) => parts.backend.passes(parts.gate.id, since), () => this.serverNow());
    this.outbox = new Outbox({
      backend: parts.backend,
      now: parts.now,
      onStored: (client_key, view) => this.dispatch({ type: 'stored', client_key, view }),
      onChange: (items) => this.dispatch({ type: 'queue', items }),
      onFailed: (error) => this.failed(error),
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  readonly snapshot = (): BoardState => this.state;

  async start(): Promise<void> {
    await this.fromKept();
    await this.outbox.refresh();
    await this.sync();
    if (!this.stopped) this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  stop(): void {
    this.stopped = true;
    this.feed?.close();
    clearInterval(this.timer);
  }

  useSettings(settings: Settings): void {
    if (settings.lane !== this.settings.lane) this.dispatch({ type: 'lane', lane: settings.lane });
    const voicesChanged = settings.voices.join() !== this.settings.voices.join();
    this.settings = settings;
    this.parts.voice.tune(settings.muted, settings.volume);
    if (voicesChanged) this.warm();
  }

  // ---- what the guard does

  /** Gives a verdict on a person entered by hand, from the server when it answers, else from what is kept. */
  async submit(input: EntryInput): Promise<Answer> {
    const entry: ManualEntry = {
      ...input,
      client_key: uuid(),
      occurred_at: this.serverNow().toISOString(),
      offline: false,
      offline_outcome: null,
    };
    let answerLost = false;
    const queued = this.state.queue.some((it) => it.state === 'waiting');
    // Behind entries that still wait, a new one joins the line: the order at the door is the order in the file.
    if (this.state.net.kind === 'online' && !queued) {
      try {
        const view = await this.parts.backend.screen(this.parts.gate.id, entry, ENTRY_WAIT_MS);
        this.dispatch({ type: 'screening', view, now: this.parts.now(), own: true });
        return { ok: true };
      } catch (error) {
        if (!isUnreachable(error)) return { ok: false, code: codeOf(error) };
        answerLost = true;
        this.wentOffline();
      }
    }
    return this.decideHere(entry, answerLost);
  }

  async clinical(row: Row, body: ClinicalReading): Promise<Answer> {
    if (row.screening_id === null || this.state.net.kind === 'offline') return { ok: false, code: 'offline' };
    return this.ask(() => this.parts.backend.clinical(row.screening_id ?? '', body));
  }

  async override(row: Row, body: Override): Promise<Answer> {
    if (row.screening_id === null || this.state.net.kind === 'offline') return { ok: false, code: 'offline' };
    return this.ask(() => this.parts.backend.override(row.screening_id ?? '', body));
  }

  /** Told by the server alone: nothing of a foreign certificate is kept on the tablet, not even that it was shown. */
  async foreign(text: string): Promise<ForeignAnswer> {
    if (this.state.net.kind === 'offline') return { kind: 'away' };
    try {
      return { kind: 'told', view: await this.parts.backend.foreign(this.parts.gate.id, text) };
    } catch (error) {
      this.failed(error);
      return isUnreachable(error) ? { kind: 'away' } : { kind: 'refused', code: codeOf(error) };
    }
  }

  /** Visitors and vehicles are asked about with the server; without it a visitor's code is on the list. */
  readonly visits = {
    expected: (): Promise<Answered<ExpectedVisitors>> => this.answered(() => this.parts.backend.visitors(this.parts.gate.id)),
    vehicle: (shown: string): Promise<Answered<VehicleKnown>> => this.answered(() => this.parts.backend.vehicle(this.parts.gate.id, shown)),
    enterVehicle: (input: VehicleInput): Promise<Answered<VehiclePassageView>> => {
      const entry: VehicleEntry = { ...input, occurred_at: this.serverNow().toISOString(), direction: this.state.direction === 'out' ? 'out' : 'in' };
      return this.answered(() => this.parts.backend.enterVehicle(this.parts.gate.id, entry));
    },
  };

  private async answered<T>(ask: () => Promise<T>): Promise<Answered<T>> {
    try {
      return { ok: true, value: await ask() };
    } catch (error) {
      this.failed(error);
      return { ok: false, code: isUnreachable(error) ? 'offline' : codeOf(error) };
    }
  }

  sayForeign(outcome: ForeignOutcome): void {
    this.parts.voice.verdict(foreignLines(this.settings.voices, outcome));
  }

  async acknowledge(alarmId: string): Promise<Answer> {
    try {
      this.dispatch({ type: 'alarm', alarm: await this.parts.backend.acknowledge(alarmId) });
      return { ok: true };
    } catch (error) {
      return { ok: false, code: codeOf(error) };
    }
  }

  readonly retry = (item: QueueItem): Promise<void> => this.outbox.retry(item);
  readonly discard = (item: QueueItem): Promise<void> => this.outbox.discard(item);

  findOnRoster(code: string): RosterEntry | null {
    return this.keeper.find(code);
  }

  serverNow(): Date {
    return new Date(this.parts.now() + this.state.clock_offset_ms);
  }

  // ---- what the server and the clock do

  sync(): Promise<void> {
    this.syncing ??= this.syncOnce().finally(() => {
      this.syncing = null;
    });
    return this.syncing;
  }

  private tick(): void {
    const due = this.state.net.kind === 'offline' || SYNC_MS <= this.parts.now() - this.syncedAt;
    if (due) void this.sync();
    else if (this.state.queue.some((it) => it.state === 'waiting')) void this.outbox.flush();
  }

  private async syncOnce(): Promise<void> {
    const { backend, gate, now } = this.parts;
    try {
      // The answer carries the token that every write needs.
      if (this.unconfirmed) await backend.session();
      this.unconfirmed = false;
      const board = await backend.board(gate.id);
      if (this.stopped) return;
      const wasOffline = this.state.net.kind === 'offline';
      this.syncedAt = now();
      this.dispatch({ type: 'board', board, now: now() });
      this.dispatch({ type: 'online' });
      if (!this.feed) this.openFeed(board.feed_position);
      else if (wasOffline) this.feed.reconnectNow();
    } catch (error) {
      this.failed(error);
      await this.dropIfTooOld();
      return;
    }
    try {
      const known = this.keeper.roster?.version;
      const roster = await this.newestRoster();
      await this.keep(roster);
      // Not waited for: whoever stands at the gate does not wait for it either. Who came to the roster brings passes that
      // did not change.
      void this.renewPasses(roster.version !== known);
    } catch (error) {
      // Command may watch a gate without the right to its roster; only the line's own failure matters here.
      if (isUnreachable(error)) this.failed(error);
    }
    if (this.state.net.kind === 'online') await this.outbox.flush();
  }

  /** The server gives the roster only when it has changed; one that has not is as fresh as the answer. */
  private async newestRoster(): Promise<Roster> {
    const known = this.keeper.roster;
    const roster = await this.parts.backend.roster(this.parts.gate.id, known?.version);
    if (roster) return roster;
    if (!known) throw new Error('the server gave no roster to a tablet that has none');
    return { ...known, made_at: this.serverNow().toISOString() };
  }

  private openFeed(after: number): void {
    this.feed = this.parts.backend.openFeed(this.parts.gate.id, {
      after,
      on: {
        screening: (view) => this.dispatch({ type: 'screening', view, now: this.parts.now(), own: false }),
        alarm: (alarm) => this.dispatch({ type: 'alarm', alarm }),
        alarm_left: ({ id }) => this.dispatch({ type: 'alarm_left', id }),
        head_count: (head_count) => this.dispatch({ type: 'head_count', head_count }),
        rules: (rules) => this.dispatch({ type: 'rules', rules }),
      },
      onState: (state) => this.feedChanged(state),
    });
  }

  private feedChanged(state: LiveState): void {
    if (state.kind === 'ended') this.parts.onSignedOut();
    // A dropped stream may be only the stream: ask before telling the guard that the network is gone.
    if (state.kind === 'waiting' && this.state.net.kind === 'online') void this.sync();
    if (state.kind === 'live' && this.state.net.kind === 'offline') void this.sync();
  }

  private async keep(roster: Roster): Promise<void> {
    this.keeper.hold(roster);
    this.dispatch({ type: 'roster', roster });
    this.warm();
    await this.save();
  }

  private async renewPasses(all: boolean): Promise<void> {
    if (!(await this.passes.renew(all))) return;
    await this.tellPasses();
    await this.save();
  }

  private async tellPasses(): Promise<void> {
    this.dispatch({ type: 'passes', passes: await this.passes.list() });
  }

  private async save(): Promise<void> {
    const { gate, rules, head_count, rows, waiting, clock_offset_ms } = this.state;
    if (this.stopped || !rules) return;
    const { guard } = this.parts;
    await this.keeper.save({ gate, guard, passes: this.passes.kept, rules, head_count, rows: rows.slice(0, KEPT_ROWS), waiting, clock_offset_ms, online_at: this.syncedAt });
  }

  private async fromKept(): Promise<void> {
    const kept = await this.keeper.load(this.parts.gate.id, new Date(this.parts.now()));
    if (!kept) return;
    this.syncedAt = kept.online_at;
    this.dispatch({ type: 'kept', ...kept });
    this.dispatch({ type: 'roster', roster: kept.roster });
    // What an earlier page kept has none.
    this.passes.load(kept.passes ?? null);
    await this.tellPasses();
  }

  private async dropIfTooOld(): Promise<void> {
    await this.keeper.dropIfTooOld(this.state.clock_offset_ms, new Date(this.parts.now()));
    if (this.keeper.roster || !this.passes.kept) return;
    this.passes.load(null);
    await this.tellPasses();
  }

  private async decideHere(entry: ManualEntry, answerLost: boolean): Promise<Answer> {
    const rules = this.state.rules;
    if (!rules) return { ok: false, code: 'offline_no_rules' };
    await this.dropIfTooOld();
    const pass = entry.pass === null ? undefined : await this.passes.read(entry.pass);
    const { outcome, reasons, person } = offlineVerdict(entry, this.keeper.roster, rules, this.serverNow(), pass);
    const late: ManualEntry = { ...entry, offline: true, offline_outcome: outcome };
    try {
      await this.outbox.add({ gate_id: this.parts.gate.id, entry: late, answer_lost: answerLost, masked_name: person?.masked_name ?? null });
    } catch {
      // Without a record of it there is no verdict: "every person is written down" is the rule off line.
      return { ok: false, code: 'not_kept' };
    }
    this.dispatch({ type: 'local', row: localRow(late, outcome, reasons, person), now: this.parts.now() });
    void this.save();
    return { ok: true };
  }

  private async ask(request: () => ReturnType<GateBackend['clinical']>): Promise<Answer> {
    try {
      this.dispatch({ type: 'screening', view: await request(), now: this.parts.now(), own: true });
      return { ok: true };
    } catch (error) {
      this.failed(error);
      return { ok: false, code: codeOf(error) };
    }
  }

  private failed(error: unknown): void {
    if (statusOf(error) === 401 && codeOf(error) === 'not_signed_in') this.parts.onSignedOut();
    else if (isUnreachable(error)) this.wentOffline();
    else if (!this.state.loaded && [403, 404].includes(statusOf(error))) this.dispatch({ type: 'refused' });
  }

  private wentOffline(): void {
    // A page opened without the server has been without it since it was last heard.
    const since = this.feed || this.syncedAt === 0 ? this.parts.now() : this.syncedAt;
    this.dispatch({ type: 'offline', since });
  }

  private warm(): void {
    if (this.state.net.kind === 'online') void this.parts.warm?.(linesToKeep(this.settings.voices, this.state.rules));
  }

  private dispatch(action: BoardAction): void {
    if (this.stopped) return;
    const before = this.state;
    this.state = reduce(before, action);
    if (this.state === before) return;
    const { current, step, rules } = this.state;
    if (current && step !== before.step) this.parts.voice.verdict(verdictLines(this.settings.voices, factsOf(current), rules));
    if (action.type === 'alarm' && openAgainstVerdict(before).length < openAgainstVerdict(this.state).length) {
      this.parts.voice.alarm(againstVerdictLines(this.settings.voices));
    }
    this.listeners.forEach((tell) => tell());
  }
}
