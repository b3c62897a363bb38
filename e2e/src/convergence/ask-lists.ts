/** Asks a replica's mirror random questions while everything goes on, and compares the answers with plain SQL rows. */
import assert from 'node:assert/strict';
import { plainAnswer, readAnswer } from '@ingesthub/web/replica/mirror/testing/plain-answer.ts';
import { anyQuestion } from '@ingesthub/web/replica/mirror/testing/random-questions.ts';
import { type Library, plainAssetsOf, readLibrary } from '@ingesthub/web/replica/mirror/testing/read-plain-assets.ts';
import type { Scope } from '@ingesthub/web/replica/model/mirror-questions.ts';
import type { RunningReplica } from '@ingesthub/web/replica/open/start-replica.ts';
import { pickFrom, type Random, seeded } from '@ingesthub/web/replica/testing/seeded.ts';
import { v4 as uuid } from 'uuid';

/** Other clients' changes arrive in between, again and again. */
const ATTEMPTS = 10;

/**
 * Returns a function that asks questions about packages, projects, subjects and the library.
 *
 * @returns the number of answers that were compared: those during which nothing was committed.
 */
export function createListAsker(
  replica: RunningReplica,
  database: Parameters<typeof readLibrary>[0],
): (seed: number, questions: number) => Promise<number> {
  let commits = 0;
  replica.onChange(() => commits++);

  /** Waits for the commits that have begun: SQL may show them before they are on disk and announced. */
  async function commitsAnnounced(): Promise<number> {
    await replica.discardRejected(uuid());
    return commits;
  }

  async function askOne(random: Random, asker: string): Promise<boolean> {
    const before = await commitsAnnounced();
    const library = await readLibrary(database);
    const scope = anyScope(random, library);
    const assets = plainAssetsOf(library, scope);
    const question = { ...anyQuestion(random, assets.length > 0 ? assets : library.assets), scope };
    const list = await replica.ask(question, asker);
    if (list === null) throw new Error('No later question was asked.');
    if (!library.hasFolders || (await commitsAnnounced()) !== before) return false;
    const answer = readAnswer(list, list.order.slice(0, list.order.length));
    assert.deepEqual(
      answer,
      plainAnswer(assets, question),
      `The mirror’s answer is wrong: ${JSON.stringify(question)}`,
    );
    return true;
  }

  return async (seed, questions) => {
    const random = seeded(seed);
    let compared = 0;
    for (let count = 0; count < questions; count++) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (!(await askOne(random, `list ${count % 3}`))) continue;
        compared++;
        break;
      }
    }
    return compared;
  };
}

function anyScope(random: Random, { assets, projects }: Library): Scope {
  const asset = pickFrom(random, assets);
  const kind = pickFrom(random, ['package', 'project', 'subject', 'library'] as const);
  switch (kind) {
    case 'package':
      return { kind, id: asset.package_id };
    case 'project':
      return { kind, id: pickFrom(random, projects) };
    case 'subject': {
      const subjects = assets.flatMap(({ subject_id }) => subject_id ?? []);
      return subjects.length > 0 ? { kind, id: pickFrom(random, subjects) } : { kind: 'library' };
    }
    default:
      return { kind };
  }
}
