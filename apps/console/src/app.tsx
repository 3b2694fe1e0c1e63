import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useMemo, type ReactNode } from 'react';
import { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { asProblem } from './api/problem.ts';
import { useLanguage } from './i18n/index.ts';
import { rooms } from './pages/rooms.ts';
import { SessionGate } from './session/gate.tsx';
import { Crash } from './shell/crash.tsx';
import { FirstRoom, RoomGate } from './shell/gates.tsx';
import { Layout } from './shell/layout.tsx';
import { NotFound } from './shell/not-found.tsx';
import { PageLoading } from './shell/page-loading.tsx';
import { theme } from './ui/tokens.ts';

const RETRIES = 2;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What the services refused they refuse again.
      retry: (count, error) => count < RETRIES && asProblem(error).isTransient,
    },
  },
});

const router = createBrowserRouter([
  {
    Component: Layout,
    ErrorBoundary: Crash,
    HydrateFallback: PageLoading,
    children: [
      {
        // Within the layout, so that the navigation stays when a page breaks.
        ErrorBoundary: Crash,
        children: [
          { index: true, Component: FirstRoom },
          ...rooms.map((room) => ({ path: room.path, element: <RoomGate room={room} />, children: room.routes })),
          { path: '*', Component: NotFound },
        ],
      },
    ],
  },
]);

export function App(): ReactNode {
  const language = useLanguage();
  const locale = language === 'zh' ? zhCN : enUS;
  const still = useMemo(() => globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches, []);
  const themed = useMemo(() => ({ ...theme, token: { ...theme.token, motion: !still } }), [still]);
  return (
    <ConfigProvider locale={locale} theme={themed} button={{ autoInsertSpace: false }}>
      <AntApp>
        <QueryClientProvider client={queries}>
          <SessionGate>
            <RouterProvider router={router} />
          </SessionGate>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}
