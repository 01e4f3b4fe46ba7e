// The film of a course: nothing is skipped, and the clock that counts is the server's.
import { useCallback, useEffect, useRef, useState, type RefObject, type VideoHTMLAttributes } from 'react';
import type { LearningView } from '../../api';
import { BEAT_MS, type Learning } from './useLearning';

export type FilmNote = 'sentBack' | 'hidden' | 'broken' | 'unplayable' | null;
/** Between two updates of its position a film plays no further than this. */
const STEP_MS = 1_500;
const SEEK_SLACK_MS = 500;

export interface Film {
  on: VideoHTMLAttributes<HTMLVideoElement>;
  playing: boolean;
  positionMs: number;
  note: FilmNote;
  play: () => Promise<void>;
  pause: () => void;
  seek: (ms: number) => void;
}

export function useFilm(videoRef: RefObject<HTMLVideoElement | null>, lengthMs: number, learning: Learning, onCheck: () => void): Film {
  /** How far it may be sought: what counts on the server, and what was played since. */
  const reached = useRef(learning.furthestMs);
  const [playing, setPlaying] = useState(false);
  const [positionMs, setPosition] = useState(learning.furthestMs);
  const [note, setNote] = useState<FilmNote>(null);
  const { begin, beat } = learning;

  const goTo = useCallback((ms: number) => {
    if (videoRef.current) videoRef.current.currentTime = ms / 1000;
    setPosition(ms);
  }, [videoRef]);

  /** Does what the answer to a beat asks for; whether it may play on. */
  const follow = useCallback((view: LearningView | null): boolean => {
    const it = videoRef.current;
    if (!view) {
      it?.pause();
      setNote('broken');
      return false;
    }
    if (view.is_ahead) {
      reached.current = view.furthest_ms;
      goTo(view.furthest_ms);
      setNote('sentBack');
    }
    if (!view.check_due) return true;
    it?.pause();
    onCheck();
    return false;
  }, [videoRef, goTo, onCheck]);

  const play = useCallback(async () => {
    const it = videoRef.current;
    if (!it) return;
    setNote(null);
    const view = await begin();
    if (!view || !follow(view)) {
      if (!view) setNote('broken');
      return;
    }
    reached.current = Math.max(view.furthest_ms, Math.min(reached.current, view.furthest_ms + STEP_MS));
    if (it.ended || reached.current + SEEK_SLACK_MS < it.currentTime * 1000) goTo(it.ended && view.watched ? 0 : view.furthest_ms);
    // Refused without a tap of hers: the button is still there.
    await it.play().catch(() => undefined);
  }, [videoRef, begin, follow, goTo]);

  const seek = useCallback((ms: number) => {
    const most = reached.current;
    setNote(most + SEEK_SLACK_MS < ms ? 'sentBack' : null);
    goTo(Math.max(0, Math.min(ms, most)));
  }, [goTo]);

  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(() => void beat((videoRef.current?.currentTime ?? 0) * 1000).then(follow), BEAT_MS);
    const hide = () => {
      if (document.visibilityState !== 'hidden') return;
      setNote('hidden');
      videoRef.current?.pause();
    };
    const lose = () => {
      setNote('broken');
      videoRef.current?.pause();
    };
    document.addEventListener('visibilitychange', hide);
    window.addEventListener('offline', lose);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', hide);
      window.removeEventListener('offline', lose);
    };
  }, [videoRef, playing, beat, follow]);

  const on: VideoHTMLAttributes<HTMLVideoElement> = {
    onLoadedMetadata: () => goTo(Math.min(learning.furthestMs, lengthMs - 1)),
    onPlay: () => setPlaying(true),
    onPause: (event) => {
      setPlaying(false);
      if (!event.currentTarget.ended && navigator.onLine) void beat(event.currentTarget.currentTime * 1000).then(follow);
    },
    onEnded: () => {
      setPlaying(false);
      void beat(lengthMs).then((view) => {
        if (!follow(view) || !view || view.watched) return;
        // Its last moments have not counted yet: they are seen again.
        goTo(view.furthest_ms);
        void play();
      });
    },
    onTimeUpdate: (event) => {
      const ms = event.currentTarget.currentTime * 1000;
      if (event.currentTarget.seeking) return;
      if (ms <= reached.current + STEP_MS) reached.current = Math.max(reached.current, ms);
      setPosition(ms);
    },
    // From wherever it comes: the keyboard, a headset, a script.
    onSeeking: (event) => {
      if (reached.current + SEEK_SLACK_MS < event.currentTarget.currentTime * 1000) seek(event.currentTarget.currentTime * 1000);
    },
    onRateChange: (event) => {
      if (event.currentTarget.playbackRate !== 1) event.currentTarget.playbackRate = 1;
    },
    onError: () => setNote(navigator.onLine ? 'unplayable' : 'broken'),
    onContextMenu: (event) => event.preventDefault(),
  };
  return { on, playing, positionMs, note, play, pause: () => videoRef.current?.pause(), seek };
}
