import type { PlanState } from '../api/types';

export interface ShiftPlanStrings {
  title: string; lead: string; states: Record<PlanState, string>; progress: (percent: number) => string; givens: string; teams: string; gates: string; limits: string;
  team: string; post: string; people: string; earliest: string; latest: string; work: string; breakLength: string; breakFrom: string; breakUntil: string; usesGates: string; together: string; allGates: string;
  addTeam: string; remove: (name: string) => string; paste: string; pasteHint: string; pasteTake: string; pasted: (n: number) => string;
  gate: string; way: string; ways: Record<'in' | 'out' | 'both', string>; lanes: string; perMinute: string; addGate: string;
  slot: string; days: string; gateWait: string; arrival: string; leaving: string; changing: string; canteen: string; seats: string; counter: string; counterWait: string; minutes: string;
  save: string; saved: string; run: string; stop: string; reload: string; unsaved: string; noTeams: string;
  result: string; noResult: string; start: string; end: string; pause: string; earlier: (team: string) => string; later: (team: string) => string; keepStarts: string; dropStarts: string; changed: (n: number) => string; startOf: (team: string) => string; byHand: string; outside: string; dragHint: string;
  queueOf: (gate: string) => string; queueCounter: string; planned: string; eight: string; queueLabel: (gate: string, planned: string, eight: string) => string; limit: (people: string) => string;
  figure: string; figures: string; longest: string; mean: string; p95: string; peak: string; mixed: string; pairs: string; strangers: string; canteenPeak: string; overflow: string; broken: string; holds: string; unit: Record<'min' | 'people' | 'personMin' | 'pairMin', string>;
  proved: string; bound: (bound: string, found: string) => string; cutOff: string; took: (seconds: string) => string;
  hindrances: string; nothingFound: string; whoMore: (names: string, n: number) => string;
  hindrance: {
    no_common_time: (who: string) => string; together: string;
    seats: (span: string, who: string, people: number, capacity: number, enough: number) => string;
    counter: (span: string, who: string, people: number, capacity: number, needed: number, given: number, enough: number) => string;
    gate: (gate: string, span: string, who: string, people: number, capacity: number, needed: number, given: number, enough: number) => string;
  };
  enforce: string; enforceTitle: string; enforceText: (windows: string) => string; enforceBroken: string; enforced: string; inForce: (by: string, at: string) => string; notInForce: string; older: string; withdraw: string; withdrawTitle: string; withdrawText: string; withdrawn: string;
  xlsx: string; csv: string; toSite: string;
}
