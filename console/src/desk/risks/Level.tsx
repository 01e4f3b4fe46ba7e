import type { RiskLevel } from '../../api';
import { StateTag, type Tone } from '../parts/StateTag';
import { useDesk } from '../strings';

const TONES: Record<RiskLevel, Tone> = { low: 'good', medium: 'waits', high: 'bad' };

/** A level of its own stands out; one that is followed is said quietly. */
export function Level({ level, own = true }: { level: RiskLevel; own?: boolean }) {
  const t = useDesk();
  return own ? <StateTag tone={TONES[level]}>{t.risks.levels[level]}</StateTag> : <small className="risk-follows">{t.risks.levels[level]}</small>;
}
