import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import { useEffect, useState } from 'react';
import { RouterProvider } from 'react-router';
import { LangProvider, useLang } from '../i18n/LangProvider';
import { makeQueryClient } from './data';
import { makeRouter } from './routes';
import { DeskStringsProvider, useDeskLanguage } from './strings';
import { theme } from './theme';

export function App() {
  return (
    <LangProvider>
      <Desk />
    </LangProvider>
  );
}

function Desk() {
  const { lang } = useLang();
  const language = useDeskLanguage(lang);
  const [queryClient] = useState(makeQueryClient);
  const [router] = useState(makeRouter);
  useEffect(() => {
    if (language) document.title = language.strings.frame.product;
  }, [language]);
  if (!language) return null;
  return (
    <ConfigProvider theme={theme} locale={language.antd} button={{ autoInsertSpace: false }}>
      <DeskStringsProvider strings={language.strings}>
        <QueryClientProvider client={queryClient}>
          <AntApp component={false}>
            <RouterProvider router={router} />
          </AntApp>
        </QueryClientProvider>
      </DeskStringsProvider>
    </ConfigProvider>
  );
}
