import { expect, test } from 'vitest';
import { createLog } from '../log/create-log.ts';
import { DatabaseOutage } from './database-outage.ts';

test('DatabaseOutage logs once that Postgres is away, and once that it is back', () => {
  const lines: string[] = [];
  const log = createLog({
    level: 'info',
    host: 'nas',
    isForPeople: false,
    write: (line) => lines.push(JSON.parse(line).event),
    isExplained: (error) => outage.explains(error),
  });
  const outage = new DatabaseOutage(log);
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  for (let count = 0; count < 1000; count += 1) log.error({ event: 'jobs', err: away });
  log.error({ event: 'jobs', err: new Error('another thing') });
  outage.over();
  outage.over();
  log.error({ event: 'jobs', err: new Error('Connection terminated unexpectedly (Queue: still)') });
  expect(lines).toEqual(['database away', 'jobs', 'database back', 'database away']);
});
