/** Entry point of `ihub`. All other code is loaded from here, so that Node's compile cache applies to it. */
import { enableCompileCache } from 'node:module';
import { availableParallelism } from 'node:os';

// The cache is in the installation, to which others cannot write, unlike the temporary folder.
enableCompileCache(new URL('../../node_modules/.cache/ihub', import.meta.url).pathname);

// A hanging drive blocks one of these threads per file: jobs must not use up all threads.
process.env['UV_THREADPOOL_SIZE'] ??= String(16 + 4 * availableParallelism());

const { main } = await import('./cli/main.ts');
await main(process.argv.slice(2));
