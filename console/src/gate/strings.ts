// The words of the gate page around the verdict (those are in reasons.ts). One interface; a missing key does not compile.
import type { LearnRefusal, PairFault } from '../api';
import type { ForeignStrings } from './foreign/words';
import type { Lang } from './settings';
import type { VisitStrings } from './visits/words';
import { stringsEn } from './strings-en';
import { stringsZh } from './strings-zh';

/** Clinical readings of those who pass. */
export interface PairingStrings {
  open: string; title: string; lead: string; site: string; sites: Record<'oral' | 'tympanic', string>; who: string; nobody: string; estimated: (c: string) => string; reading: string; submit: string; fever: string;
  pairs: string; of: (n: number, least: number) => string; learnt: string; offset: (by: string, u: string) => string; noSlope: string; inUse: string; since: (by: string, at: string) => string; shipped: string;
  refused: (why: LearnRefusal) => string; undo: string; adopt: string; forget: string; forgetSure: string; faults: Record<PairFault | 'away', string>;
}

export interface GateStrings {
  title: string;
  /** Between two short facts on one line. */
  gap: string;
  loading: string;
  close: string;
  cancel: string;
  backspace: string;
  clear: string;
  keypad: string;
  person: { unknown: string; tail: (tail: string) => string };
  enrol: { title: string; lead: string; code: string; submit: string; already: string };
  signIn: {
    title: string; login: string; pin: string; submit: string; anotherTablet: string; waiting: (n: number) => string;
    toDesk: string; offline: string; ended: string; retry: string;
  };
  noGate: { title: string; lead: string; toDesk: string };
  refused: { title: string; lead: string };
  top: {
    direction: Record<'in' | 'out' | 'both', string>;
    lane: (n: number) => string;
    online: string;
    roster: (minutes: number, people: string) => string;
    noRoster: string;
    offline: (minutes: number) => string;
    offlineDetail: (made: string, until: string) => string;
    waiting: (n: number) => string;
    parked: (n: number) => string;
    sound: string; mute: string; silent: string; menu: string; queue: string;
  };
  /** The screen of the box at the door. */
  door: {
    alone: string; faces: (people: string) => string; otherLanguage: string; away: string; empty: string; camera: string; fault: string; disk: (mib: number) => string;
    revoked: string; revokedLead: string;
    pairing: PairingStrings;
  };
  board: {
    speaking: string; muted: string; ago: (seconds: number) => string;
    idleWord: string; idleNext: string; idleOffline: string;
    temperature: string; gauge: (value: string, limit: string) => string;
    also: (others: string[]) => string;
    late: string; notSent: string;
    inside: string; flow: (entered: string, left: string) => string; expected: (n: string) => string;
    lastTen: string; celsius: string; nobodyYet: string;
    waiting: (n: number) => string; nobodyWaits: string; othersMayPass: string; byClinical: string; more: (n: number) => string;
    rosterTooOld: (hours: number) => string; byHandOnly: string;
    silentDevices: (n: number) => string;
  };
  alarm: { acknowledge: string; more: (n: number) => string; at: (clock: string) => string };
  keys: {
    scan: string; scanHint: string; manual: string; manualHint: string; clinical: string; clinicalHint: (limit: string) => string;
    visits: string; visitsHint: string; override: string; overrideHint: string; noRight: string;
    /** Beside the wide F3 key there is less room. */
    short: Record<'scan' | 'manual' | 'override', string>;
  };
  entry: {
    scanTitle: string; manualTitle: string; scanLabel: string; scanLead: string; pass: string; passLead: string; passOffline: Record<'none' | 'too_old' | 'unsupported', string>; passListAge: (minutes: number) => string; by: string; employeeNo: string; cardNo: string;
    temperature: string; temperatureHint: string; mask: string; direction: string; directions: Record<'in' | 'out', string>; lane: string;
    submit: string; notOnRoster: string; offline: string; codeMissing: string; temperatureRange: string;
  };
  foreign: ForeignStrings;
  visits: VisitStrings;
  camera: { open: string; close: string; preview: string; lead: string; refused: string; failed: string };
  clinical: {
    title: string; who: string; reading: string; note: string; rule: (limit: string) => string; admits: string; denies: string;
    notFever: string; offline: string; submit: string; nobody: string;
  };
  override: {
    title: string; who: string; to: string; outcomes: Record<'admit' | 'deny', string>; reason: string; reasonLead: string; login: string; secret: string;
    recorded: string; medical: string; offline: string; submit: string; nobody: string; reasonMissing: string; supervisorMissing: string;
  };
  queue: {
    title: string; empty: string; waiting: string; refused: string; retry: string; discard: string; discardSure: string; lead: string;
  };
  settings: {
    title: string; language: string; voices: string; voice: Record<'zh' | 'en' | 'both', string>; volume: string; test: string; lane: string; allLanes: string;
    fullscreen: string; leaveFullscreen: string; lock: string; lockOffline: string; signOut: string; signOutSure: (waiting: number) => string; signedInAs: (name: string) => string;
  };
  /** By the server's code, and a few of our own. */
  error: (code: string) => string;
}

export const STRINGS: Record<Lang, GateStrings> = { zh: stringsZh, en: stringsEn };
