import { useWords } from '../words';
import { percentOf, playTime } from './course';

/** How far she is. */
export function Progress({ furthestMs, lengthMs }: { furthestMs: number; lengthMs: number }) {
  const t = useWords();
  const percent = percentOf(furthestMs, lengthMs);
  return (
    <div className="m-progress">
      <div role="progressbar" aria-label={t.training.watchedBar} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}><i style={{ width: `${percent}%` }} /></div>
      <small>{t.training.watched(playTime(percent === 100 ? lengthMs : furthestMs), playTime(lengthMs))}</small>
    </div>
  );
}
