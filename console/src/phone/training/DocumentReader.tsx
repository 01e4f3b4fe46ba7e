import { useCallback, useEffect, useMemo, useState } from 'react';
import { downloadHref, type MyCourse } from '../../api';
import { openPdf, type Pdf } from '../../shared/pdf';
import { PdfPage } from '../../shared/PdfPage';
import { Icon } from '../parts/Icon';
import { Problem, Waiting } from '../parts/states';
import { useWords } from '../words';
import { CheckSheet } from './CheckSheet';
import { isPageDone, pageAt, pagesOf } from './course';
import { Trouble } from './Trouble';
import { useReading } from './useReading';
import type { Learning } from './useLearning';

const ZOOMS = [1, 1.6, 2.4];

/** Reads the document of a course page by page. */
export function DocumentReader({ course, learning }: { course: MyCourse; learning: Learning }) {
  const t = useWords();
  const { pdf, failed, retry } = usePdf(course.id);
  if (failed) return <section className="m-card"><Problem>{t.training.unreadable}</Problem><button type="button" className="m-button m-wide" onClick={retry}>{t.again}</button></section>;
  return pdf ? <Pages course={course} learning={learning} pdf={pdf} /> : <Waiting />;
}

function Pages({ course, learning, pdf }: { course: MyCourse; learning: Learning; pdf: Pdf }) {
  const t = useWords();
  const pages = useMemo(() => pagesOf(course), [course]);
  const [page, setPage] = useState(() => (learning.watched ? 1 : pageAt(learning.furthestMs, pages)));
  const [zoom, setZoom] = useState(0);
  const [shownPage, setShown] = useState(0);
  const [checking, setChecking] = useState(false);
  const ask = useCallback(() => setChecking(true), []);
  const { onPageMs, counting } = useReading(page, pages, learning, shownPage === page, ask);
  const done = learning.watched || isPageDone(page, learning.furthestMs, pages);
  const left = Math.ceil((pages.perPageMs - onPageMs) / 1000);
  const label = t.training.page(page, pages.count);
  const says = done ? t.training.pageDone : learning.checkDue ? t.training.check.waits : counting ? t.training.pageLeft(Math.max(1, left)) : t.training.stopped;
  return (
    <section className="m-card m-reader" aria-label={course.title}>
      <div className="m-reader-head">
        <b>{label}</b>
        <span>
          <button type="button" className="m-round" aria-label={t.training.zoomOut} disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}><Icon name="less" /></button>
          <button type="button" className="m-round" aria-label={t.training.zoomIn} disabled={zoom === ZOOMS.length - 1} onClick={() => setZoom(zoom + 1)}><Icon name="more" /></button>
        </span>
      </div>
      <PdfPage pdf={pdf} page={Math.min(page, pdf.numPages)} zoom={ZOOMS[zoom] ?? 1} label={label} textLabel={t.training.pageText} onShown={setShown} />
      <p className="m-note" role={done || !counting ? 'status' : undefined}>{says}</p>
      {learning.checkDue ? <button type="button" className="m-button m-button-go" onClick={ask}>{t.training.check.go}</button> : null}
      <Trouble error={learning.trouble} />
      {learning.trouble ? <button type="button" className="m-button" onClick={() => void learning.begin()}>{t.again}</button> : null}
      <div className="m-row-buttons">
        <button type="button" className="m-button m-grow" disabled={page === 1} onClick={() => setPage(page - 1)}>{t.training.previous}</button>
        <button type="button" className="m-button m-button-go m-grow" disabled={page === pages.count || !done} onClick={() => setPage(page + 1)}>{t.training.next}</button>
      </div>
      {checking ? <CheckSheet course={course.id} onClose={() => setChecking(false)} onDone={(view) => { learning.take(view); setChecking(false); }} /> : null}
    </section>
  );
}

function usePdf(course: string) {
  const [pdf, setPdf] = useState<Pdf | null>(null);
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let wanted = true;
    let opened: Pdf | null = null;
    setFailed(false);
    openPdf(downloadHref('/me/courses/{id}/content', { path: { id: course } })).then(
      (it) => {
        opened = it;
        if (wanted) setPdf(it);
        else void it.loadingTask.destroy();
      },
      () => setFailed(wanted),
    );
    return () => {
      wanted = false;
      void opened?.loadingTask.destroy();
    };
  }, [course, tries]);
  return { pdf, failed, retry: () => setTries(tries + 1) };
}
