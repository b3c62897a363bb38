/** Every command of `ihub`: the single source for parsing, help and completion. */
import { packageType } from '@ingesthub/schema/library/vocabulary.ts';
import type { ArgumentSpec, CommandSpec, OptionSpec } from './command-spec.ts';

const folder = (name: string): ArgumentSpec => ({ name, required: true, completes: 'folder' });
const choice = (...choices: string[]): ArgumentSpec => ({ name: choices.join('|'), required: true, choices });
const required = (name: string): ArgumentSpec => ({ name, required: true });
const optional = (name: string): ArgumentSpec => ({ name, required: false, completes: 'folder' });

const noWait: OptionSpec = { value: null, about: 'exits once the run is queued; the ingestor carries on' };
const project = { value: 'NAME', about: 'the project; created if missing' } as const;
const PACKAGE_NOTE = 'PACKAGE is a name, an id, or the path of its folder.';
const RUN_NOTE = 'RUN is an id from `ihub list runs`; a PACKAGE (name, id or path) stands for its unfinished runs.';

/** Options of every command. */
export const GLOBAL_OPTIONS = {
  json: { value: null, about: 'one JSON document on standard output; --json=lines: events too, each on a line' },
  'json-lines': { value: null, about: 'the same as --json=lines' },
  help: { value: null, about: 'describes a command, with examples' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export const COMMANDS = {
  scan: {
    about: 'shows what a folder would become, and why; writes nothing',
    argument: folder('PATH'),
    options: {},
    examples: ['scan /mnt/nas/delivery_03', 'scan . --json'],
  },
  ingest: {
    about: 'ingests a folder as a package of a project, and follows the run until it ends',
    argument: folder('PATH'),
    options: {
      project: { ...project, required: true },
      subject: { value: 'NAME', about: 'the person in all files, whatever the names suggest' },
      package: { value: 'NAME', about: "the package's name; default: the folder's" },
      type: { value: 'TYPE', about: 'overrides the detected type', choices: packageType.options },
      tags: { value: 'a,b', about: 'tags of the package' },
      description: { value: 'TEXT', about: 'description of the package' },
      'dry-run': { value: null, about: 'shows what would be registered, made and linked; writes nothing' },
      'skip-proxies': { value: null, about: 'makes thumbnails, but no proxies, sprites or waveforms' },
      'proxy-height': { value: 'LINES', about: 'height of the proxies, an even number from 64 to 2160; default 720' },
      force: { value: null, about: 'processes all files again, even unchanged ones' },
      'skip-links': { value: null, about: 'makes no links in dataset directories' },
      yes: { value: null, about: 'ingests without asking for confirmation' },
      'no-wait': noWait,
    },
    notes: [
      'If the folder is a deleted package, the package is restored. On a terminal, ihub asks before it',
      'ingests a folder that is already a package, or whose proposal is uncertain.',
      'Ctrl-C stops following the run; the ingest continues.',
    ],
    examples: [
      'ingest /mnt/nas/delivery_03 --project "Night Shoot" --tags day2,hero',
      'ingest /mnt/nas/crops --project "Night Shoot" --type vfx --subject JANE_DOE',
      'ingest /mnt/nas/delivery_03 --project "Night Shoot" --dry-run',
    ],
  },
  list: {
    about: 'lists what is in the library',
    argument: choice('projects', 'subjects', 'packages', 'incoming', 'runs'),
    options: {},
    examples: ['list packages', 'list runs --json'],
  },
  status: {
    about: 'shows ingestors, media roots, runs, waiting work and problems',
    argument: null,
    options: {},
    examples: ['status', 'status --json'],
  },
  rescan: {
    about: 'scans packages again for new, changed and missing files',
    argument: optional('PACKAGE'),
    options: {
      below: { value: 'FOLDER', about: 'only this folder of the package' },
      force: { value: null, about: 'processes all files again, even unchanged ones' },
      'no-wait': noWait,
    },
    notes: ['Without a package: all of them.', PACKAGE_NOTE, 'With a path inside a package: only that folder.'],
    examples: ['rescan', 'rescan delivery_03 --below DAY02/A_CAM', 'rescan /mnt/nas/delivery_03/DAY02'],
  },
  retry: {
    about: 'retries failed assets',
    argument: optional('PACKAGE|ASSET'),
    options: { 'no-wait': noWait },
    notes: ['Without an argument: all failed assets.', PACKAGE_NOTE, 'ASSET is the path of its file.'],
    examples: ['retry', 'retry delivery_03', 'retry /mnt/nas/delivery_03/A001.mov'],
  },
  pause: {
    about: 'pauses a run until it is resumed',
    argument: required('RUN|PACKAGE'),
    options: {},
    notes: [RUN_NOTE],
    examples: ['pause delivery_03'],
  },
  resume: {
    about: 'resumes a paused run',
    argument: required('RUN|PACKAGE'),
    options: {},
    notes: [RUN_NOTE],
    examples: ['resume delivery_03'],
  },
  cancel: {
    about: 'cancels a run; its assets and previews so far are kept',
    argument: required('RUN|PACKAGE'),
    options: {},
    notes: [RUN_NOTE],
    examples: ['cancel delivery_03'],
  },
  accept: {
    about: 'makes an incoming folder a package of a project',
    argument: folder('PATH'),
    options: { project: { value: 'NAME', about: 'the project, unless one is already set; created if missing' } },
    notes: ['`ihub list incoming` shows the incoming folders.'],
    examples: ['accept /mnt/nas/delivery_04 --project "Night Shoot"'],
  },
  dismiss: {
    about: 'dismisses an incoming folder',
    argument: folder('PATH'),
    options: {},
    notes: ['The folder can still be accepted later.'],
    examples: ['dismiss /mnt/nas/scratch'],
  },
  corrections: {
    about: 'lists, adds, changes and removes what people said about names, which the next analysis applies',
    argument: choice('list', 'suggest', 'add', 'edit', 'remove'),
    options: {
      person: { value: 'NAME', about: 'add: the name is a person; --is the subject, when that has another name' },
      generic: { value: 'NAME', about: 'add: the name is no person' },
      camera: { value: 'NAME', about: 'add: the name is a camera; --is cam_a, cam_2 or cam_left' },
      role: { value: 'NAME', about: 'add: the name is an asset type; --is graded, for instance' },
      'people-depth': { value: 'N', about: 'add: folders at this depth below a delivery are named after people' },
      is: { value: 'VALUE', about: 'add, edit: the name stands for this' },
      id: { value: 'ID', about: 'edit, remove: the correction' },
      name: { value: 'NAME', about: 'edit: the new name, pattern or depth' },
      project: { value: 'NAME', about: 'only the corrections of a project; add, edit: holds there' },
      studio: { value: null, about: 'only those for the whole studio; add, edit: holds everywhere' },
      'dry-run': { value: null, about: 'add, edit: shows where it would apply; writes nothing' },
      yes: { value: null, about: 'add, edit: keeps it without asking for confirmation' },
    },
    notes: [
      'Of two corrections of one name, that of the project holds, then the newer one.',
      'A removed correction no longer counts in the next analysis; files that are placed stay where they are.',
      '`suggest` shows what the changes to waiting proposals would say about other deliveries.',
    ],
    examples: [
      'corrections list --project "Night Shoot"',
      'corrections add --person JD --is "Jane Doe" --project "Night Shoot"',
      'corrections add --generic ROYAL --studio --dry-run',
      'corrections remove --id 0198c0de-0000-7000-8000-000000000001',
    ],
  },
  links: {
    about: 'shows or repairs the links of packages in dataset directories',
    argument: optional('PACKAGE'),
    options: {
      'dry-run': { value: null, about: 'shows what would be linked and removed, and any conflicts; writes nothing' },
      repair: { value: null, about: 'recreates missing and wrong links, and removes unwanted ones' },
    },
    notes: ['Without a package: all of them.', PACKAGE_NOTE, 'Exit status 1 when an asset could not be linked.'],
    examples: ['links', 'links delivery_03 --dry-run', 'links --repair'],
  },
  doctor: {
    about: 'checks this host and the database, and suggests fixes',
    argument: null,
    options: { online: { value: null, about: 'checks the model too, which needs the network' } },
    notes: ['Exit status 1 when a check failed.'],
    examples: ['doctor', 'doctor --online --json'],
  },
  daemon: {
    about: 'runs the ingestor until SIGTERM (npm start runs it for you)',
    argument: null,
    options: {},
    examples: ['daemon'],
  },
  completion: {
    about: 'prints a completion script for a shell to source',
    argument: choice('bash', 'zsh', 'fish'),
    options: {},
    notes: ['The script completes the command `ihub`, for instance: alias ihub="npm run -s ihub --"'],
    examples: ['completion bash > ~/.local/share/bash-completion/completions/ihub'],
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;

export type CommandName = keyof typeof COMMANDS;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
