/** `ihub`: what Node runs. Everything else is loaded from here, so that what Node made of it last time is used again. */
import { enableCompileCache } from 'node:module';
import { availableParallelism } from 'node:os';

// In the installation, which others cannot write to as they can to the temporary folder.
enableCompileCache(new URL('../../node_modules/.cache/ihub', import.meta.url).pathname);

// A file that a hanging drive holds up keeps one of these threads: jobs on all roots must not use them up.
process.env['UV_THREADPOOL_SIZE'] ??= String(16 + 4 * availableParallelism());

const { main } = await import('./cli/main.ts');
await main(process.argv.slice(2));
