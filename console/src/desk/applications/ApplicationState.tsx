import type { ApplicationView } from '../../api';
import { StateTag, type Tone } from '../parts/StateTag';
import { useDesk } from '../strings';

const TONES: Record<ApplicationView['state'], Tone> = {
  draft: 'plain', submitted: 'waits', in_review: 'waits', returned: 'bad', inspection_due: 'waits', inspected: 'waits',
  approved: 'good', rejected: 'bad', suspended: 'bad', revoked: 'bad', filed: 'plain',
};

export function ApplicationState({ state }: { state: ApplicationView['state'] }) {
  const t = useDesk();
  return <StateTag tone={TONES[state]}>{t.applications.states[state]}</StateTag>;
}
