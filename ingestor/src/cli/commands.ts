/** Every command of `ihub`: the one source of parsing, help and completion. */
import type { ArgumentSpec, CommandSpec, OptionSpec } from './command-spec.ts';

const folder = (name: string): ArgumentSpec => ({ name, required: true, completes: 'folder' });
const choice = (...choices: string[]): ArgumentSpec => ({ name: choices.join('|'), required: true, choices });
const required = (name: string): ArgumentSpec => ({ name, required: true });
const optional = (name: string): ArgumentSpec => ({ name, required: false, completes: 'folder' });

const noWait: OptionSpec = { value: null, about: 'ends once the run is queued; the ingestor goes on' };
const project = { value: 'NAME', about: 'the project; made when there is none of that name' } as const;
const PACKAGE_NOTE = 'PACKAGE is a name, an id, or the path of its folder.';
const RUN_NOTE =
  'RUN is an id of `ihub list runs`; a PACKAGE (name, id or path) stands for its runs that have not ended.';

/** Understood by every command. */
export const GLOBAL_OPTIONS = {
  json: { value: null, about: 'one JSON document on standard output; --json=lines: events too, each on a line' },
  'json-lines': { value: null, about: 'the same as --json=lines' },
  help: { value: null, about: 'what a command does, with examples' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export const COMMANDS = {
  scan: {
    about: 'what a folder would become, and why; writes nothing',
    argument: folder('PATH'),
    options: {},
    examples: ['scan /mnt/nas/delivery_03', 'scan . --json'],
  },
  ingest: {
    about: 'ingests a folder as a package of a project, and follows the run to its end',
    argument: folder('PATH'),
    options: {
      project: { ...project, required: true },
      subject: { value: 'NAME', about: 'the person in all files, instead of what the names say' },
      package: { value: 'NAME', about: "the package's name; default: the folder's" },
      type: { value: 'TYPE', about: 'instead of what the folder looks like', choices: ['vfx', 'atman'] },
      tags: { value: 'a,b', about: 'tags of the package' },
      description: { value: 'TEXT', about: 'about the package' },
      'dry-run': { value: null, about: 'says what would be registered, made and linked; writes nothing' },
      'skip-proxies': { value: null, about: 'no proxies, sprites and waveforms; thumbnails all the same' },
      'proxy-height': { value: 'LINES', about: 'of the proxies, an even number from 64 to 2160; default 720' },
      force: { value: null, about: 'everything anew, unchanged files too' },
      'skip-links': { value: null, about: 'no links below dataset directories' },
      yes: { value: null, about: 'does not ask, on a terminal' },
      'no-wait': noWait,
    },
    notes: [
      'A deleted package of that folder comes back. On a terminal it asks before it ingests a folder whose',
      'proposal is unsure, or that is a package already.',
      'Ctrl-C stops following; the ingest goes on.',
    ],
    examples: [
      'ingest /mnt/nas/delivery_03 --project "Night Shoot" --tags day2,hero',
      'ingest /mnt/nas/crops --project "Night Shoot" --type vfx --subject JANE_DOE',
      'ingest /mnt/nas/delivery_03 --project "Night Shoot" --dry-run',
    ],
  },
  list: {
    about: 'what is in the library',
    argument: choice('projects', 'subjects', 'packages', 'incoming', 'runs'),
    options: {},
    examples: ['list packages', 'list runs --json'],
  },
  status: {
    about: 'ingestors, media roots, runs, work that waits, and problems',
    argument: null,
    options: {},
    examples: ['status', 'status --json'],
  },
  rescan: {
    about: 'looks at packages again: new, changed and missing files',
    argument: optional('PACKAGE'),
    options: {
      below: { value: 'FOLDER', about: 'only what lies below this folder of the package' },
      force: { value: null, about: 'everything anew, unchanged files too' },
      'no-wait': noWait,
    },
    notes: ['Without a package: all of them.', PACKAGE_NOTE, 'A path inside a package looks at what lies below it.'],
    examples: ['rescan', 'rescan delivery_03 --below DAY02/A_CAM', 'rescan /mnt/nas/delivery_03/DAY02'],
  },
  retry: {
    about: 'tries failed assets again',
    argument: optional('PACKAGE|ASSET'),
    options: { 'no-wait': noWait },
    notes: ['Without an argument: all that failed.', PACKAGE_NOTE, 'ASSET is the path of its file.'],
    examples: ['retry', 'retry delivery_03', 'retry /mnt/nas/delivery_03/A001.mov'],
  },
  pause: {
    about: 'holds the work of a run until it is resumed',
    argument: required('RUN|PACKAGE'),
    options: {},
    notes: [RUN_NOTE],
    examples: ['pause delivery_03'],
  },
  resume: {
    about: 'lets a paused run go on',
    argument: required('RUN|PACKAGE'),
    options: {},
    notes: [RUN_NOTE],
    examples: ['resume delivery_03'],
  },
  cancel: {
    about: 'ends a run; what it registered and made stays',
    argument: required('RUN|PACKAGE'),
    options: {},
    notes: [RUN_NOTE],
    examples: ['cancel delivery_03'],
  },
  accept: {
    about: 'makes a folder that was found a package of a project',
    argument: folder('PATH'),
    options: { project: { value: 'NAME', about: 'the project; may be left out where one was set; made when missing' } },
    notes: ['`ihub list incoming` shows the folders that were found.'],
    examples: ['accept /mnt/nas/delivery_04 --project "Night Shoot"'],
  },
  dismiss: {
    about: 'leaves a folder that was found alone',
    argument: folder('PATH'),
    options: {},
    notes: ['It can be accepted later.'],
    examples: ['dismiss /mnt/nas/scratch'],
  },
  links: {
    about: 'the links of packages below dataset directories',
    argument: optional('PACKAGE'),
    options: {
      'dry-run': { value: null, about: 'says what would be linked, removed, and what is in the way; writes nothing' },
      repair: { value: null, about: 'makes missing and wrong links again, and removes those that should not be' },
    },
    notes: ['Without a package: all of them.', PACKAGE_NOTE, 'Ends with 1 when something could not be linked.'],
    examples: ['links', 'links delivery_03 --dry-run', 'links --repair'],
  },
  doctor: {
    about: 'checks this host and the database, and says what to do about what is wrong',
    argument: null,
    options: { online: { value: null, about: 'asks the model too, which needs the network' } },
    notes: ['Ends with 1 when a check failed.'],
    examples: ['doctor', 'doctor --online --json'],
  },
  daemon: {
    about: 'works on ingests until SIGTERM (npm start runs it)',
    argument: null,
    options: {},
    examples: ['daemon'],
  },
  completion: {
    about: "a shell's completion of all of this, to be sourced",
    argument: choice('bash', 'zsh', 'fish'),
    options: {},
    notes: ['It completes the command `ihub`, for instance: alias ihub="npm run -s ihub --"'],
    examples: ['completion bash > ~/.local/share/bash-completion/completions/ihub'],
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;

export type CommandName = keyof typeof COMMANDS;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
