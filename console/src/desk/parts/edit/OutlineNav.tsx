import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useDesk } from '../../strings';

/** What a document consists of; up and down go from entry to entry. */
export function OutlineNav({ label, children }: { label: string; children: ReactNode }) {
  const nav = useRef<HTMLElement>(null);
  const walk = (event: KeyboardEvent) => {
    if (event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    const entries = [...(nav.current?.querySelectorAll<HTMLButtonElement>('.outline-entry') ?? [])];
    const at = entries.indexOf(event.target as HTMLButtonElement);
    if (at < 0) return;
    event.preventDefault();
    entries[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  };
  return <nav className="outline" aria-label={label} ref={nav} onKeyDown={walk}>{children}</nav>;
}

interface EntryProps { id: string; text: string; here: boolean; wrong: number; onOpen: () => void; open?: boolean; strong?: boolean }

export function OutlineEntry({ id, text, here, wrong, onOpen, open, strong = false }: EntryProps) {
  const t = useDesk();
  return (
    <button type="button" id={id} className={`outline-entry${strong ? ' is-section' : ''}`} aria-current={here ? 'true' : undefined} aria-expanded={open} onClick={onOpen}>
      <span>{text}</span>
      {wrong > 0 ? <em className="outline-wrong"><span aria-hidden>▲ {wrong}</span><span className="sr-only">{t.editing.faultsAt(wrong)}</span></em> : null}
    </button>
  );
}
