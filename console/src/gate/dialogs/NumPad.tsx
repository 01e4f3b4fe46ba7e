import { usePage } from '../context';
import { Icon } from '../board/Icon';

interface Props {
  onDigit: (digit: string) => void;
  onBack: () => void;
  onClear: () => void;
}

/** Keys of 88 pixels. They never take the focus, so the field that is being filled keeps it. */
export function NumPad({ onDigit, onBack, onClear }: Props) {
  const { t } = usePage();
  const digit = (it: string) => (
    <button key={it} type="button" tabIndex={-1} onPointerDown={(event) => event.preventDefault()} onClick={() => onDigit(it)}>{it}</button>
  );
  return (
    <div className="g-pad" role="group" aria-label={t.keypad}>
      {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(digit)}
      <button type="button" tabIndex={-1} className="g-pad-word" onPointerDown={(event) => event.preventDefault()} onClick={onClear}>{t.clear}</button>
      {digit('0')}
      <button type="button" tabIndex={-1} aria-label={t.backspace} onPointerDown={(event) => event.preventDefault()} onClick={onBack}>
        <Icon name="backspace" />
      </button>
    </div>
  );
}
