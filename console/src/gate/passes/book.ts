// What a tablet holds to verify passes without the server: whom to trust, what is revoked, and whose pass is whose.
import { isUnreachable } from '../backend';
import type { GatePasses } from '../wire';
import { canVerify } from './cose';
import { verify } from './verify';

export interface KeptPasses extends Omit<GatePasses, 'holders'> {
  /** By digest. */
  holders: Record<string, Holder>;
  /** Server time of the answer. */
  heard_at: string;
}
type Holder = Omit<GatePasses['holders'][number], 'digest'>;

/** What a pass that was shown says to the verdict. */
export type PassReading =
  | { kind: 'good' | 'revoked'; employee_no: string | null }
  | { kind: 'expired' | 'elsewhere' | 'unverifiable' };

/** Whether a pass can be verified off line, and if not, why. */
export type PassList = { kind: 'held'; heard_at: string } | { kind: 'none' } | { kind: 'unsupported' };

export class PassBook {
  private held: KeptPasses | null = null;
  private renewing: Promise<boolean> | null = null;
  private askForAll = false;

  constructor(
    private readonly ask: (since: string | undefined) => Promise<GatePasses>,
    private readonly now: () => Date,
  ) {}

  get kept(): KeptPasses | null {
    return this.held;
  }

  load(kept: KeptPasses | null): void {
    this.held = kept;
  }

  /** Whether there is something new; asked for the whole, or for what changed. A gate that cannot have it goes on with what it has. */
  renew(all = false): Promise<boolean> {
    this.askForAll ||= all;
    this.renewing ??= this.renewOnce().finally(() => {
      this.renewing = null;
    });
    return this.renewing;
  }

  private async renewOnce(): Promise<boolean> {
    const before = this.askForAll ? null : this.held;
    try {
      const answer = await this.ask(before?.next);
      this.held = merged(before, answer, this.now());
      this.askForAll = false;
      return true;
    } catch (error) {
      // A server that does not know its own `next` any more still has the whole.
      if (!isUnreachable(error)) this.askForAll = true;
      return false;
    }
  }

  async list(): Promise<PassList> {
    if (!(await canVerify())) return { kind: 'unsupported' };
    return this.held ? { kind: 'held', heard_at: this.held.heard_at } : { kind: 'none' };
  }

  /** A space at the end may be the code's own or the scanner's. */
  async read(text: string): Promise<PassReading> {
    const reading = await this.readExactly(text);
    return reading.kind === 'unverifiable' && text.endsWith(' ') ? this.readExactly(text.trimEnd()) : reading;
  }

  private async readExactly(text: string): Promise<PassReading> {
    const { held } = this;
    if (!held) return { kind: 'unverifiable' };
    const verified = await verify(text, held, this.now());
    if (!('digest' in verified)) return verified;
    return { kind: verified.kind, employee_no: held.holders[verified.digest]?.employee_no ?? null };
  }
}

/** The answer to a question with `since` holds only who changed. */
export function merged(before: KeptPasses | null, answer: GatePasses, now: Date): KeptPasses {
  const changed = answer.holders.map(({ digest, ...holder }): [string, Holder] => [digest, holder]);
  const all = [...Object.entries(before?.holders ?? {}), ...changed];
  const live = all.filter(([, it]) => now.getTime() < Date.parse(it.expires_at));
  return { ...answer, holders: Object.fromEntries(live), heard_at: now.toISOString() };
}
