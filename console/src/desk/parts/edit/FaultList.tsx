import { useDesk } from '../../strings';

export interface FaultEntry {
  /** What it is about, where the button leads. */
  title: string;
  /** The input by its label; none where it is about the whole. */
  input: string | null;
  words: string;
  go: () => void;
}

/** Everything that keeps a draft from being published, with the way there. */
export function FaultList({ faults }: { faults: FaultEntry[] }) {
  const t = useDesk();
  return (
    <ul className="fault-list" aria-label={t.editing.faultList}>
      {faults.map(({ title, input, words, go }, at) => (
        <li key={at}>
          <button type="button" onClick={go}>{title}</button>
          {input ? <b>{input}</b> : null}
          <span>{words}</span>
        </li>
      ))}
    </ul>
  );
}
