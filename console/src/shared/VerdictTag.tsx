import type { VerdictOutcome } from '../api/types';
import { useCommon } from '../i18n/LangProvider';
import { VerdictShape } from './VerdictShape';
import './tags.css';

/** Shape and word of a verdict, for lists. */
export function VerdictTag({ outcome }: { outcome: VerdictOutcome }) {
  const words = useCommon();
  return (
    <span className={`tag tag-${outcome}`}>
      <VerdictShape outcome={outcome} size={12} knock={`var(--${outcome}-wash)`} />
      {words.verdict[outcome]}
    </span>
  );
}
