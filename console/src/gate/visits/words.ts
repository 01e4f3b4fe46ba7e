// What a guard reads of visitors, vehicles and coaches. One interface; a missing word does not compile.
import type { CoachFault, VehicleBasis } from '../../api/types';

export interface VisitStrings {
  key: string; keyHint: string; title: string; tabs: Record<'people' | 'vehicles', string>; away: string; asking: string;
  search: string; none: string; noMatch: string; host: (name: string) => string; hours: (start: string, end: string) => string; undeclared: string; enter: string; enterOf: (name: string) => string;
  shown: string; shownHint: string; look: string; basis: Record<VehicleBasis, string>; unannouncedNext: string;
  plate: string; occupants: string; occupantsHint: string; note: string; noteHint: string; noteMissing: string; admit: string; turnAway: string; done: (plate: string) => string;
  coach: { from: (place: string, site: string) => string; aboard: (n: number, crew: number) => string; quick: string; byOne: string; faults: Record<CoachFault, string>; seat: (seat: string) => string; passed: string; notAllowed: string; stays: string };
}
