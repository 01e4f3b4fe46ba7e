import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext } from 'react';
import { ApiError, del, get, type Role, type Session } from '../../api';
import { forgetAccount } from '../../shared/visits/store';

export type Permission =
  | 'read_places' | 'edit_places' | 'read_people' | 'read_homes' | 'edit_people' | 'reveal_identity' | 'merge_people' | 'decide_corrections' | 'manage_status_rules' | 'order_red' | 'review_appeals' | 'manage_training' | 'read_applications' | 'apply' | 'plan_shifts' | 'read_reports' | 'file_reports' | 'remind_reports' | 'import_electricity' | 'read_visitors' | 'announce_visitors' | 'read_statistics' | 'manage_report_templates' | 'review_applications' | 'manage_reopening' | 'manage_grid' | 'visit' | 'erase_people' | 'attest' | 'review_census'
  | 'read_screenings' | 'record_screening' | 'override_verdict' | 'supervise_override' | 'read_alarms' | 'handle_alarms'
  | 'read_audit' | 'manage_accounts' | 'manage_devices' | 'manage_rules' | 'manage_responses' | 'read_medical'
  | 'confirm_clinical' | 'read_operations';

export const SESSION_KEY = ['session'] as const;

/** The session, or null when nobody is signed in. */
export function useSessionQuery() {
  return useQuery<Session | null, ApiError>({
    queryKey: SESSION_KEY,
    queryFn: async ({ signal }) => {
      try {
        return await get('/session', { signal });
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });
}

export const SessionContext = createContext<Session | null>(null);

/** Inside the frame there always is one. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside RequireSession');
  return session;
}

export function useCan(): (permission: Permission) => boolean {
  const { permissions } = useSession();
  return useCallback((permission: Permission) => permissions.includes(permission), [permissions]);
}

export function useRole(): Role {
  return useSession().account.role;
}

/** Forgets everything the last user read. */
export function useEndSession(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    try {
      await del('/session');
    } catch (error) {
      // Already over is what we wanted.
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
    }
    // Visits that this browser took along go too; what was never sent stays for the same account.
    const account = client.getQueryData<Session | null>(SESSION_KEY)?.account.id;
    if (account) await forgetAccount(account, false).catch(() => null);
    client.clear();
    client.setQueryData(SESSION_KEY, null);
  }, [client]);
}
