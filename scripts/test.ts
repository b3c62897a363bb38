/** `npm test`: runs all steps of `npm run check`, the integration tests, and the product end to end in Chromium. */
import { CHECKS, runTogether } from './steps.ts';

await runTogether(CHECKS);
await runTogether([
  [
    { name: 'integration tests', command: ['vitest', 'run', '--project', 'integration'] },
    { name: 'end to end', command: ['vitest', 'run', '--project', 'e2e'] },
  ],
]);
