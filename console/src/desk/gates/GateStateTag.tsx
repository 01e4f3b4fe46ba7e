import { StateTag } from '../parts/cells';
import { useDesk } from '../strings';

export function GateStateTag({ closed }: { closed: boolean }) {
  const t = useDesk();
  return <StateTag tone={closed ? 'deny' : 'accent'}>{closed ? t.gates.closed : t.gates.opened}</StateTag>;
}
