/**
 * What each mutation does to the rows, as SQL that runs unchanged on central Postgres and on a
 * replica. A mutator is a pure function of rows and arguments, so it can be replayed: the replica
 * applies it at once, and again on top of newer server truth until it is confirmed.
 */
import type { Mutation } from './mutations.ts';

/** One SQL statement with its `$n` parameters. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * The statement that applies a mutation. It skips rows that it would not change, and returns the ids
 * of those that it did (`RETURNING id`).
 *
 * @param ids restricts it to some of the mutation's assets: a replay touches only what was rewound.
 */
export function mutatorStatement(mutation: Mutation, ids: readonly string[] = mutation.args.ids): Statement {
  switch (mutation.name) {
    case 'assets.tag':
      return {
        text: `
          UPDATE assets SET tags = (
            SELECT coalesce(array_agg(tag ORDER BY tag COLLATE "C"), '{}')
            FROM (
              SELECT unnest(assets.tags) AS tag
              UNION SELECT unnest($2::text[])
              EXCEPT SELECT unnest($3::text[])
            ) AS merged
          )
          WHERE id = ANY ($1::uuid[]) AND NOT (tags @> $2::text[] AND NOT tags && $3::text[])
          RETURNING id`,
        values: [ids, mutation.args.add, mutation.args.remove],
      };
    case 'assets.review':
      return {
        text: `
          UPDATE assets SET review_status = $2::text
          WHERE id = ANY ($1::uuid[]) AND review_status <> $2::text
          RETURNING id`,
        values: [ids, mutation.args.review_status],
      };
  }
}
