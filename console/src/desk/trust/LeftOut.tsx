import { useDesk } from '../strings';
import './trust.css';

/** Entries that cannot be used, and why, in the server's words: they name keys, and whoever made the file reads them. */
export function LeftOut({ label, entries, more = null }: { label: string; entries: string[]; more?: string | null }) {
  const { gap } = useDesk();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long list scrolls
    <section className="trust-out" aria-label={label} tabIndex={0}>
      <ul>
        {entries.map((it, at) => <li key={`${at}${gap}${it}`}><code>{it}</code></li>)}
        {more ? <li className="muted">{more}</li> : null}
      </ul>
    </section>
  );
}
