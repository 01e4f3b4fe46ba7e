// Holds the roster in hand and on the tablet, and lets it go when its time is over.
import { isPastKeeping, loadKept, saveKept, wipeKept } from './storage/kept';
import type { Kept } from './storage/kept';
import type { Roster, RosterEntry } from './wire';

export class RosterKeeper {
  private held: Roster | null = null;

  get roster(): Roster | null {
    return this.held;
  }

  hold(roster: Roster): void {
    this.held = roster;
  }

  find(code: string): RosterEntry | null {
    return this.held?.entries.find((it) => it.employee_no === code || it.card_no === code) ?? null;
  }

  async load(gateId: string, now: Date): Promise<Kept | null> {
    const kept = await loadKept(now).catch(() => null);
    if (kept?.gate.id !== gateId) return null;
    this.held = kept.roster;
    return kept;
  }

  /** A tablet that cannot store works on; it only cannot be reloaded without the server. */
  async save(rest: Omit<Kept, 'roster'>): Promise<void> {
    if (this.held) await saveKept({ ...rest, roster: this.held }).catch(() => undefined);
  }

  async dropIfTooOld(clockOffsetMs: number, now: Date): Promise<void> {
    if (!this.held || !isPastKeeping({ roster: this.held, clock_offset_ms: clockOffsetMs }, now)) return;
    this.held = null;
    await wipeKept().catch(() => undefined);
  }
}
