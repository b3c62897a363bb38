/** The server's results from projects that are not on this device. */
import { MIN_FILE_TEXT, type SearchKind, type SearchRow, searchAnswer } from '@ingesthub/schema/replica/search.ts';
import { createMemo } from 'solid-js';
import { askServer } from '../../server-answers/ask-server.ts';
import { createServerPages, type ServerPages } from '../../server-answers/create-server-pages.ts';
import { useReplica } from '../../ui/replica-context.ts';

const PAGE_SIZE = 20;
const TYPING_PAUSE_MS = 200;

export interface ServerResults {
  /** Projects whose assets and folders are on the server only. */
  readonly absent: readonly string[];
  readonly folders: ServerPages<SearchRow>;
  readonly assets: ServerPages<SearchRow>;
}

/** @param projectId the only project to search in; null: any. */
export function createServerResults(text: () => string, projectId: () => string | null): ServerResults {
  const { status, online } = useReplica();
  const absent = createMemo(
    () =>
      [...status().projects]
        .filter(([id, { state }]) => state === 'absent' && (projectId() === null || projectId() === id))
        .map(([id]) => id),
    [],
    { equals: (a, b) => a.join() === b.join() },
  );
  const pages = (kind: SearchKind) =>
    createServerPages<Record<'kind' | 'q' | 'projects', string>, SearchRow>(
      () => {
        const q = text().trim();
        return absent().length > 0 && online() && q.length >= MIN_FILE_TEXT
          ? { kind, q, projects: absent().join() }
          : null;
      },
      async (asked, after, signal) => {
        const cursor = after && { rank: String(after.rank), age: String(after.age), id: after.id };
        const search = { ...asked, limit: String(PAGE_SIZE), ...cursor };
        return (await askServer('/api/search', search, searchAnswer, signal)).rows;
      },
      { pageSize: PAGE_SIZE, pauseMs: TYPING_PAUSE_MS },
    );
  return {
    get absent() {
      return absent();
    },
    folders: pages('folders'),
    assets: pages('assets'),
  };
}
