import { useEffect, useRef, useState } from 'react';
import type { Pdf } from './pdf';

interface Props {
  pdf: Pdf;
  page: number;
  /** 1: as wide as there is room. */
  zoom: number;
  label: string;
  /** Above the words of the page, which only a screen reader finds. */
  textLabel: string;
  onShown?: (page: number) => void;
}

/** More dots than these only cost memory on a small phone. */
const DENSITY_MOST = 2;
const TEXT_MOST = 20_000;

/** One page of a document, drawn as wide as its frame, and its words for who does not see it. */
export function PdfPage({ pdf, page, zoom, label, textLabel, onShown }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const width = useWidth(frame);
  useEffect(() => {
    const target = canvas.current;
    if (!target || width === 0) return undefined;
    let wanted = true;
    let cancel: (() => void) | null = null;
    const draw = async () => {
      const it = await pdf.getPage(page);
      if (!wanted) return;
      const density = Math.min(DENSITY_MOST, window.devicePixelRatio || 1);
      const viewport = it.getViewport({ scale: ((width * zoom) / it.getViewport({ scale: 1 }).width) * density });
      [target.width, target.height] = [Math.floor(viewport.width), Math.floor(viewport.height)];
      target.style.width = `${width * zoom}px`;
      const task = it.render({ canvas: target, viewport });
      cancel = () => task.cancel();
      await task.promise;
      if (!wanted) return;
      onShown?.(page);
      const content = await it.getTextContent();
      if (wanted) setText(content.items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('').slice(0, TEXT_MOST));
    };
    // A page that is left before it was drawn says so by an error, and nobody waits for it any more.
    draw().catch(() => undefined);
    return () => {
      wanted = false;
      cancel?.();
    };
  }, [pdf, page, zoom, width, onShown]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a page that is larger than its frame scrolls
    <div ref={frame} className="pdf-frame" tabIndex={0} role="group" aria-label={label}>
      <canvas ref={canvas} role="img" aria-label={label} />
      {text ? <div className="sr-only"><h3>{textLabel}</h3><p>{text}</p></div> : null}
    </div>
  );
}

function useWidth(ref: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const it = ref.current;
    if (!it) return undefined;
    const measure = () => setWidth(Math.floor(it.clientWidth));
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [ref]);
  return width;
}
