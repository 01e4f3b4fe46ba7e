import { usePage } from '../context';
import type { GateRules } from '../wire';
import { Icon } from './Icon';
import type { IconName } from './Icon';

export type DialogName = 'scan' | 'manual' | 'clinical' | 'override' | 'visits' | 'settings' | 'queue' | 'foreign';
export const KEY_OF: Record<string, DialogName> = { F1: 'scan', F2: 'manual', F3: 'clinical', F4: 'override', F6: 'visits' };

interface Props {
  /** What this account may do. */
  may: (name: DialogName) => boolean;
  waiting: number;
  rules: GateRules | null;
  onOpen: (name: DialogName) => void;
}

export function Keys({ may, waiting, rules, onOpen }: Props) {
  const { t } = usePage();
  const limit = (rules?.fever_suspected_c ?? 37.3).toFixed(1);
  const clinical = 0 < waiting && may('clinical');
  const key = (name: DialogName, fn: string, icon: IconName, label: string, hint: string, primary = false) => (
    <button
      type="button"
      className={primary ? 'g-key g-key-go' : 'g-key'}
      disabled={!may(name)}
      aria-keyshortcuts={fn}
      title={may(name) ? undefined : t.keys.noRight}
      onClick={() => onOpen(name)}
    >
      <Icon name={icon} />
      <span className="g-key-text"><b>{label}</b><span><kbd>{fn}</kbd><span>{hint}</span></span></span>
    </button>
  );
  return (
    <nav className={clinical ? 'g-keys g-keys-tight g-keys-five' : 'g-keys g-keys-tight'}>
      {clinical && key('clinical', 'F3', 'thermometer', t.keys.clinical, t.keys.clinicalHint(limit), true)}
      {key('scan', 'F1', 'scan', t.keys.scan, clinical ? t.keys.short.scan : t.keys.scanHint)}
      {key('manual', 'F2', 'keyboard', t.keys.manual, clinical ? t.keys.short.manual : t.keys.manualHint)}
      {key('visits', 'F6', 'visitor', t.keys.visits, clinical ? t.keys.visits : t.keys.visitsHint)}
      {key('override', 'F4', 'swap', t.keys.override, clinical ? t.keys.short.override : t.keys.overrideHint)}
    </nav>
  );
}
