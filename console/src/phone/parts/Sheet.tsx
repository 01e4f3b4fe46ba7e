import { useEffect, useRef, type ReactNode } from 'react';

/** Asks before something grave, from the bottom of the screen. */
export function Sheet({ title, children, onClose }: { title: string; children: ReactNode; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const it = dialog.current;
    if (it && !it.open) it.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="m-sheet" aria-label={title} onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <div><h2>{title}</h2>{children}</div>
    </dialog>
  );
}
