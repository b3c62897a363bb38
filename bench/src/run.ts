/** `npm run bench [name [its flags]]`: prints the tables of one benchmark or of all. */
import { appBenchmark } from './app.ts';
import { ingestBenchmark } from './ingest.ts';
import { replicaBenchmark } from './replica.ts';
import { shapesBenchmark } from './shapes.ts';
import { startBenchmark } from './start.ts';

const benchmarks: Record<string, (args: readonly string[]) => Promise<void>> = {
  start: startBenchmark,
  ingest: ingestBenchmark,
  app: appBenchmark,
  replica: replicaBenchmark,
  shapes: shapesBenchmark,
};

const [name, ...args] = process.argv.slice(2);
const chosen = name === undefined ? Object.values(benchmarks) : [benchmarks[name]];
for (const benchmark of chosen) {
  if (benchmark === undefined) {
    process.stderr.write(`Unknown benchmark “${name}”. Choose from ${Object.keys(benchmarks).join(', ')}.\n`);
    process.exit(2);
  }
  await benchmark(args);
}
