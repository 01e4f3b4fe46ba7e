// Reads a code with the tablet's own camera, where the browser can: a gate without a scanner.
import { useEffect, useRef, useState } from 'react';
import { Icon } from '../board/Icon';
import { usePage } from '../context';
import { Problem } from './fields';

/** Not in TypeScript's DOM yet, and not in every browser. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}
type Trouble = 'refused' | 'failed';

const FORMAT = 'qr_code';
const LOOK_MS = 150;

export function CameraScan({ onCode }: { onCode: (text: string) => void }) {
  const { t } = usePage();
  const [can, setCan] = useState(false);
  const [isOn, setOn] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  useEffect(() => void canScan().then(setCan), []);
  if (!can) return null;

  function toggle(): void {
    setTrouble(null);
    setOn(!isOn);
  }
  function read(text: string): void {
    setOn(false);
    onCode(text);
  }
  function fail(why: Trouble): void {
    setOn(false);
    setTrouble(why);
  }
  return (
    <div className="g-camera">
      <button type="button" className="g-small" aria-pressed={isOn} onClick={toggle}><Icon name="scan" />{isOn ? t.camera.close : t.camera.open}</button>
      {isOn && <Preview onCode={read} onTrouble={fail} />}
      <Problem text={trouble && t.camera[trouble]} />
    </div>
  );
}

interface PreviewProps {
  onCode: (text: string) => void;
  onTrouble: (why: Trouble) => void;
}

function Preview({ onCode, onTrouble }: PreviewProps) {
  const { t } = usePage();
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef({ onCode, onTrouble });
  useEffect(() => {
    latest.current = { onCode, onTrouble };
  });
  // The picture lives as long as this is on the page: closing the dialog stops the camera.
  useEffect(() => {
    const away = new AbortController();
    void watch(video.current, away.signal).then(
      (text) => text !== null && latest.current.onCode(text),
      (error: unknown) => !away.signal.aborted && latest.current.onTrouble(isRefusal(error) ? 'refused' : 'failed'),
    );
    return () => away.abort();
  }, []);
  return (
    <>
      <video ref={video} className="g-camera-picture" aria-label={t.camera.preview} autoPlay muted playsInline />
      <p className="g-note">{t.camera.lead}</p>
    </>
  );
}

/** Both a reader of codes and a camera; before it is allowed a camera has no name, but it is listed. */
async function canScan(): Promise<boolean> {
  try {
    const formats = await detectorClass()?.getSupportedFormats();
    if (!formats?.includes(FORMAT)) return false;
    return (await navigator.mediaDevices.enumerateDevices()).some((it) => it.kind === 'videoinput');
  } catch {
    return false;
  }
}

function detectorClass(): DetectorClass | null {
  return (window as { BarcodeDetector?: DetectorClass }).BarcodeDetector ?? null;
}

/** The first code before the camera, or null when nobody looks any more. */
async function watch(video: HTMLVideoElement | null, away: AbortSignal): Promise<string | null> {
  const Detects = detectorClass();
  if (!video || !Detects) return null;
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  const stop = () => stream.getTracks().forEach((it) => it.stop());
  try {
    video.srcObject = stream;
    const detector = new Detects({ formats: [FORMAT] });
    while (!away.aborted) {
      // A picture that is not there yet cannot be read: look again.
      const [found] = await detector.detect(video).catch(() => []);
      if (found && !away.aborted) return found.rawValue;
      await pause(LOOK_MS, away);
    }
    return null;
  } finally {
    stop();
  }
}

function pause(ms: number, away: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    away.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}

function isRefusal(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotAllowedError';
}
