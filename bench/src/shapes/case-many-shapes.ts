/** Measures one shape per project: first snapshots in parallel, then one transaction that touches all of them. */

import type { Figure } from '../measure/figures.ts';
import { readShape } from '../measure/read-shape.ts';
import { commitTimed, PROJECTS, projectIds, TABLE } from './bench-table.ts';
import type { Contender } from './contender.ts';
import { followShape } from './follow-shape.ts';
import { monotonicMs } from './monotonic-ms.ts';

const TIMEOUT_MS = 60_000;
const SETTLE_MS = 300;

export async function manyShapesCase(contender: Contender, rows: number): Promise<Figure[]> {
  const urls = (await projectIds(contender.sql)).map((project) => {
    const url = contender.shapeUrl();
    url.searchParams.set('where', 'project_id = $1');
    url.searchParams.set('params[1]', project);
    return url;
  });
  await contender.phase(`${PROJECTS} shapes`);
  const started = performance.now();
  const readings = await Promise.all(urls.map((url) => readShape(url)));
  const seconds = (performance.now() - started) / 1000;

  const value = `all ${monotonicMs()}`;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const arrivals = Promise.all(
    urls.map(async (url, index) => {
      const from = readings[index]?.end;
      if (!from) throw new Error('A shape was not read.');
      for await (const messages of followShape('long poll', url, from, signal))
        if (messages.some((message) => message.value?.['review_status'] === value)) return monotonicMs();
      throw new Error(`One of the shapes did not see the transaction in ${TIMEOUT_MS / 1000} s.`);
    }),
  );
  arrivals.catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const { sent } = await commitTimed(
    contender.sql,
    `UPDATE ${TABLE} SET review_status = $1
     WHERE id IN (SELECT DISTINCT ON (project_id) id FROM ${TABLE} ORDER BY project_id, id)`,
    [value],
  );
  const delays = (await arrivals).map((time) => time - sent);
  return [
    { what: `first snapshots of ${PROJECTS} shapes, together`, value: rows / seconds, unit: 'rows/s' },
    { what: `first snapshots of ${PROJECTS} shapes, until the last`, value: seconds, unit: 's' },
    { what: 'one transaction in all of them: the first reader', value: Math.min(...delays), unit: 'ms' },
    { what: 'one transaction in all of them: the last reader', value: Math.max(...delays), unit: 'ms' },
  ];
}
