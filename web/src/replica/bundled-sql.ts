/// <reference types="vite/client" />
/** The SQL of a replica as the build of the app carries it. */
import mutations from '@ingesthub/schema/mutations.ts?raw';
import type { ReplicaSql } from './prepare-database.ts';
import own from './replica.sql?raw';

const files = import.meta.glob<string>('../../../schema/migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export const bundledSql: ReplicaSql = {
  migrations: Object.entries(files).map(([path, sql]) => ({ name: path.slice(path.lastIndexOf('/') + 1), sql })),
  own,
  mutations,
};
