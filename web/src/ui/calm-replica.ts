/**
 * A replica that tells of changes only when they pause. Counts over a whole package take PGlite, which
 * does one thing at a time, a few hundred milliseconds of 100,000 assets: without this they would run
 * between one key press of somebody reviewing and the next.
 */
import type { Replica } from '../replica/replica.ts';

const QUIET_MS = 400;
/** Changes that never pause, as during an ingest, are told of this often. */
const LONGEST_MS = 2000;

export function calmReplica(replica: Pick<Replica, 'query' | 'onChange'>): Pick<Replica, 'query' | 'onChange'> {
  return {
    query: (statement) => replica.query(statement),
    onChange(listener) {
      const tables = new Set<string>();
      let timer: ReturnType<typeof setTimeout> | undefined;
      let waitsSince = 0;
      const stop = replica.onChange((change) => {
        if (tables.size === 0) waitsSince = Date.now();
        for (const table of change.tables) tables.add(table);
        clearTimeout(timer);
        timer = setTimeout(tell, Math.max(0, Math.min(QUIET_MS, waitsSince + LONGEST_MS - Date.now())));
      });
      function tell(): void {
        const told = new Set(tables);
        tables.clear();
        listener({ tables: told });
      }
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
  };
}
