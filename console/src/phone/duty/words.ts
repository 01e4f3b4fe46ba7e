// The words of the officer's face. One interface; a missing key does not compile.
import type { InspectionView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import type { FindingKind, ItemFault } from '../../shared/visits/model';
import type { Stage } from './round';
import { dutyEn } from './words-en';
import { dutyZh } from './words-zh';

type Kind = InspectionView['kind'];

export interface DutyWords {
  tabs: { today: string; firms: string; me: string };
  signIn: {
    title: string; lead: string; login: string; password: string; next: string; codeTitle: string; codeLead: (login: string) => string; code: string; submit: string; other: string; back: (seconds: number) => string;
    ended: string; unsent: (n: number) => string; worker: string; away: string;
  };
  barred: { title: (name: string) => string; hint: string; desk: string };
  asOf: (at: string) => string; never: string; refresh: string; refreshing: string; awayHint: string; broken: string;
  today: {
    title: string; greeting: (name: string) => string; counts: { today: string; late: string; defects: string; unreported: string };
    waiting: (reports: number, photos: number) => string; waitingHint: string; sendNow: string;
    late: string; route: string; coming: string; moved: string; movedHint: string; done: string; none: string; noneHint: string; left: (n: number) => string;
    defects: string; dueOn: (day: string) => string; lateSince: (day: string) => string; unreported: string; unreportedMore: (n: number) => string; lastDay: (day: string) => string; neverReported: string; noDay: string; stop: (n: number) => string; due: (at: string) => string;
  };
  kinds: Record<Kind, string>; modes: Record<InspectionView['mode'], string>; stages: Record<Stage, string>;
  firms: {
    title: string; search: string; find: string; none: string; noneHint: string; offline: string; more: string; firm: string; area: string; sites: string; noSites: string; visits: string; contact: string; ask: string; noContact: string; sitesAway: string;
    unreported: string; open: string;
  };
  contact: { title: string; address: string; name: string; call: (phone: string) => string; none: string };
  visit: {
    title: string; begin: string; resume: string; sign: string; number: string; day: string; startsAt: string; due: string; sites: string; area: string; items: string; filled: (n: number, of: number) => string; defects: string; critical: string;
    waiting: string; moved: string; gone: string; goneHint: string; keeps: string; photos: (n: number) => string;
    refused: { title: string; faults: (n: number) => string; cancelled: string; reported: (officer: string, at: string) => string; mine: string; other: string; keeps: string };
    discard: string; discardTitle: string; discardSure: string; ok: string;
    passed: string; passedHint: string; failed: string; failedHint: string; kept: string; keptHint: (officer: string) => string; already: string; alreadyHint: (officer: string) => string; nobody: string; digest: string; sentAt: (at: string) => string; photosRefused: (n: number) => string;
  };
  item: {
    of: (n: number, of: number) => string; findings: Record<FindingKind, string>; how: string; take: string; taking: string; noPicture: string; photoNeeded: string; photo: (n: number, at: string) => string; placed: string; unplaced: string; sent: string; unsent: string; notTaken: string; drop: string;
    wanting: string; fixBy: string; tomorrow: string; days: (n: number) => string; faults: Record<ItemFault, string>; previous: string; next: string; toSign: string; there: (n: number) => string;
  };
  sign: { title: string; summary: string; officer: string; witness: string; hint: string; pad: (who: string) => string; clear: string; missing: (n: number) => string; names: string; send: string; sure: string; willPass: string; willFail: string };
  me: {
    title: string; account: string; login: string; phone: string; kept: (visits: number, firms: number) => string; keptHint: string; language: string; worker: string; desk: string; signOut: string; signOutTitle: string;
    signOutUnsent: (n: number) => string; signOutClean: string; signOutAway: string; keep: string; remove: string; removeSure: (n: number) => string;
  };
}

export function useDutyWords(): DutyWords {
  return useLang().lang === 'zh' ? dutyZh : dutyEn;
}
