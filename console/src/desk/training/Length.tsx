import { useDesk } from '../strings';

const MINUTE_MS = 60_000;

/** How long it takes to watch or to read. */
export function Length({ ms }: { ms: number }) {
  const t = useDesk();
  return <>{ms < MINUTE_MS ? t.training.seconds(Math.round(ms / 1000)) : t.training.minutes(Math.round(ms / MINUTE_MS))}</>;
}
