// The words of visits: a worker announces, a visitor says how she is.
import type { VisitorState } from '../../api';

export interface VisitsWords {
  title: string; lead: string; none: string; add: string; site: string; name: string; phone: string; company: string; purpose: string; plate: string; plateHint: string; on: string; start: string; end: string; document: string; documentHint: string; send: string;
  state: Record<VisitorState, string>; hours: (from: string, until: string, start: string, end: string) => string; waitsFor: string; code: string; share: string; copied: string; shareText: (site: string, link: string) => string; show: string; cancel: string; cancelSure: string; came: string; note: (text: string) => string;
  mine: {
    title: string; ask: string; askHint: string; find: string; at: (site: string) => string; host: (name: string) => string; declare: string; lead: string; symptoms: string; affected: string; contact: string; yes: string; no: string; agrees: string; send: string; needed: string;
    fit: string; fitHint: string; unfit: string; unfitHint: string; pending: string; pendingHint: string; ended: string; endedHint: string; label: string; early: string;
  };
}
