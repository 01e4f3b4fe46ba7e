import type { FormDefinition } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { useDesk } from '../strings';
import { fieldAt, sectionAt, type Spot } from './edit';
import type { Placed } from './faults';
import { faultWords, inputWords, titleOf, type Says } from './words';

/** Everything that keeps the form from being published, with the way there. */
export function FaultList({ form, faults, says, onSpot }: { form: FormDefinition; faults: Placed[]; says: Says; onSpot: (spot: Spot) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.forms.edit;
  const title = (spot: Spot) => {
    const words = fieldAt(form, spot)?.label ?? sectionAt(form, spot)?.title;
    return words ? titleOf(words, t.forms, lang) : w.whole;
  };
  return (
    <ul className="fault-list" aria-label={w.faultList}>
      {faults.map(({ spot, fault }, at) => (
        <li key={at}>
          <button type="button" onClick={() => onSpot(spot)}>{title(spot)}</button>
          {inputWords(fault.input, says) ? <b>{inputWords(fault.input, says)}</b> : null}
          <span>{fault.code === 'size' && spot.on === 'form' ? t.forms.faults.sizeForm : faultWords(fault, says)}</span>
        </li>
      ))}
    </ul>
  );
}
