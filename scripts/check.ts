/** `npm run check`: checks format, lint, types, imports, unused code and unit tests in under a minute. */
import { CHECKS, runTogether } from './steps.ts';

await runTogether(CHECKS);
