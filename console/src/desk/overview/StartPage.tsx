import { OfficerStart } from '../grid/OfficerStart';
import { ReviewerStart } from '../review/ReviewerStart';
import { useCan, useRole } from '../session/session';
import { AdminStart } from './AdminStart';
import { AuditorStart } from './AuditorStart';
import { GuardStart } from './GuardStart';
import { OverviewPage } from './OverviewPage';

/** The first page answers the question its user arrives with. */
export function Component() {
  const can = useCan();
  const role = useRole();
  if (role === 'guard') return <GuardStart />;
  if (role === 'reviewer') return <ReviewerStart />;
  if (role === 'officer') return <OfficerStart />;
  if (can('read_screenings') || can('read_alarms')) return role === 'administrator' ? <AdminStart /> : <OverviewPage />;
  return can('read_audit') && !can('manage_accounts') ? <AuditorStart /> : <AdminStart />;
}
