import { usePage } from '../context';
import type { GateRules } from '../wire';

const LOW = 35.5;
const HIGH = 38.5;
const LEFT = 8;
const WIDTH = 304;

interface Props {
  celsius: number;
  rules: Pick<GateRules, 'fever_possible_c' | 'fever_suspected_c'> | null;
}

/** Where the reading lies against the two lines: beside its number, never instead of it. */
export function Gauge({ celsius, rules }: Props) {
  const { t } = usePage();
  const possible = rules?.fever_possible_c ?? 37;
  const suspected = rules?.fever_suspected_c ?? 37.3;
  return (
    <svg className="g-gauge" viewBox="0 0 320 92" role="img" aria-label={t.board.gauge(celsius.toFixed(1), suspected.toFixed(1))}>
      <g fill="currentColor">
        <rect x={LEFT} y="36" width={WIDTH} height="8" rx="4" opacity=".4" />
        <rect x={at(suspected)} y="36" width={LEFT + WIDTH - at(suspected)} height="8" />
        <rect x={at(possible) - 1.5} y="30" width="3" height="20" />
        <rect x={at(suspected) - 1.5} y="24" width="3" height="32" />
        <circle cx={at(celsius)} cy="40" r="12" />
      </g>
      <g fill="currentColor" fontSize="22" textAnchor="middle">
        <text x="26" y="80">{LOW}</text>
        <text x={at(possible) - 14} y="80">{possible.toFixed(1)}</text>
        <text x={at(suspected) + 22} y="80" fontWeight="700">{suspected.toFixed(1)}</text>
        <text x="292" y="80">{HIGH}</text>
      </g>
    </svg>
  );
}

function at(celsius: number): number {
  const share = (celsius - LOW) / (HIGH - LOW);
  return LEFT + WIDTH * Math.min(1, Math.max(0, share));
}
