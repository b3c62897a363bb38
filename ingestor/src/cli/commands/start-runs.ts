/** Requests runs as rows; the database notifies the ingestors. */
import type { RunOptions } from '@ingesthub/schema/library/run-options.ts';
import { v7 as uuid } from 'uuid';
import type { TransactionSql } from '../../sql/client.ts';
import { mutate } from '../context/as-person.ts';

export interface RunRequest {
  readonly packageId: string;
  readonly projectId: string;
  readonly options: RunOptions;
}

/** @returns the run's id. */
export async function requestRun(session: TransactionSql, request: RunRequest): Promise<string> {
  const { packageId, projectId, options } = request;
  const id = uuid();
  await mutate(session, {
    name: 'runs.create',
    args: {
      ids: [id],
      set: {
        project_id: projectId,
        package_id: packageId,
        options: Object.keys(options).length === 0 ? null : options,
      },
    },
  });
  return id;
}
