/** Serves an app on a real port for tests. */
import { serve } from '@hono/node-server';
import { freePort } from '@ingesthub/launch/free-port.ts';
import type { Hono } from 'hono';

export interface TestServer {
  readonly url: string;
  /** Does not wait for open readers. */
  close(): Promise<void>;
}

export async function served(app: Hono): Promise<TestServer> {
  const port = await freePort();
  // The same limit as in main.ts.
  const serverOptions = { maxHeaderSize: 65_536 };
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1', serverOptions });
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // fetch keeps a connection open that it has not used yet.
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
