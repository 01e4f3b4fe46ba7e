import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { commonStrings, type CommonStrings } from './common';
import { htmlLang, storedLang, storeLang, type Lang } from './lang';

interface LangChoice { lang: Lang; setLang: (lang: Lang) => void }

const LangContext = createContext<LangChoice>({ lang: 'zh', setLang: () => undefined });

export function LangProvider({ children, initial }: { children: ReactNode; initial?: Lang }) {
  const [lang, choose] = useState<Lang>(initial ?? storedLang);
  useEffect(() => {
    document.documentElement.lang = htmlLang(lang);
  }, [lang]);
  const setLang = useCallback((next: Lang) => {
    storeLang(next);
    choose(next);
  }, []);
  const value = useMemo(() => ({ lang, setLang }), [lang, setLang]);
  return <LangContext value={value}>{children}</LangContext>;
}

export function useLang(): LangChoice {
  return useContext(LangContext);
}

export function useCommon(): CommonStrings {
  return commonStrings[useLang().lang];
}
