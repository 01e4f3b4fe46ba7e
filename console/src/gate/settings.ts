// What this tablet remembers about itself. Nothing here is about a person.
export type Lang = 'zh' | 'en';
export type SpeechLang = 'zh-CN' | 'en';

export interface Settings {
  lang: Lang;
  voices: SpeechLang[];
  volume: number;
  muted: boolean;
  /** Show only this lane; null shows all. */
  lane: number | null;
}

const KEY = 'fugong.gate.settings';
const DEFAULTS: Settings = { lang: 'zh', voices: ['zh-CN'], volume: 1, muted: false, lane: null };

export function loadSettings(): Settings {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return typeof stored === 'object' && stored !== null ? checked(stored) : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}

export function saveSettings(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // A tablet that forbids storage still works; it only forgets its settings.
  }
}

export const langOf = (voice: SpeechLang): Lang => (voice === 'en' ? 'en' : 'zh');

function checked(stored: object): Settings {
  const it: Partial<Record<keyof Settings, unknown>> = stored;
  const voices = Array.isArray(it.voices) ? it.voices.filter((v): v is SpeechLang => v === 'zh-CN' || v === 'en') : [];
  return {
    lang: it.lang === 'en' ? 'en' : 'zh',
    voices: voices.length === 0 ? DEFAULTS.voices : voices,
    volume: typeof it.volume === 'number' && 0 <= it.volume && it.volume <= 1 ? it.volume : DEFAULTS.volume,
    muted: it.muted === true,
    lane: typeof it.lane === 'number' && Number.isInteger(it.lane) && 0 < it.lane ? it.lane : null,
  };
}
