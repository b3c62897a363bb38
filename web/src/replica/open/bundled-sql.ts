/// <reference types="vite/client" />
/** The replica's SQL, as bundled into the app's build. */

import type { ReplicaSql } from './prepare-database.ts';
import { buildKey } from './prepared-directory.ts';
import own from './replica.sql?raw';
import { UNBUILT_VERSION } from './replica-version.ts';

const files = import.meta.glob<string>('../../../../schema/migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export const bundledSql: ReplicaSql = {
  migrations: Object.entries(files).map(([path, sql]) => ({ name: path.slice(path.lastIndexOf('/') + 1), sql })),
  own,
  version: buildKey ?? UNBUILT_VERSION,
};
