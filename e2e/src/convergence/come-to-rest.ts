/** Restores the network, waits until all replicas equal Postgres, and checks that nothing was lost or invented. */
import type { SeededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import type { Mutation } from '@ingesthub/schema/mutations/mutations.ts';
import type { Client } from './client.ts';
import { differences } from './library-state.ts';
import type { Replayed } from './replay.ts';
import { innerDifference, rowDifference } from './replica-differences.ts';
import type { Person, World } from './world.ts';

export interface RestFigures {
  /** The number of mutations committed since the last rest. */
  readonly applied: number;
  readonly rejected: number;
  /** The number of checks of fields while they changed. */
  readonly looks: number;
  /** The number of rows that an undo or redo left alone because another user had changed them. */
  readonly leftAlone: number;
  /** The number of lists whose mirror was compared with plain rows. */
  readonly lists: number;
}

/** Generous, as the machine may be busy. */
const PATIENCE_MS = 120_000;
const LOOK_MS = 100;
/** Questions to each client at rest. */
const LISTS = 8;

/** @throws Error with the first violations. */
export async function comeToRest(world: World, random: SeededRandom): Promise<RestFigures> {
  await Promise.all(world.people.map((person) => settle(world, person)));
  const takesBack = new Map<string, Mutation>(world.people.flatMap(({ gestures }) => [...gestures.takesBack]));
  const leftAlone = world.model.leftAlone;
  const replayed = await world.replay.run(takesBack);
  const state = await world.readState();
  for (const field of replayed.contested) world.model.accept(field, state.get(field));
  const differing = differences(world.model.state, state).map(
    ({ field, here, there }) => `Postgres has ${field} = ${there}, but the mutations in their order produce ${here}`,
  );
  const checks = world.people.map((person) => person.gestures.record.check(replayed));
  const wrong = [
    ...replayed.wrong,
    ...differing,
    ...checks.flatMap((check, index) => check.wrong.map((text) => `${world.people[index]?.client.name}: ${text}`)),
    ...(await Promise.all(world.people.map((person) => lostOrInvented(person, replayed)))).flat(),
  ];
  for (const { client, gestures } of world.people) {
    const compared = await gestures.askLists(client, random, LISTS);
    if (compared < LISTS) wrong.push(`${client.name} answered ${compared} lists at rest instead of ${LISTS}`);
  }
  if (wrong.length > 0) throw new Error(wrong.slice(0, MOST_NAMED).join('\n'));
  for (const { gestures } of world.people) gestures.record = gestures.record.next();
  world.settleRows();
  let lists = 0;
  for (const { gestures } of world.people) {
    lists += gestures.lists;
    gestures.lists = 0;
  }
  const applied = replayed.applied.size;
  return {
    applied,
    rejected: replayed.mutations.filter(({ status }) => status === 'rejected').length,
    looks: checks.reduce((sum, { looks }) => sum + looks, 0),
    leftAlone: world.model.leftAlone - leftAlone,
    lists,
  };
}

const MOST_NAMED = 12;

/** Waits until a client has sent all changes and its replica equals Postgres. */
async function settle(world: World, { client, gestures }: Person): Promise<void> {
  Object.assign(client.relay, { online: true, losesAnswers: 0, breaksAnswers: 0 });
  await client.call('wake', null);
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const standing = await client.call('standing', null);
    const problem =
      standing.ready && standing.online && standing.unsent === 0
        ? ((await innerDifference(client)) ?? (await rowDifference(world.sql, client, gestures.openedPackages)))
        : `${client.name} is at ${JSON.stringify(standing)}`;
    if (problem === null) return;
    if (Date.now() > deadline)
      throw new Error(`The client does not come to rest: ${problem}\n${await innerState(client)}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** Lists what a client may be waiting for: its shapes, its unsent and unconfirmed mutations, its open requests. */
async function innerState(client: Client): Promise<string> {
  const sql = `
    SELECT reference || ' at ' || coalesce(lsn::text, log_offset) || CASE WHEN refetching THEN ', refetching' ELSE '' END AS text
    FROM replica.shapes
    UNION ALL
    SELECT name || ' ' || id || ' of ' || shapes::text || coalesce(' acknowledged at ' || acknowledged_lsn, '')
    FROM replica.outbox WHERE error_code IS NULL`;
  const rows = await client.call('read', { sql, values: [] });
  return [...rows.map(({ text }) => text), ...client.relay.open].map((text) => `  ${text}`).join('\n');
}

async function lostOrInvented({ client, gestures }: Person, { mutations }: Replayed): Promise<string[]> {
  const mine = mutations.filter((mutation) => mutation.client === client.id);
  const there = new Set(mine.map(({ id }) => id));
  const lost = [...gestures.accepted.values()].filter(({ id }) => !there.has(id));
  const invented = mine.filter(({ id }) => !gestures.accepted.has(id) && !gestures.doubtful.has(id));
  const { rejected } = await client.call('standing', null);
  const shown = new Set(rejected);
  const hidden = mine.filter(
    ({ id, status }) => status === 'rejected' && !shown.has(id) && !gestures.dismissed.has(id),
  );
  const never = rejected.filter((id) => mine.some((one) => one.id === id && one.status === 'applied'));
  gestures.accepted.clear();
  gestures.doubtful.clear();
  const excused = gestures.unanswered > 0;
  gestures.unanswered = 0;
  return [
    ...lost.map(({ name, id }) => `${client.name} lost ${name} ${id}`),
    ...(excused ? [] : invented.map(({ name, id }) => `${client.name} sent ${name} ${id}, which no gesture made`)),
    ...hidden.map(({ name, id }) => `${client.name} does not show that ${name} ${id} was rejected`),
    ...never.map((id) => `${client.name} shows ${id} as rejected, although it was applied`),
  ];
}
