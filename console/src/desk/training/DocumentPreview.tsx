import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { openPdf, type Pdf } from '../../shared/pdf';
import { PdfPage } from '../../shared/PdfPage';
import { LoadingState } from '../parts/states';
import { useDesk } from '../strings';

/** A document as its learners see it, without their waiting. */
export function DocumentPreview({ href }: { href: string }) {
  const t = useDesk();
  const w = t.training;
  const [pdf, setPdf] = useState<Pdf | null>(null);
  const [failed, setFailed] = useState(false);
  const [page, setPage] = useState(1);
  useEffect(() => {
    let wanted = true;
    let opened: Pdf | null = null;
    openPdf(href).then((it) => {
      opened = it;
      if (wanted) setPdf(it);
      else void it.loadingTask.destroy();
    }, () => setFailed(wanted));
    return () => {
      wanted = false;
      void opened?.loadingTask.destroy();
    };
  }, [href]);
  if (failed) return <p role="alert">{w.unreadable}</p>;
  if (!pdf) return <LoadingState />;
  const label = w.page(page, pdf.numPages);
  return (
    <div className="course-pages">
      <div className="form-foot">
        <Button disabled={page === 1} onClick={() => setPage(page - 1)}>{w.previous}</Button>
        <span role="status">{label}</span>
        <Button disabled={page === pdf.numPages} onClick={() => setPage(page + 1)}>{w.next}</Button>
      </div>
      <PdfPage pdf={pdf} page={page} zoom={1} label={label} textLabel={w.pageText} />
    </div>
  );
}
