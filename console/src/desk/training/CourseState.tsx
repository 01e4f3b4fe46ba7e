import type { CourseView } from '../../api';
import { StateTag, type Tone } from '../parts/StateTag';
import { useDesk } from '../strings';

const TONES: Record<CourseView['state'], Tone> = { draft: 'waits', published: 'good', retired: 'plain' };

export function CourseState({ state }: { state: CourseView['state'] }) {
  const t = useDesk();
  return <StateTag tone={TONES[state]}>{t.training.states[state]}</StateTag>;
}
