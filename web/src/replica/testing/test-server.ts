/** For tests: the real server as a process that can be killed and restarted on the same port. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '@ingesthub/launch/free-port.ts';

export interface TestServer {
  readonly url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** @param env the server's environment, beside the database and the port. */
export async function createTestServer(
  databaseUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<TestServer> {
  const port = await freePort();
  let child: ChildProcess | null = null;
  const server: TestServer = {
    url: `http://127.0.0.1:${port}`,
    async start() {
      const started = fork(new URL('../../../../sync/src/main.ts', import.meta.url), {
        env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, IHUB_PORT: String(port), ...env },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      child = started;
      const [message] = await Promise.race([once(started, 'message'), once(started, 'exit')]);
      if (message !== 'ready') throw new Error('The server exited while starting.');
    },
    async kill() {
      if (!child) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      child = null;
    },
  };
  await server.start();
  return server;
}
