import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { LiveContext, makeLiveSocket } from './api/live.ts';
import { makeQueryClient } from './api/query-client.ts';
import { makeRouter } from './routes.tsx';
import { BrokenPage } from './shell/BrokenPage.tsx';
import { cssVariables, theme } from './theme.ts';

/** Everything that pages stand on: looks, server state, the socket and the router. */
export function App() {
  const [client] = useState(makeQueryClient);
  const [socket] = useState(() => makeLiveSocket(client));
  const [router] = useState(makeRouter);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <ErrorBoundary FallbackComponent={BrokenPage}>
        <QueryClientProvider client={client}>
          <LiveContext value={socket}>
            <ModalsProvider>
              <Notifications position="bottom-right" limit={3} />
              <RouterProvider router={router} />
            </ModalsProvider>
          </LiveContext>
        </QueryClientProvider>
      </ErrorBoundary>
    </MantineProvider>
  );
}
