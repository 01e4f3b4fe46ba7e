import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { onSessionLost } from '../../api';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { SESSION_KEY, SessionContext, useSessionQuery } from './session';

/** Pages behind the sign-in. When the session ends, the user signs in again and is back on the same page. */
export function RequireSession() {
  const client = useQueryClient();
  const location = useLocation();
  const session = useSessionQuery();
  const [wasIn, setWasIn] = useState(false);
  if (session.data && !wasIn) setWasIn(true);

  useEffect(
    () => onSessionLost(() => {
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION_KEY[0] });
      client.setQueryData(SESSION_KEY, null);
    }),
    [client],
  );

  if (session.data) {
    return (
      <SessionContext value={session.data}>
        <Outlet />
      </SessionContext>
    );
  }
  if (session.isPending) return <LoadingState full />;
  if (session.error) return <ErrorState error={session.error} retry={() => void session.refetch()} full />;
  const next = `${location.pathname}${location.search}`;
  return <Navigate to={paths.signIn(next)} replace state={{ expired: wasIn }} />;
}
