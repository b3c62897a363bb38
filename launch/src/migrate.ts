/** `npm run migrate`: brings the database up to date and reports the applied migrations. */
import { migrateServer } from '@ingesthub/schema/database/migrate-server.ts';
import postgres from 'postgres';
import { databaseUrl } from './database-url.ts';

try {
  const sql = postgres(await databaseUrl(process.env), { max: 1, connect_timeout: 5, onnotice: () => {} });
  const applied = await migrateServer(sql).finally(() => sql.end({ timeout: 1 }));
  process.stderr.write(applied.length === 0 ? 'The database is up to date.\n' : `Applied ${applied.join(', ')}.\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message || error.constructor.name : String(error)}\n`);
  process.exitCode = 1;
}
