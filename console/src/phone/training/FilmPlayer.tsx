import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { downloadHref, type CaptionLang, type MyCourse } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { Icon } from '../parts/Icon';
import { Problem } from '../parts/states';
import { useWords } from '../words';
import { CheckSheet } from './CheckSheet';
import { captionsOf, playTime } from './course';
import { Trouble } from './Trouble';
import { useFilm } from './useFilm';
import type { Learning } from './useLearning';

const BACK_MS = 10_000;

/** Plays the film of a course, from where she had stopped to where it ends. */
export function FilmPlayer({ course, learning }: { course: MyCourse; learning: Learning }) {
  const t = useWords();
  const [checking, setChecking] = useState(false);
  const ask = useCallback(() => setChecking(true), []);
  const video = useRef<HTMLVideoElement>(null);
  const film = useFilm(video, course.length_ms, learning, ask);
  const { playing, positionMs, note } = film;
  const says = note === 'sentBack' ? t.training.sentBack : note === 'hidden' ? t.training.hidden : note === 'broken' && !learning.trouble ? t.training.broken : null;
  return (
    <section className="m-card m-player" aria-label={t.training.film}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- those that its author has given it */}
      <video ref={video} {...film.on} src={downloadHref('/me/courses/{id}/content', { path: { id: course.id } })} playsInline preload="metadata" disablePictureInPicture disableRemotePlayback aria-label={course.title}><Tracks course={course} /></video>
      <label className="m-seek">
        <span className="sr-only">{t.training.seek}</span>
        <input type="range" min={0} max={course.length_ms} step={1000} value={Math.min(positionMs, course.length_ms)} aria-valuetext={playTime(positionMs)} onChange={(event) => film.seek(Number(event.target.value))} />
        <span>{playTime(positionMs)} / {playTime(course.length_ms)}</span>
      </label>
      <CaptionChoice course={course} video={video} />
      <div className="m-row-buttons">
        <button type="button" className="m-button" disabled={positionMs <= 0} onClick={() => film.seek(positionMs - BACK_MS)}>{t.training.back10}</button>
        <button type="button" className="m-button m-button-go m-grow" onClick={() => (playing ? film.pause() : learning.checkDue ? setChecking(true) : void film.play())}>
          <Icon name={playing ? 'pause' : 'play'} />{playing ? t.training.pause : learning.checkDue ? t.training.check.go : positionMs > 0 ? t.training.goOn : t.training.play}
        </button>
      </div>
      <p className="m-note" role="status">{says ?? (learning.checkDue ? t.training.check.waits : t.training.seekHint)}</p>
      {note === 'unplayable' ? <Problem>{t.training.unplayable}</Problem> : null}
      <Trouble error={learning.trouble} />
      {checking ? <CheckSheet course={course.id} onClose={() => setChecking(false)} onDone={(view) => { learning.take(view); setChecking(false); if (!view.watched) void film.play(); }} /> : null}
    </section>
  );
}

/** What was seen already is seen again as one likes; nothing of it counts. */
export function FilmAgain({ course }: { course: MyCourse }) {
  const t = useWords();
  return (
    <section className="m-card m-player" aria-label={t.training.film}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- as above */}
      <video src={downloadHref('/me/courses/{id}/content', { path: { id: course.id } })} controls playsInline preload="metadata" aria-label={course.title}><Tracks course={course} /></video>
    </section>
  );
}

function Tracks({ course }: { course: MyCourse }) {
  const t = useWords();
  const { lang } = useLang();
  const first = captionsOf(course.captions, lang);
  return course.captions.map((it) => <track key={it} kind="captions" srcLang={it} label={t.training.captionLangs[it]} default={it === first} src={downloadHref('/me/courses/{id}/captions/{lang}', { path: { id: course.id, lang: it } })} />);
}

function showCaptions(video: HTMLVideoElement, shown: CaptionLang | 'off'): void {
  for (const it of video.textTracks) {
    const mode = it.language === shown ? 'showing' : 'disabled';
    if (it.mode !== mode) it.mode = mode;
  }
}

/** Which captions are shown: the player has no controls of the browser's. */
function CaptionChoice({ course, video }: { course: MyCourse; video: RefObject<HTMLVideoElement | null> }) {
  const t = useWords();
  const { lang } = useLang();
  const [shown, setShown] = useState<CaptionLang | 'off'>(() => captionsOf(course.captions, lang));
  useEffect(() => {
    const it = video.current;
    if (!it) return undefined;
    // A browser turns on what it thinks she wants, once it has looked at the film.
    const apply = () => showCaptions(it, shown);
    apply();
    it.textTracks.addEventListener('change', apply);
    return () => it.textTracks.removeEventListener('change', apply);
  }, [video, shown, course.captions]);
  if (course.captions.length === 0) return null;
  return (
    <fieldset className="m-captions">
      <legend>{t.training.captions}</legend>
      {[...course.captions, 'off' as const].map((it) => (
        <label key={it}><input type="radio" name="captions" checked={shown === it} onChange={() => setShown(it)} />{it === 'off' ? t.training.captionsOff : t.training.captionLangs[it]}</label>
      ))}
    </fieldset>
  );
}
