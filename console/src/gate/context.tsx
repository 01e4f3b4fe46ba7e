// What every part of the page needs: the words, the settings and the ticking clock.
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { loadSettings, saveSettings } from './settings';
import type { Lang, Settings } from './settings';
import { STRINGS } from './strings';
import type { GateStrings } from './strings';

interface GatePage {
  t: GateStrings;
  lang: Lang;
  settings: Settings;
  change: (part: Partial<Settings>) => void;
}

const Page = createContext<GatePage | null>(null);

export function GatePageProvider({ children }: { children: ReactNode }) {
  const [settings, setSettings] = useState(loadSettings);
  const { lang } = settings;
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
    saveSettings(settings);
  }, [settings, lang]);
  const page = useMemo<GatePage>(
    () => ({ t: STRINGS[lang], lang, settings, change: (part) => setSettings((it) => ({ ...it, ...part })) }),
    [lang, settings],
  );
  return <Page.Provider value={page}>{children}</Page.Provider>;
}

export function usePage(): GatePage {
  const page = useContext(Page);
  if (!page) throw new Error('GatePageProvider is missing');
  return page;
}

/** Tablet time, once a second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
