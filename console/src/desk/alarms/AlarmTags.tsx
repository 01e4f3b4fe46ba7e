import type { AlarmState, Severity } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { StateTag, type Tone } from '../parts/cells';

const TONE: Record<AlarmState, Tone> = { raised: 'deny', acknowledged: 'recheck', handling: 'accent', closed: 'hold' };

export function AlarmStateTag({ state }: { state: AlarmState }) {
  const words = useCommon();
  return <StateTag tone={TONE[state]}>{words.alarmState[state]}</StateTag>;
}

/** Critical is a disc with "!", warning a triangle, info a ring. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const words = useCommon();
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" role="img" aria-label={words.severity[severity]} style={{ flex: 'none' }}>
      {severity === 'critical' ? <><circle cx="8" cy="8" r="7" fill="var(--deny)" /><path d="M8 4v5" stroke="#fff" strokeWidth="2" strokeLinecap="round" /><circle cx="8" cy="12" r="1.1" fill="#fff" /></> : null}
      {severity === 'warning' ? <path d="M8 2 15 14H1z" fill="var(--recheck-icon)" /> : null}
      {severity === 'info' ? <circle cx="8" cy="8" r="5.5" fill="none" stroke="var(--control)" strokeWidth="2" /> : null}
    </svg>
  );
}
