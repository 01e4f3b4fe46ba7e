import { Alert, Button, InputNumber, Progress } from 'antd';
import { useState } from 'react';
import type { CourseView, MediaNew } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { bytes } from '../../shared/format';
import { countPages } from '../../shared/pdf';
import { useGet } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { FilePicker } from '../parts/FilePicker';
import { useDesk } from '../strings';
import { FILE_MOST, interruptedOf, kindOf, percentOf } from './upload';
import { useUpload, type Upload } from './useUpload';

type Problem = 'notMedia' | 'tooLarge' | 'unreadable';
interface Chosen { file: File; kind: 'video' | 'document' | null; pages: number | null; counting: boolean; problem: Problem | null }
const PER_PAGE = { least: 5, most: 600, usual: 30 };

/** Chooses a film or a document and sends it; one that broke off goes on, also after the page was opened again. */
export function MediaUpload({ course }: { course: CourseView }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.training;
  const upload = useUpload(course.id);
  const uploads = useGet('/courses/{id}/media', { path: { id: course.id } }).data?.items ?? [];
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [perPage, setPerPage] = useState<number | null>(PER_PAGE.usual);
  const left = uploads.find((it) => it.state === 'uploading');
  const found = chosen ? interruptedOf(uploads, chosen.file) : null;

  async function choose(file: File): Promise<void> {
    const kind = kindOf(file);
    const problem: Problem | null = kind === null ? 'notMedia' : file.size > FILE_MOST ? 'tooLarge' : null;
    const counts = kind === 'document' && problem === null;
    setChosen({ file, kind, pages: null, counting: counts, problem });
    if (!counts) return;
    const pages = await countPages(file);
    setChosen((it) => (it?.file === file ? { ...it, pages, counting: false, problem: pages === null ? 'unreadable' : null } : it));
  }
  function send(): void {
    if (!chosen?.kind) return;
    const { file, kind, pages } = chosen;
    const document = kind === 'document';
    const begun: MediaNew = { kind, file_name: file.name, byte_count: file.size, page_count: document ? pages : null, seconds_per_page: document ? perPage : null };
    upload.start(file, (upload.phase === 'broken' && upload.media?.state === 'uploading' ? uploads.find((it) => it.id === upload.media?.id) ?? upload.media : null) ?? found ?? begun);
  }
  const goesOn = found !== null || (upload.phase === 'broken' && upload.media !== null);
  const sending = upload.phase === 'sending';
  const ready = chosen !== null && chosen.problem === null && !chosen.counting && (goesOn || chosen.kind === 'video' || perPage !== null);
  return (
    <section className="block">
      {left && !sending && !found && upload.phase !== 'broken' ? <Alert type="info" showIcon title={w.interrupted(left.file_name, percentOf(left))} description={w.sameFile} /> : null}
      <div hidden={sending}>
        <FilePicker label={w.file} accept=".mp4,.m4v,.pdf,video/mp4,application/pdf" onFile={(file) => void choose(file)} chosen={chosen !== null}>
          {chosen ? w.chosen(chosen.file.name, bytes(chosen.file.size, lang)) : w.fileHint}
        </FilePicker>
      </div>
      {chosen?.problem ? <p className="course-problem" role="alert">{w[chosen.problem]}</p> : null}
      {chosen?.counting ? <p role="status">{w.counting}</p> : null}
      {chosen?.kind === 'document' && chosen.pages !== null && !sending && !goesOn ? (
        <label className="per-page">{w.pages(chosen.pages)}{t.gap}{w.perPage}<InputNumber aria-label={w.perPage} min={PER_PAGE.least} max={PER_PAGE.most} precision={0} value={perPage} onChange={setPerPage} /><small>{w.perPageHint}</small></label>
      ) : null}
      <Sending upload={upload} />
      {!sending && chosen && upload.phase !== 'done' ? (
        <div className="form-foot">
          <Button type="primary" disabled={!ready} onClick={send}>{goesOn ? w.goOn : w.upload}</Button>
          {course.kind ? <span className="muted">{w.replaces}</span> : null}
        </div>
      ) : null}
      {sending ? null : <p className="muted">{w.captions}</p>}
    </section>
  );
}

function Sending({ upload }: { upload: Upload }) {
  const t = useDesk();
  const words = useCommon();
  const w = t.training;
  const percent = upload.media ? percentOf(upload.media) : 0;
  if (upload.phase === 'sending') {
    return (
      <div className="course-sending">
        <p role="status">{w.sending(percent)}</p>
        <Progress percent={percent} aria-label={w.progress} />
        <Button onClick={upload.stop}>{w.stop}</Button>
      </div>
    );
  }
  if (upload.phase === 'done') return <Alert type="success" showIcon role="status" title={w.done} />;
  if (upload.phase === 'refused') return <Alert type="error" showIcon role="alert" title={w.refused} />;
  if (upload.phase !== 'broken' || !upload.error) return null;
  if (!upload.error.isUncertain && upload.error.field) return <ErrorAlert error={upload.error} />;
  return <Alert type="warning" showIcon role="alert" title={`${w.brokeOff}${t.gap}${percent}%`} description={<>{words.error(upload.error.code, upload.error.params)}<br />{w.brokeOffHint}</>} />;
}
