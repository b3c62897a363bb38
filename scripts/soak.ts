/** `npm run test:soak [-- --part shapes|replica|ingest|media|memory …]`: runs the part's command with the rest. */
import { parseArgs } from 'node:util';

const PARTS = new Map([
  ['shapes', '../sync/src/shape-engine/soak/soak-cli.ts'],
  ['replica', '../e2e/src/convergence/converge-cli.ts'],
  ['ingest', '../ingestor/src/soak/ingest-soak-cli.ts'],
  ['memory', '../ingestor/src/soak/memory-soak-cli.ts'],
  ['media', '../ingestor/src/soak/media/media-soak-cli.ts'],
]);

const { values, tokens } = parseArgs({ options: { part: { type: 'string' } }, strict: false, tokens: true });
const { part = 'shapes' } = values;
const command = PARTS.get(String(part));
if (command === undefined) {
  console.error(`Unknown part "${part}". Choose one of ${[...PARTS.keys()].join(', ')}.`);
  process.exit(2);
}
for (const token of tokens)
  if (token.kind === 'option' && token.name === 'part') process.argv.splice(2 + token.index, token.inlineValue ? 1 : 2);
await import(command);
