/** `npm run check`: format, lint, types, unused code, unit tests; under a minute. */
import { CHECKS, runSteps } from './steps.ts';

runSteps(CHECKS);
