import { useEffect, useState } from 'react';
import { usePage } from '../context';
import type { Lang, SpeechLang } from '../settings';
import { Dialog } from './Dialog';
import { Choice } from './fields';

interface Props {
  guard: string;
  lanes: number;
  offline: boolean;
  waiting: number;
  onTest: () => void;
  onLock: () => void;
  onSignOut: () => void;
  onClose: () => void;
}
type VoiceChoice = 'zh' | 'en' | 'both';
const VOICES: Record<VoiceChoice, SpeechLang[]> = { zh: ['zh-CN'], en: ['en'], both: ['zh-CN', 'en'] };
const MOST_LANES = 8;

export function SettingsDialog({ guard, lanes, offline, waiting, onTest, onLock, onSignOut, onClose }: Props) {
  const { t, settings, change } = usePage();
  const [sure, setSure] = useState(false);
  const voice: VoiceChoice = 1 < settings.voices.length ? 'both' : settings.voices[0] === 'en' ? 'en' : 'zh';
  const languages: readonly { value: Lang; label: string }[] = [{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }];
  const laneOptions = ['', ...Array.from({ length: Math.min(lanes, MOST_LANES) }, (_, i) => String(i + 1))];
  return (
    <Dialog title={t.settings.title} wide onClose={onClose}>
      <div className="g-form g-form-two">
        <div className="g-fields">
          <Choice label={t.settings.language} value={settings.lang} options={languages} onChange={(lang) => change({ lang })} />
          <Choice label={t.settings.voices} value={voice} onChange={(it) => change({ voices: VOICES[it] })}
            options={(['zh', 'en', 'both'] as const).map((value) => ({ value, label: t.settings.voice[value] }))} />
          {1 < lanes && (
            <Choice label={t.settings.lane} value={settings.lane === null ? '' : String(settings.lane)} onChange={(it) => change({ lane: it === '' ? null : Number(it) })}
              options={laneOptions.map((value) => ({ value, label: value === '' ? t.settings.allLanes : value }))} />
          )}
        </div>
        <div className="g-fields">
          <div className="g-field">
            <label htmlFor="g-volume">{t.settings.volume}</label>
            <div className="g-volume">
              <input id="g-volume" type="range" min="0" max="1" step="0.1" value={settings.volume} onChange={(event) => change({ volume: Number(event.target.value), muted: false })} />
              <button type="button" className="g-small" onClick={onTest}>{t.settings.test}</button>
            </div>
          </div>
          <p className="g-note">{t.settings.signedInAs(guard)}</p>
          <Fullscreen />
          <button type="button" className="g-key" disabled={offline} onClick={onLock}><b>{t.settings.lock}</b>{offline && <span>{t.settings.lockOffline}</span>}</button>
          <button type="button" className={sure ? 'g-key g-key-deny' : 'g-key'} onClick={() => (sure ? onSignOut() : setSure(true))}>
            <b>{t.settings.signOut}</b>{sure && <span>{t.settings.signOutSure(waiting)}</span>}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

function Fullscreen() {
  const { t } = usePage();
  const [full, setFull] = useState(() => document.fullscreenElement !== null);
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, []);
  if (!document.fullscreenEnabled) return null;
  const toggle = () => void (full ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => undefined);
  return <button type="button" className="g-key" onClick={toggle}><b>{full ? t.settings.leaveFullscreen : t.settings.fullscreen}</b></button>;
}
