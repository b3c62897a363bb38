/** `npm test`: runs all steps of `npm run check`, the integration tests, and the product end to end in Chromium. */
import { CHECKS, runSteps } from './steps.ts';

runSteps([
  ...CHECKS,
  { name: 'integration tests', command: ['vitest', 'run', '--project', 'integration'] },
  { name: 'web app', command: ['node', 'launch/src/web-build.ts'] },
  { name: 'end to end', command: ['vitest', 'run', '--project', 'e2e'] },
]);
