// The words of the phone. One interface; a missing key does not compile.
import type { AppealState, ConsentPurpose, CorrectionField, LegKind, NoPass } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import type { ReopeningWords } from './reopening';
import type { TrainingWords } from './training';
import type { VisitsWords } from './visits';
import { wordsEn } from './words-en';
import { wordsZh } from './words-zh';

/** Acts on her file, as she reads them; an act that is not named here is `other`. */
export type Act =
  | 'person.read' | 'person.facts_read' | 'person.listed' | 'person.searched' | 'person.revealed' | 'project.exported' | 'person.registered' | 'person.corrected'
  | 'person.attested' | 'person.cleared' | 'person.merged' | 'person.told_apart' | 'person.duplicate_undone' | 'person.duplicates_listed'
  | 'person.employed' | 'person.left' | 'employment.changed' | 'people.import' | 'screening.listed' | 'screening.read' | 'screening.entered'
  | 'screening.overridden' | 'screening.clinical' | 'roster.given' | 'alarm.read' | 'alarm.changed'
  | 'person.declared' | 'person.measured' | 'person.declarations_read' | 'person.reminded' | 'worker.declared' | 'worker.measured'
  | 'red_order.ordered' | 'red_order.confirmed' | 'red_order.rejected' | 'red_order.lifted' | 'red_orders.listed' | 'appeal.asked' | 'appeal.withdrawn' | 'appeal.read' | 'appeal.decided' | 'appeals.listed' | 'status_rules.simulated'
  | 'worker.signed_in' | 'worker.signed_out' | 'worker.exported' | 'worker.activation_made'
  | 'pass.issued' | 'pass.printed' | 'pass.held' | 'pass.released' | 'pass.revoked'
  | 'training.passed' | 'training.recorded' | 'training.read' | 'certificate.revoked' | 'certificate.printed'
  | 'home.recorded' | 'home.left' | 'home.listed'
  | 'consent.given' | 'consent.refused' | 'consent.withdrawn'
  | 'correction.asked' | 'correction.withdrawn' | 'correction.read' | 'correction.accepted' | 'correction.refused' | 'corrections.listed';

export interface PhoneWords {
  visits: VisitsWords;
  back: string; tabs: string; waiting: string; again: string; more: string; close: string; cancel: string;
  offline: { title: string; hint: string };
  signIn: {
    title: string; lead: string; ended: string; phone: string; phoneHint: string; send: string; sent: (phone: string) => string; code: string; tail: string; tailHint: string;
    submit: string; resend: (seconds: number) => string; another: string; slip: string; slipLead: string; slipCode: string; byPhone: string; wrong: string; officer: string; demo: string; privacy: string;
  };
  today: { tab: string; morning: string; day: string; evening: string; greeting: (part: string, name: string) => string };
  declare: {
    today: string; done: (at: string) => string; again: string; last: (what: string) => string; first: string; fullToday: string; same: string; changed: string; fill: string; well: string; contactYes: string; contactNo: string; familyYes: string; been: (where: string) => string; stayed: string;
    waiting: (at: string) => string; waitingHint: string; refused: string; discard: string; title: string; lead: string; symptoms: string; symptomsHint: string; contact: string; family: string; yes: string; no: string; temperature: string;
    places: string; placesHint: string; placeNo: (n: number) => string; place: string; placeHint: string; from: string; until: string; affected: string; addPlace: string; remove: string;
    legs: string; legsHint: string; legNo: (n: number) => string; kind: string; number: Record<LegKind, string>; on: string; legFrom: string; legTo: string; carriage: string; seat: string; addLeg: string;
    submit: string; needed: string; future: string; order: string; all: string; none: string; noneHint: string; by: (name: string) => string; unsent: (n: number) => string;
  };
  appeals: { title: string; lead: string; ask: string; words: string; wordsHint: string; none: string; states: Record<AppealState, string>; due: (at: string) => string; late: string };
  rules: { title: string; why: string; version: (n: number, since: string | null) => string };
  measure: { title: string; due: string; none: string; record: string; value: string; hint: string; range: string; submit: string };
  status: { title: string; until: (at: string) => string; closed: string; closedHint: string; prove: string; asOf: (at: string) => string };
  pass: {
    title: string; hint: string; closed: string; label: (until: string) => string; until: (at: string) => string; over: string; overHint: (at: string) => string; renew: string;
    notKept: string; notKeptHint: string; none: Record<NoPass, { title: string; hint: string }>; toStatus: string;
    lost: string; bind: string; bindHint: string; bound: string; free: string; take: string; bindFailed: string;
  };
  prove: { title: string; lead: string; send: string; code: string; submit: string };
  looks: { title: string; count: (n: number) => string; none: string; noneHint: string; lead: string; act: Record<Act, string>; other: string; because: (why: string) => string; you: string };
  mine: { tab: string; title: string; file: string; timeline: string; corrections: string; phones: string; consents: string; homes: string; exportTitle: string; pdf: string; json: string; paperNote: (at: string) => string; language: string; officer: string; signOut: string };
  file: {
    title: string; identity: string; name: string; document: string; birth: string; sex: Record<'female' | 'male', string>; sexLabel: string; phone: string; since: string;
    work: string; nowhere: string; employeeNo: string; team: string; post: string; shift: string; from: string; until: string; others: string; wrong: string; masked: string;
  };
  timeline: { title: string; none: string; noneHint: string; late: (at: string) => string; well: string; ill: (symptoms: string) => string };
  corrections: {
    title: string; none: string; noneHint: string; ask: string; field: string; value: string; valueHint: Record<CorrectionField, string>; note: string; send: string;
    withdraw: string; withdrawSure: string; answer: (text: string) => string; by: (name: string) => string; sent: string;
  };
  consents: {
    title: string; lead: string; closed: string; none: string; noneHint: string; receipts: string; undecided: string; read: string; readAgain: string; withdraw: string; withdrawTitle: (what: string) => string; withdrawSure: string;
    give: string; refuse: string; later: string; adult: string; guardian: string; guardianLead: string; guardianName: string; relation: string; guardianPhone: string; guardianSent: (phone: string) => string; guardianWas: (name: string) => string;
    until: (day: string) => string; openEnd: (days: number) => string; version: (n: number, digest: string) => string; erased: (at: string) => string; toErase: (day: string) => string; otherWay: Record<ConsentPurpose, string>;
  };
  face: { title: string; lead: string; none: string; enrolled: (at: string) => string; unavailable: string; how: string; take: string; again: string; remove: string; removeTitle: string; removeSure: string };
  homes: {
    title: string; lead: string; closed: string; none: string; noneHint: string; add: string; street: string; community: string; grid: string; pick: string; anyGrid: string; compound: string; compoundHint: string; building: string; unit: string; room: string; optional: string; kind: string; save: string;
    since: (day: string) => string; until: (from: string, until: string) => string; leave: string; leaveTitle: string; leaveSure: string;
  };
  training: TrainingWords;
  reopening: ReopeningWords;
  phones: { title: string; lead: string; this: string; unknown: string; signedIn: (at: string) => string; seen: (at: string) => string; signOut: string; everywhere: string; everywhereSure: string; unproved: string };
}

export function useWords(): PhoneWords {
  return useLang().lang === 'en' ? wordsEn : wordsZh;
}
