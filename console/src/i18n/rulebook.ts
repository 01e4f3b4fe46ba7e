// Words of the rulebook: how applications run, its editor, and who reviews for which department.
import type { Regime, RulebookEffects, RulebookFaultCode, Running } from '../api';
import type { ListName } from '../desk/rulebook/edit';
import type { Part } from '../desk/rulebook/diff';

type Tab = 'reading' | 'changes';
type Effect = keyof RulebookEffects;

export interface RulebookStrings {
  title: string; lead: string; byProgram: string; tabs: Record<Tab, string>; views: Record<'book' | 'reviewers', string>; viewsOf: string;
  followed: (at: string) => string; notFollowed: string; withdrawn: string; waits: string; newVersion: string; goOn: string;
  waitingTitle: (version: number) => string; waitingText: (at: string) => string; left: (days: number, clock: string) => string; leftLabel: string; look: string; withdraw: string; withdrawTitle: (version: number) => string; withdrawText: (at: string) => string; withdrew: (version: number) => string; withdrawnBy: (who: string, at: string) => string;
  lists: Record<ListName | 'days', string>; leads: Record<ListName | 'days', string>; none: Record<'regimes' | 'departments' | 'categories' | 'holidays' | 'workdays', string>;
  regimeSays: Record<Regime, string>; runningSays: Record<Running, Record<Regime, string>>; otherwise: string; why: string; underWay: string;
  everybody: string; group: { industries: (what: string) => string; sizes: (what: string) => string; risks: (what: string) => string; areas: (what: string) => string; and: string; or: string };
  leadNone: string; opinionsNone: string; visits: Record<'yes' | 'no', string>; hours: (n: string) => string; workingDays: (n: string) => string; weekends: string; holidays: string; workdays: string; days: (n: number) => string;
  parts: Record<Part, string>; added: Record<ListName, (what: string) => string>; removed: Record<ListName, (what: string) => string>; changed: Record<ListName, (what: string) => string>; daysChanged: Record<'holidays' | 'workdays', string>; daysAdded: string; daysRemoved: string;
  mine: string; mineNone: string;
  edit: {
    title: string; from: (version: number) => string; outline: string; panes: Record<'outline' | 'edit' | 'preview', string>; add: Record<ListName, string>; keyHint: string; name: string; reason: string; reasonHint: string; regime: string; running: string; runningHint: Record<Regime, string>; runnings: Record<Running, string>;
    group: string; groupHint: string; lastHint: string; industries: string; industriesHint: string; industryRule: string; sizes: string; risks: string; areas: string; anyone: string; lead: string; opinions: string; visit: string; visitLabel: string; replyHours: string; opinionHours: string; decisionDays: string;
    daysHint: string; addDay: string; day: string; addDays: Record<'holidays' | 'workdays', string>; dropDay: (day: string) => string; removeText: string; removeUses: string; usedLead: (route: string) => string; usedOpinion: (route: string) => string; kinds: Record<ListName | 'days', string>;
    pendingTitle: (version: number) => string; pendingText: string; toPending: string;
  };
  faults: Record<Exclude<RulebookFaultCode, 'words' | 'size' | 'unreached'>, string> & { empty: string; long: (most: number) => string; size: Record<ListName | 'days', string>; unreached: Record<'regimes' | 'routes', string> };
  tries: {
    title: string; lead: string; effects: string; effectsHint: string; waits: string; nobody: string; sum: Record<Effect, string>; area: string; areaHint: string; differs: string; sameFor: string; route: string; underWay: string;
    becomes: Record<'stays' | 'filed' | 'sentBack', string>; changes: string; nothing: string;
  };
  publish: { title: string; text: string; when: string; now: string; later: string; at: string; atRule: string; past: string; noteHint: string; filed: (n: string) => string; sentBack: (n: string) => string; stay: (n: string) => string; ofNow: string; laterHint: string; published: (version: number) => string; planned: (version: number, at: string) => string };
  reviewers: { lead: string; count: (n: string) => string; nowhere: string; nowhereHint: string; set: string; setTitle: (name: string) => string; setText: string; setOf: (name: string) => string; choose: string; done: (name: string) => string; gone: (key: string) => string; disabled: string; empty: string; emptyHint: string; byDepartment: string; nobody: string; more: string; noDepartments: string };
}
