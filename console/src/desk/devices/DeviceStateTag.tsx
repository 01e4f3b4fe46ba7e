import type { DeviceView } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { StateTag, type Tone } from '../parts/cells';

const TONE: Record<DeviceView['state'], Tone> = { new: 'plain', live: 'accent', silent: 'recheck', untrusted: 'deny', disabled: 'hold' };

export function DeviceStateTag({ state }: { state: DeviceView['state'] }) {
  const words = useCommon();
  return <StateTag tone={TONE[state]}>{words.deviceState[state]}</StateTag>;
}
