/** Creates the demo library of a first start: a generated delivery, ingested like any other. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeDemoDelivery } from '@ingesthub/fixtures/demo-delivery.ts';
import postgres from 'postgres';
import { ROOT } from './config.ts';

const run = promisify(execFile);

export interface DemoOptions {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
}

export async function ingestDemo({ folder, databaseUrl, env, signal, say }: DemoOptions): Promise<void> {
  const delivery = await makeDemoDelivery(folder, { signal });
  for (const found of delivery.packages) {
    if (await isIngested(databaseUrl, found.path)) continue;
    say(`Ingesting the demo package ${path.basename(found.path)} …`);
    const subject = found.subject === null ? [] : ['--subject', found.subject];
    await run(
      process.execPath,
      [
        'ingestor/src/cli.ts',
        'ingest',
        found.path,
        '--project',
        found.project,
        '--type',
        found.type,
        ...subject,
        '--json',
      ],
      { cwd: ROOT, env: { ...process.env, ...env }, signal },
    );
  }
}

async function isIngested(databaseUrl: string, sourcePath: string): Promise<boolean> {
  const sql = postgres(databaseUrl, { max: 1 });
  try {
    const [found] =
      await sql`SELECT 1 FROM packages WHERE source_path = ${sourcePath} AND status IN ('ready', 'processing')`;
    return found !== undefined;
  } finally {
    await sql.end();
  }
}
