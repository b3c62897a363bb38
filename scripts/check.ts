/** `npm run check`: checks format, lint, types, imports, unused code and unit tests. */
import { CHECKS, runTogether } from './steps.ts';

await runTogether(CHECKS);
