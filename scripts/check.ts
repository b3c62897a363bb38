/** `npm run check`: checks format, lint, types, unused code and unit tests in under a minute. */
import { CHECKS, runSteps } from './steps.ts';

runSteps(CHECKS);
