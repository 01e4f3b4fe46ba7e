import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import type { Locale } from 'antd/es/locale';
import type { DeskStrings } from '../i18n/desk';
import type { Lang } from '../i18n/lang';

export interface DeskLanguage { lang: Lang; strings: DeskStrings; antd: Locale }

// Only the language in use is loaded.
const load: Record<Lang, () => Promise<DeskLanguage>> = {
  zh: async () => {
    const [words, antd] = await Promise.all([import('../i18n/zh'), import('antd/locale/zh_CN')]);
    return { lang: 'zh', strings: words.zh, antd: antd.default };
  },
  en: async () => {
    const [words, antd] = await Promise.all([import('../i18n/en'), import('antd/locale/en_US')]);
    return { lang: 'en', strings: words.en, antd: antd.default };
  },
};

export const DeskStringsContext = createContext<DeskStrings | null>(null);

export function useDesk(): DeskStrings {
  const strings = useContext(DeskStringsContext);
  if (!strings) throw new Error('useDesk outside DeskStringsContext');
  return strings;
}

/** The words of `lang`; while another language loads, the old one stays. */
export function useDeskLanguage(lang: Lang): DeskLanguage | null {
  const [language, setLanguage] = useState<DeskLanguage | null>(null);
  useEffect(() => {
    let wanted = true;
    void load[lang]().then((loaded) => {
      if (wanted) setLanguage(loaded);
    });
    return () => {
      wanted = false;
    };
  }, [lang]);
  return language;
}

export function DeskStringsProvider({ strings, children }: { strings: DeskStrings; children: ReactNode }) {
  return <DeskStringsContext value={strings}>{children}</DeskStringsContext>;
}
