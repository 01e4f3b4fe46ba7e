import type { CoachState, VehicleOutcome, VisitorState } from '../../api';
import type { Tone } from '../parts/cells';

export const VISITOR_TONE: Record<VisitorState, Tone> = { requested: 'hold', announced: 'admit', refused: 'deny', cancelled: 'plain' };
export const COACH_TONE: Record<CoachState, Tone> = { planned: 'hold', checked: 'admit', arrived: 'plain', cancelled: 'plain' };
export const VEHICLE_TONE: Record<VehicleOutcome, Tone> = { admitted: 'admit', turned_away: 'deny' };

/** The page on which a visitor says how she is. The code stands behind the #: no server log and no proxy sees it. */
export function visitHref(origin: string, code: string): string {
  return `${origin}/m/visit#${code}`;
}
