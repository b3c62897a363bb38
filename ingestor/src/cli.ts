/** `ihub`: what Node runs. Everything else is loaded from here, so that what Node made of it last time is used again. */
import { enableCompileCache } from 'node:module';

// In the installation, which others cannot write to as they can to the temporary folder.
enableCompileCache(new URL('../../node_modules/.cache/ihub', import.meta.url).pathname);

const { main } = await import('./cli/main.ts');
await main(process.argv.slice(2));
