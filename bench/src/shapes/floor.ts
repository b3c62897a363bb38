/** Measures the machine's present performance without any engine, as a reference for the other figures. */
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Sql } from 'postgres';
import type { Figure } from '../measure/figures.ts';
import { drain, httpGet } from '../measure/http-get.ts';
import { TABLE } from './bench-table.ts';

const FILE_BYTES = 70_000_000;

export async function floorFigures(sql: Sql, rows: number, folder: string): Promise<Figure[]> {
  const copied = await timed(async () => {
    const stream = await sql.unsafe(`COPY (SELECT * FROM ${TABLE}) TO STDOUT`).readable();
    return countBytes(stream);
  });
  const file = `${folder}/static`;
  await writeFile(file, randomBytes(FILE_BYTES));
  const served = await timed(() => readStaticFile(file));
  return [
    { what: 'COPY (SELECT * …) TO STDOUT, read by node', value: rows / copied.seconds, unit: 'rows/s' },
    { what: 'the same in bytes', value: copied.bytes / 1e6 / copied.seconds, unit: 'MB/s' },
    {
      what: `a file of ${FILE_BYTES / 1e6} MB by node:http, one process`,
      value: served.bytes / 1e6 / served.seconds,
      unit: 'MB/s',
    },
  ];
}

async function timed(count: () => Promise<number>): Promise<{ seconds: number; bytes: number }> {
  const started = performance.now();
  const bytes = await count();
  return { seconds: (performance.now() - started) / 1000, bytes };
}

async function countBytes(stream: AsyncIterable<unknown>): Promise<number> {
  let bytes = 0;
  for await (const chunk of stream) bytes += (chunk as Buffer).length;
  return bytes;
}

async function readStaticFile(file: string): Promise<number> {
  const server = createServer((_request, response) => {
    pipeline(createReadStream(file), response).catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent();
  try {
    let bytes = 0;
    await drain(await httpGet(new URL(`http://127.0.0.1:${port}/`), { agent }), (chunk) => {
      bytes += chunk.length;
    });
    return bytes;
  } finally {
    agent.destroy();
    server.close();
  }
}
