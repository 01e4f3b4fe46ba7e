import { useEffect, useRef } from 'react';

/** Single keys of a page, deaf while somebody types or a dialog is open. What a key does is read when it is pressed. */
export function useKeys(keys: Partial<Record<string, () => void>>): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const inside = event.key === 'Enter' ? 'a,button,input,label,textarea,select,[role=tab]' : 'input:not([type=checkbox]),textarea,select,[contenteditable]';
      if ((event.target as HTMLElement).closest(inside) || document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open')) return;
      const act = current.current[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
