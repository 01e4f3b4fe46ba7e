import { QueryClientProvider } from '@tanstack/react-query';
import { render, type RenderResult } from '@testing-library/react';
import { App, ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import type { Session } from '../api';
import { makeQueryClient } from '../desk/data';
import { SessionContext } from '../desk/session/session';
import { DeskStringsProvider } from '../desk/strings';
import { LangProvider } from '../i18n/LangProvider';
import { en } from '../i18n/en';
import type { Lang } from '../i18n/lang';
import { zh } from '../i18n/zh';

export function sessionFor(role: Session['account']['role'], permissions: string[]): Session {
  return {
    account: { id: 'acc_1', login: 'fang', display_name: '方主任', role }, permissions, scope_label: '榕滨区', csrf_token: 'csrf-1',
    expires_at: '2030-01-01T00:00:00Z', gate: null, response: null,
  };
}

interface Options { lang?: Lang; session?: Session; path?: string }

/** Renders a piece of the desk with everything around it that it needs. */
export function renderDesk(children: ReactNode, { lang = 'zh', session = sessionFor('command', []), path = '/' }: Options = {}): RenderResult {
  const router = createMemoryRouter([{ path: '*', element: children }], { initialEntries: [path] });
  return render(
    <LangProvider initial={lang}>
      <ConfigProvider theme={{ token: { motion: false } }} button={{ autoInsertSpace: false }}>
        <DeskStringsProvider strings={lang === 'zh' ? zh : en}>
          <QueryClientProvider client={makeQueryClient()}>
            <App>
              <SessionContext value={session}>
                <RouterProvider router={router} />
              </SessionContext>
            </App>
          </QueryClientProvider>
        </DeskStringsProvider>
      </ConfigProvider>
    </LangProvider>,
  );
}
