/**
 * The worker of one tab. All tabs' workers request the same lock. Its holder leads; when that worker ends, the next
 * one leads. This small module starts fetching PGlite's programs before the rest of the code is even parsed.
 */
import { pglitePrograms } from '../open/pglite-programs.ts';
import type { RestartMessage } from './tab-messages.ts';

/** Milliseconds until another worker tries when the rest of the code could not be fetched. */
const RETRY_MS = 5_000;

// Loaded in every tab, which may have to lead next, and without a network.
const leading = import('./lead.ts');
leading.catch(() => setTimeout(() => self.postMessage('restart' satisfies RestartMessage), RETRY_MS));

/** The port to this worker's own tab, which sends it first. */
const port = new Promise<MessagePort>((resolve) => {
  self.addEventListener('message', ({ data }: MessageEvent<MessagePort>) => resolve(data), { once: true });
});

async function lead(durable: boolean): Promise<void> {
  const programs = pglitePrograms();
  programs.catch(() => {});
  await (await leading).lead(durable, programs, await port);
}

// An insecure origin has no locks: the tab runs a replica of its own, on a channel with a name of its own.
const locks: LockManager | undefined = navigator.locks;
if (locks === undefined) void lead(false);
else void locks.request(`${self.name}:leader`, () => lead(true));
