/** `ihub corrections`: lists, suggests, keeps, changes and removes what people said about names. */
import { type CorrectionSaid, correctionClause, correctionProblem } from '@ingesthub/schema/library/corrections.ts';
import { whereElse, whereElseText } from '@ingesthub/schema/library/where-else.ts';
import { v7 as uuid } from 'uuid';
import type { Sql } from '../../sql/client.ts';
import { type ListedCorrection, listCorrections, waitingDeliveries } from '../../sql/corrections.ts';
import { projectIdNamed } from '../../sql/find-by-name.ts';
import { asPerson, mutate } from '../context/as-person.ts';
import type { Command, CommandContext } from '../context/command-context.ts';
import { CommandError } from '../context/command-error.ts';
import { withDatabase } from '../context/with-database.ts';
import { type CorrectionsOptions, readCorrectionsOptions, saidIn } from '../spec/corrections-options.ts';
import { ask } from '../terminal/ask.ts';
import { table } from '../terminal/text-table.ts';
import { suggestedCorrections } from './suggested-corrections.ts';

type Action = 'list' | 'suggest' | 'add' | 'edit' | 'remove';
type Act = (sql: Sql, options: CorrectionsOptions, context: CommandContext) => Promise<void>;

const actions: Readonly<Record<Action, Act>> = { list, suggest, add, edit, remove };

export const correctionsCommand: Command = async ({ argument, options: given }, context) => {
  // The table of commands allows no other word.
  const action = argument as Action;
  const options = readCorrectionsOptions(action, given);
  await withDatabase((sql) => actions[action](sql, options, context));
};

async function list(sql: Sql, options: CorrectionsOptions, { output }: CommandContext): Promise<void> {
  const { projectId } = await scopeOf(sql, options);
  const corrections = await listCorrections(sql, options.studio ? 'studio' : projectId);
  const lines = table(
    ['id', 'scope', 'says', 'by', 'at'],
    corrections.map((one) => [one.id, one.project ?? 'studio', correctionClause(one), one.said_by, dayOf(one.said_at)]),
  );
  output.result({ corrections }, corrections.length === 0 ? ['There are no corrections yet.'] : lines);
}

async function suggest(sql: Sql, options: CorrectionsOptions, { output }: CommandContext): Promise<void> {
  const { projectId } = await scopeOf(sql, options);
  const waiting = await waitingDeliveries(sql, projectId);
  const suggestions = suggestedCorrections(waiting).map(({ delivery, correction }) => ({
    delivery,
    ...correction,
    says: correctionClause(correction),
    applies: whereElse(correction, waiting),
  }));
  const lines = suggestions.flatMap(({ delivery, says, applies }) => [
    `${delivery}: ${says}. ${whereElseText(applies)}`,
    ...applies.examples.map((path) => `  ${path}`),
  ]);
  output.result({ suggestions }, lines.length === 0 ? ['No folder that waits for a decision was changed.'] : lines);
}

async function add(sql: Sql, options: CorrectionsOptions, context: CommandContext): Promise<void> {
  const said = checked(saidIn(options));
  const scope = await scopeOf(sql, options);
  if (scope.projectId === null && !options.studio) {
    throw new CommandError('invalid_arguments', 'Say where it holds: --project NAME or --studio.');
  }
  const applies = whereElse(said, await waitingDeliveries(sql, scope.projectId));
  if (!(await isWanted(said, applies, options, context))) return;
  const id = uuid();
  await asPerson(sql, async (session) => {
    await mutate(session, {
      name: 'corrections.create',
      args: { ids: [id], set: { ...said, project_id: scope.projectId } },
    });
  });
  const kept = await correctionWith(sql, id);
  context.output.result({ correction: kept, applies, kept: true }, [
    `Kept as ${id}, for ${kept.project ?? 'the whole studio'}: ${correctionClause(kept)}.`,
    'Folders that wait for a decision are analysed again; files that are placed stay where they are.',
  ]);
}

async function edit(sql: Sql, options: CorrectionsOptions, context: CommandContext): Promise<void> {
  const before = await correctionWith(sql, options.id ?? '');
  const scope = await scopeOf(sql, options);
  const project_id = options.studio ? null : (scope.projectId ?? before.project_id);
  const { kind } = before;
  const said = checked({ kind, name: options.name ?? before.name, value: options.is ?? before.value });
  const applies = whereElse(said, await waitingDeliveries(sql, project_id));
  if (!(await isWanted(said, applies, options, context))) return;
  await asPerson(sql, async (session) => {
    const { name, value } = said;
    await mutate(session, { name: 'corrections.edit', args: { ids: [before.id], set: { name, value, project_id } } });
  });
  const kept = await correctionWith(sql, before.id);
  context.output.result({ correction: kept, applies, kept: true }, [
    `Changed, for ${kept.project ?? 'the whole studio'}: ${correctionClause(kept)}.`,
  ]);
}

async function remove(sql: Sql, options: CorrectionsOptions, { output }: CommandContext): Promise<void> {
  const correction = await correctionWith(sql, options.id ?? '');
  await asPerson(sql, async (session) => {
    await mutate(session, { name: 'corrections.delete', args: { ids: [correction.id] } });
  });
  output.result({ removed: correction }, [
    `Removed: ${correctionClause(correction)}. The next analysis ignores it; files that are placed stay where they are.`,
  ]);
}

/** Tells where a correction would apply; asks on a terminal. @returns false after a dry run. */
async function isWanted(
  said: CorrectionSaid,
  applies: ReturnType<typeof whereElse>,
  options: CorrectionsOptions,
  { output, signal }: CommandContext,
): Promise<boolean> {
  const lines = [
    `${correctionClause(said)}. ${whereElseText(applies)}`,
    ...applies.examples.map((path) => `  ${path}`),
  ];
  if (options['dry-run']) {
    output.result({ correction: said, applies, kept: false }, lines);
    return false;
  }
  for (const line of lines) output.note(line);
  if (!output.isInteractive || options.yes || (await ask('Keep this correction?', signal))) return true;
  throw new CommandError('conflict', 'Nothing was kept.');
}

async function scopeOf(sql: Sql, { project }: CorrectionsOptions): Promise<{ projectId: string | null }> {
  if (project === undefined) return { projectId: null };
  const projectId = await projectIdNamed(sql, project);
  if (projectId === null) throw new CommandError('not_found', `No project is named ${project}.`);
  return { projectId };
}

async function correctionWith(sql: Sql, id: string): Promise<ListedCorrection> {
  const found = (await listCorrections(sql, null)).find((one) => one.id === id.toLowerCase());
  if (found === undefined) {
    throw new CommandError('not_found', `No correction has the id ${id}; ihub corrections list shows them.`);
  }
  return found;
}

/** @throws CommandError for a name or value that the kind does not allow. */
function checked(said: CorrectionSaid): CorrectionSaid {
  const problem = correctionProblem(said);
  if (problem === null) return said;
  throw new CommandError('invalid_arguments', `The correction is not valid: ${problem.message}.`);
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
