// Words of visitors, coaches and vehicles.
import type { CoachFault, CoachState, ManifestFault, VehicleBasis, VehicleOutcome, VisitorState } from '../api/types';

export interface VisitorsStrings {
  tabs: { visitors: string; coaches: string; vehicles: string };
  title: string; count: (n: string) => string; none: string; noneHint: string; add: string; detail: string; saved: string; lead: string;
  search: string; searchHint: string; day: string; today: string; inside: string; insideOnly: string; notInside: string;
  name: string; phone: string; document: string; documentHint: string; company: string; purpose: string; plate: string; plateHint: string; from: string; until: string; untilHint: string; start: string; end: string;
  visitor: string; host: string; when: string; hours: (from: string, until: string, start: string, end: string) => string; declared: string; notDeclared: string; arrived: string; left: string; note: string; decided: string;
  state: Record<VisitorState, string>;
  code: string; codeHint: string; link: string; approve: string; approveTitle: (name: string) => string; approveConsequence: string; refuse: string; refuseTitle: (name: string) => string; refuseConsequence: string; cancel: string; cancelTitle: (name: string) => string; cancelConsequence: string; passages: string;
  required: string;
  coach: {
    title: string; count: (n: string) => string; none: string; noneHint: string; add: string; saved: string; search: string; detail: string;
    carrier: string; seats: string; seatsHint: string; crew: string; crewHint: string; fromPlace: string; departs: string; leader: string; leaderPhone: string; site: string; plate: string;
    state: Record<CoachState, string>; aboard: (aboard: string, passengers: string) => string; fill: (n: string) => string; code: string; codeHint: string;
    manifest: string; manifestNone: string; manifestLead: string; template: string; pick: string; pickHint: string; check: string; land: (n: string) => string; tried: string; landed: string; rows: string; created: string; unchanged: string; refused: string; again: string;
    columns: { seat: string; name: string; document_number: string; phone: string; company: string }; faults: Record<ManifestFault, string>;
    seat: string; passenger: string; found: string; fit: string; unfit: string; unchecked: string; notAllowed: string; isAboard: string; stays: string; look: string; lookTitle: (seat: string, name: string) => string; temperature: string; symptoms: string; affected: string; contact: string; goesAboard: string; remove: string; removeTitle: (seat: string) => string; removeConsequence: string; admitted: string;
    sign: string; signTitle: string; signConsequence: (n: string) => string; reopen: string; reopenTitle: string; reopenConsequence: string; arrive: string; arriveTitle: string; arriveConsequence: string; receivedBy: string; cancel: string; cancelTitle: string; cancelConsequence: string; checkedBy: (name: string, at: string) => string; ended: string;
    faultWords: Record<CoachFault, string>;
  };
  vehicle: {
    title: string; count: (n: string) => string; none: string; noneHint: string; plate: string; basis: Record<VehicleBasis, string>; basisTitle: string; outcome: Record<VehicleOutcome, string>; outcomeTitle: string; quick: string; occupants: string; by: string; at: string; gate: string; note: string;
  };
}
