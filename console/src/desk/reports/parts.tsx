import type { Doubt } from '../../api';
import { StateTag } from '../parts/StateTag';
import { useDesk } from '../strings';

/** What does not fit together, in words; nothing where all does. */
export function Doubts({ of }: { of: Doubt[] }) {
  const w = useDesk().reports;
  return <span className="report-doubts">{of.map((it) => <StateTag key={it} tone="waits">{w.doubts[it]}</StateTag>)}</span>;
}
