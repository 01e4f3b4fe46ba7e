import type { FormTakes } from '../../api';
import { useDesk } from '../strings';
import { MaybeWordsRow, NumberRow, type Wrong } from '../parts/edit/inputs';

const FAR = 1_000_000_000_000;

/** What bounds an answer of this kind. */
export function Limits({ takes, wrong, onChange }: { takes: FormTakes; wrong: Wrong; onChange: (next: FormTakes, mark?: string) => void }) {
  const t = useDesk();
  const w = t.forms.edit;
  switch (takes.kind) {
    case 'text':
    case 'prose': return <NumberRow label={w.mostCharacters} value={takes.most} least={0} most={100_000} wrong={wrong('limits')} onChange={(most) => onChange({ ...takes, most }, 'most')} />;
    case 'files': return <NumberRow label={w.mostFiles} value={takes.most} least={0} most={100} wrong={wrong('limits')} onChange={(most) => onChange({ ...takes, most }, 'most')} />;
    case 'number':
      return (
        <>
          <div className="edit-pair">
            <NumberRow label={w.least} value={takes.least} least={-FAR} most={FAR} wrong={null} onChange={(least) => onChange({ ...takes, least }, 'least')} />
            <NumberRow label={w.most} value={takes.most} least={-FAR} most={FAR} wrong={wrong('limits')} onChange={(most) => onChange({ ...takes, most }, 'most')} />
          </div>
          <MaybeWordsRow name="unit" label={w.unit} value={takes.unit} wrong={wrong} onChange={(unit, mark) => onChange({ ...takes, unit }, mark || undefined)} />
        </>
      );
    default: return null;
  }
}
