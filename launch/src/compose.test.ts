import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT } from './config.ts';

const compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      command: z.array(z.string()).optional(),
      environment: z.record(z.string(), z.string()),
      volumes: z.array(z.string()),
      logging: z.object({ driver: z.string(), options: z.record(z.string(), z.string()) }),
      depends_on: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  volumes: z.record(z.string(), z.unknown()),
});

test('compose.yaml: services run existing npm scripts, wait for existing services and keep data in named volumes', async () => {
  const { services, volumes } = compose.parse(
    parse(await readFile(path.join(ROOT, 'compose.yaml'), 'utf8'), { merge: true }),
  );
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')));
  expect(Object.keys(services).toSorted()).toEqual(['electric', 'ingestor', 'postgres', 'server']);
  for (const name of ['server', 'ingestor']) {
    const [npm, run, , script] = services[name]?.command ?? [];
    expect([npm, run, Object.hasOwn(scripts, script ?? '')]).toEqual(['npm', 'run', true]);
    expect(services[name]?.environment).toMatchObject({
      DATABASE_URL: expect.anything(),
      ELECTRIC_URL: expect.anything(),
    });
    expect(services[name]?.volumes.at(-1)).toMatch(/^\$\{MEDIA_ROOT\}:\$\{MEDIA_ROOT\}:ro$/);
  }
  expect(services['postgres']?.command).toContain('wal_level=logical');
  for (const service of Object.values(services)) {
    for (const other of Object.keys(service.depends_on ?? {})) expect(Object.keys(services)).toContain(other);
    for (const volume of service.volumes) {
      const [source = ''] = volume.split(':');
      if (!source.startsWith('$')) expect(Object.keys(volumes)).toContain(source);
    }
  }
});
