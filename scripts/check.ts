/** `npm run check`: format, lint, types, unit tests; under a minute. */
import { CHECKS, runSteps } from './steps.ts';

runSteps(CHECKS);
