/** The command line as data: which command, on what, with which options. */
import { parseArgs } from 'node:util';
import { tagName } from '@ingesthub/schema/mutations.ts';
import { packageType } from '@ingesthub/schema/vocabulary.ts';
import { z } from 'zod';
import { UsageError } from './usage.ts';

const name = z.string().trim().min(1, 'is empty').max(200, 'is longer than 200 characters');

const ingestOptions = z.object({
  project: name,
  subject: name.optional(),
  package: name.optional(),
  type: packageType.optional(),
  tags: z
    .string()
    .transform((text) => text.split(',').filter((tag) => tag.trim() !== ''))
    .pipe(z.array(tagName))
    .default([]),
  description: z.string().optional(),
});
export type IngestOptions = z.infer<typeof ingestOptions>;

const listed = z.enum(['projects', 'subjects', 'packages']);
export type Listed = z.infer<typeof listed>;

export type Invocation =
  | { readonly command: 'help' }
  | { readonly command: 'version' }
  | { readonly command: 'status' }
  | { readonly command: 'daemon' }
  | { readonly command: 'scan'; readonly path: string }
  | { readonly command: 'ingest'; readonly path: string; readonly options: IngestOptions }
  | { readonly command: 'list'; readonly what: Listed };

const JSON_FLAG = { json: { type: 'boolean' } } as const;
const INGEST_FLAGS = {
  ...JSON_FLAG,
  project: { type: 'string' },
  subject: { type: 'string' },
  package: { type: 'string' },
  type: { type: 'string' },
  tags: { type: 'string' },
  description: { type: 'string' },
} as const;

/** @throws UsageError */
export function parseArguments(argv: readonly string[]): Invocation {
  if (argv.includes('--help') || argv.includes('-h')) return { command: 'help' };
  const [command, ...rest] = argv.filter((arg, index) => index > 0 || arg !== '--json' || argv.length === 1);
  if (command === '--version') return { command: 'version' };
  switch (command) {
    case 'scan':
      return { command, path: one(flags(rest, JSON_FLAG).positionals, 'scan PATH') };
    case 'ingest': {
      const { positionals, values } = flags(rest, INGEST_FLAGS);
      const path = one(positionals, 'ingest PATH --project P');
      if (values.project === undefined) throw new UsageError('ingest needs a project: --project NAME.');
      const options = ingestOptions.safeParse(values);
      if (!options.success) {
        const [issue] = options.error.issues;
        throw new UsageError(`--${String(issue?.path[0])} is not valid: ${issue?.message}.`);
      }
      return { command, path, options: options.data };
    }
    case 'list': {
      const what = listed.safeParse(one(flags(rest, JSON_FLAG).positionals, 'list projects|subjects|packages'));
      if (!what.success) throw new UsageError('list shows projects, subjects or packages.');
      return { command, what: what.data };
    }
    case 'status':
    case 'daemon':
      if (flags(rest, JSON_FLAG).positionals.length > 0) throw new UsageError(`${command} takes no argument.`);
      return { command };
    case undefined:
      throw new UsageError('a command is missing; ihub --help lists them.');
    default:
      throw new UsageError(`there is no command ${command}; ihub --help lists them.`);
  }
}

function flags<Flags extends Record<string, { type: 'string' | 'boolean' }>>(args: readonly string[], options: Flags) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's own sentence; what follows its first one is about quoting.
    const [sentence = ''] = (error as Error).message.split(/\.\s|\n/, 1);
    throw new UsageError(`${sentence.replace(/\.$/, '')}; ihub --help lists the options.`, { cause: error });
  }
}

function one(positionals: readonly string[], usage: string): string {
  const [value, ...more] = positionals;
  if (value === undefined || value === '' || more.length > 0) throw new UsageError(`usage: ihub ${usage}`);
  return value;
}
