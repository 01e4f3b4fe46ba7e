// Who may use this page now, and how it came to be open: with the server, or from what the tablet keeps.
import { del } from '../api';
import { apiBackend, isUnreachable } from './backend';
import { enrolledGate, loadKept, wipeKept } from './storage/kept';
import type { GateBrief, Session } from './wire';

export interface OnDuty {
  gate: GateBrief;
  guard: string;
  login: string;
  permissions: readonly string[];
  resumed: boolean;
}
export type Phase =
  | { kind: 'loading' }
  | { kind: 'enrol' }
  | { kind: 'sign_in'; gate: GateBrief | null; login: string; notice: 'ended' | 'offline' | null }
  | { kind: 'no_gate' }
  | { kind: 'board'; duty: OnDuty };

const SIGNED_OUT = 'fugong.gate.signed-out';
/** What a guard may do; the server decides again when the network is back. */
const GUARD_PERMISSIONS = ['record_screening', 'override_verdict', 'handle_alarms'];

export async function openingPhase(): Promise<Phase> {
  const gate = enrolledGate();
  try {
    const session = await apiBackend.session();
    if (leftOffline()) {
      await endSession();
      return signInPhase(gate, null);
    }
    return phaseOf(session);
  } catch (error) {
    if (!isUnreachable(error)) return gate || askedGate() ? signInPhase(gate, null) : { kind: 'enrol' };
    const kept = leftOffline() ? null : await loadKept(new Date()).catch(() => null);
    if (kept) return { kind: 'board', duty: { gate: kept.gate, guard: kept.guard, login: '', permissions: GUARD_PERMISSIONS, resumed: true } };
    return gate ? signInPhase(gate, 'offline') : { kind: 'enrol' };
  }
}

export function phaseOf(session: Session): Phase {
  const asked = askedGate();
  const gate = session.gate ?? (asked ? { id: asked, name: '', site_id: '', site_name: '' } : null);
  if (!gate) return { kind: 'no_gate' };
  const { display_name, login } = session.account;
  return { kind: 'board', duty: { gate, guard: display_name, login, permissions: session.permissions, resumed: false } };
}

export function signInPhase(gate: GateBrief | null, notice: 'ended' | 'offline' | null, login = ''): Phase {
  return { kind: 'sign_in', gate, login, notice };
}

/** Locked, or ended by the server: the roster stays for the next guard of the shift, behind her PIN. */
export async function lock(): Promise<void> {
  localStorage.setItem(SIGNED_OUT, '1');
  await endSession();
}

/** The server has ended the session: what is kept goes, for who was signed in may not be on duty any more. */
export async function forgetDuty(): Promise<void> {
  localStorage.setItem(SIGNED_OUT, '1');
  await wipeKept().catch(() => undefined);
}

/** The roster leaves the tablet, whether or not the server hears of it now. The queue stays: it must not be lost. */
export async function signOut(): Promise<void> {
  localStorage.setItem(SIGNED_OUT, '1');
  await wipeKept().catch(() => undefined);
  await endSession();
}

/** The mark stays until somebody signs in: without the server, nobody opens the board without a PIN. */
async function endSession(): Promise<void> {
  await del('/session').catch(() => undefined);
}

export function signedIn(): void {
  localStorage.removeItem(SIGNED_OUT);
}

/** Signed out while the server was away: its session is ended at the next chance, and nobody rides on it meanwhile. */
function leftOffline(): boolean {
  return localStorage.getItem(SIGNED_OUT) !== null;
}

function askedGate(): string | null {
  return new URLSearchParams(window.location.search).get('gate');
}
