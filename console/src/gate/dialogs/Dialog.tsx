// A dialog for fingers and keyboards: focus stays inside, Esc closes, focus returns to where it was.
import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Icon } from '../board/Icon';
import { usePage } from '../context';

interface Props {
  title: string;
  wide?: boolean;
  onClose: () => void;
  children: ReactNode;
}
const FOCUSABLE = 'button:not([disabled]), input:not([disabled]), textarea:not([disabled]), select:not([disabled]), [tabindex="0"]';

export function Dialog({ title, wide = false, onClose, children }: Props) {
  const { t } = usePage();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    const inside = box.current;
    if (inside && !inside.contains(document.activeElement)) {
      (inside.querySelector<HTMLElement>('[data-autofocus]') ?? inside.querySelector<HTMLElement>(FOCUSABLE))?.focus();
    }
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    }
    if (event.key === 'Tab') keepInside(event, box.current);
  }

  return (
    <div className="g-veil" onPointerDown={(event) => event.target === event.currentTarget && onClose()}>
      <div ref={box} className={wide ? 'g-dialog g-dialog-wide' : 'g-dialog'} role="dialog" aria-modal="true" aria-labelledby={id} onKeyDown={onKeyDown}>
        <header className="g-dialog-head">
          <h2 id={id}>{title}</h2>
          <button type="button" className="g-tool" aria-label={t.close} title="Esc" onClick={onClose}><Icon name="close" /></button>
        </header>
        {children}
      </div>
    </div>
  );
}

function keepInside(event: KeyboardEvent, box: HTMLElement | null): void {
  const stops = box ? [...box.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((it) => it.tabIndex >= 0) : [];
  const first = stops[0];
  const last = stops.at(-1);
  if (!first || !last) return;
  if (event.shiftKey && document.activeElement === first) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first.focus();
  }
}
