import type { OpenState } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { StateTag, type Tone } from '../parts/cells';

const TONE: Record<OpenState, Tone> = { open: 'accent', not_open: 'hold', suspended: 'deny' };

export function OpenStateTag({ state }: { state: OpenState }) {
  const words = useCommon();
  return <StateTag tone={TONE[state]}>{words.openState[state]}</StateTag>;
}
