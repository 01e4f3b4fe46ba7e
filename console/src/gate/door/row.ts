// A passage as the rows of the board are.
import type { Told } from '../../api';
import type { Row } from '../rows';

export function rowOfTold(it: Told): Row {
  return {
    key: String(it.no), screening_id: String(it.no), employee_no: it.employee_no, pass: null, person_id: null, masked_name: it.masked_name, tail: null,
    team: it.team, outcome: it.outcome, reasons: it.reasons, temperature_c: it.temperature_c, mask: it.mask, direction: it.direction, lane: 1,
    occurred_at: it.at, received_at: it.at, live: true, byHand: false, against_verdict: false, overridden: null, clinical: false, decided_at: it.at,
  };
}
