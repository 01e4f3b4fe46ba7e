import { useDesk } from '../strings';
import { LABEL_MOST, type Fault } from './faults';

/** What is wrong at an input, and what to do, in the page's language. */
export function useFaultWords(): (fault: Fault) => string {
  const w = useDesk().checklists.faults;
  return (fault) => (fault.code !== 'words' ? w[fault.code] : fault.empty ? w.empty : w.long(LABEL_MOST));
}
