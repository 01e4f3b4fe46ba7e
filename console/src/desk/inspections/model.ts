// Visits as they are listed. Pure.
import type { InspectionFilter } from '../../api/routes';

export const TABS = ['planned', 'mine', 'nobody', 'done'] as const;
export type InspectionTab = (typeof TABS)[number];

export function tabOf(text: string | undefined): InspectionTab {
  return TABS.find((it) => it === text) ?? 'planned';
}

/** What a tab asks the server for. */
export function queryOf(tab: InspectionTab, me: string): InspectionFilter {
  switch (tab) {
    case 'planned': return { state: 'planned' };
    case 'mine': return { state: 'planned', officer: me };
    case 'nobody': return { state: 'planned', officer: 'nobody' };
    case 'done': return { state: 'done' };
  }
}
