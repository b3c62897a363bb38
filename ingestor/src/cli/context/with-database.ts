import { readConnectionConfig } from '../../settings/config.ts';
import { checkConnection, connect, type Sql } from '../../sql/client.ts';

/** Connects for the duration of a call. @throws EnvironmentError, DatabaseUnreachable */
export async function withDatabase<T>(use: (sql: Sql) => Promise<T>): Promise<T> {
  const { databaseUrl } = readConnectionConfig();
  const sql = connect(databaseUrl, { max: 2 });
  try {
    await checkConnection(sql, databaseUrl);
    return await use(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
