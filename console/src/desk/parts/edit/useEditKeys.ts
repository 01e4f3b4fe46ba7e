import { useEffect, useRef } from 'react';

interface Keys { undo: (() => void) | null; redo: (() => void) | null; move: (by: -1 | 1) => void }

/** Steps back and forth, and moves, from the keyboard; deaf under a dialog and in the preview. */
export function useEditKeys(keys: Keys): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.defaultPrevented || target.closest('.preview') || document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open')) return;
      const act = actOf(event, target, current.current);
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function actOf(event: KeyboardEvent, target: HTMLElement, { undo, redo, move }: Keys): (() => void) | null {
  if (event.altKey && !event.ctrlKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    // A list that opens has its own use for the arrows.
    return target.closest('.ant-select') ? null : () => move(event.key === 'ArrowUp' ? -1 : 1);
  }
  // A name that is being typed is not yet in the form: the browser takes that back.
  if (!(event.ctrlKey || event.metaKey) || event.altKey || target.closest('.edit-code')) return null;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? redo : undo;
  return key === 'y' ? redo : null;
}
