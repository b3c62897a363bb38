/** Every event of the ingestor's log: what it means, and which fields it may have beside time, level, host and msg. */

interface LogEvent {
  readonly about: string;
  readonly fields: readonly string[];
}

export const LOG_EVENTS = {
  // The daemon.
  ready: { about: 'It takes work from now on.', fields: ['pid', 'version', 'tools', 'mediaRoots', 'metricsPort'] },
  stopping: { about: 'It was told to end; what it is at goes back.', fields: [] },
  stopped: { about: 'It ended.', fields: [] },
  'tool missing': {
    about: 'A program is not installed; the sentence says what that means, and how to get it.',
    fields: ['tool'],
  },
  'heartbeat failed': { about: 'The database does not answer; it is tried again.', fields: ['err'] },
  'waiting for the database': { about: 'It starts when the database answers.', fields: ['problem'] },
  'database away': {
    about: 'Postgres does not answer. What fails by it is not told; all of it is tried again.',
    fields: ['problem'],
  },
  'database back': { about: 'It answers again.', fields: ['seconds'] },
  'work waits': { about: 'This host cannot work: no room for derivatives.', fields: ['problem'] },
  'work goes on': { about: 'What it waited for is over.', fields: [] },
  'derivatives swept': { about: 'Derivatives that no asset names any more were removed.', fields: ['files', 'bytes'] },
  'derivatives not swept': { about: 'They could not be looked at; they are again soon.', fields: ['err'] },
  'derivatives lost': {
    about: 'So many derivatives are gone from the disk that nothing is changed; the folder itself may be away.',
    fields: ['lost', 'of', 'folder'],
  },
  'derivatives made again': {
    about: 'Derivatives that are gone from the disk wait to be made again.',
    fields: ['lost', 'of', 'package'],
  },
  'quota reached': { about: 'Only thumbnails are made, or nothing, until there is room.', fields: ['problem'] },
  'quota met again': { about: 'All is made again.', fields: [] },
  // Media roots.
  'root problem': {
    about: 'A media root is not to be believed: nothing below it is changed.',
    fields: ['root', 'problem'],
  },
  'root back': { about: 'It is again.', fields: ['root'] },
  'root silent': {
    about: 'A media root does not answer: its work waits, and the other roots go on.',
    fields: ['root'],
  },
  'root answers again': { about: 'The work of a media root that was silent goes on.', fields: ['root'] },
  'watching failed': { about: 'A media root could not be looked at.', fields: ['root', 'err'] },
  'native watching ended': {
    about: 'The system tells of changes no more; the root is looked at now and then.',
    fields: ['root', 'err'],
  },
  'folder not looked at': {
    about: 'One folder below a root could not be looked at; it is again.',
    fields: ['folder', 'err'],
  },
  // Folders that were found.
  'folder found': { about: 'A folder that is no package; it is left to settle.', fields: ['folder'] },
  'folder proposed': {
    about: 'It was analysed.',
    fields: ['folder', 'type', 'source', 'confidence', 'problems', 'accepted'],
  },
  'folder accepted': { about: 'It becomes a package.', fields: ['folder', 'package', 'by'] },
  // Packages and runs.
  'package analysed': {
    about: 'What it is, and what asking a model cost.',
    fields: [
      'package',
      'source',
      'confidence',
      'problems',
      'prompt_tokens',
      'output_tokens',
      'cost_usd',
      'requests',
      'cached',
    ],
  },
  'package changed': {
    about: 'Its folder is not as the library has it: it is looked at again.',
    fields: ['package', 'folder'],
  },
  'package folder gone': { about: 'Its folder is not there any more.', fields: ['package', 'folder'] },
  'package folder renamed': {
    about: 'Its folder has another name; its assets are the same.',
    fields: ['package', 'from', 'to'],
  },
  'package linked': {
    about: 'Its links below dataset directories are made.',
    fields: ['package', 'made', 'kept', 'removed', 'failed', 'problem'],
  },
  'links not swept': { about: 'Links that are out of date could not be looked for.', fields: ['problem', 'err'] },
  'stale link stays': { about: 'A link that should go could not be removed.', fields: ['link', 'problem'] },
  'run started': { about: 'Its folder is being looked at.', fields: ['run', 'package', 'folder'] },
  'run registered': {
    about: 'All its assets are in the library; their derivatives follow.',
    fields: ['run', 'package', 'files', 'assets', 'registered', 'moved', 'missing', 'back', 'seconds'],
  },
  'run done': { about: 'Nothing of it is left to do.', fields: ['run', 'package'] },
  'run failed': { about: 'Its folder could not be ingested.', fields: ['run', 'package', 'problem'] },
  'runs taken up anew': { about: 'Runs whose work had been lost.', fields: ['runs'] },
  'rows not taken up': { about: 'What people asked for could not be read; it is tried again.', fields: ['err'] },
  'not told of new work, looking every two seconds': {
    about: 'The database does not tell; it is asked instead.',
    fields: ['err'],
  },
  'progress not written': { about: "A run's counters could not be written; they are counted again.", fields: ['err'] },
  // Jobs and assets.
  jobs: { about: 'The job queues have a problem of their own.', fields: ['err'] },
  'jobs of a killed ingestor freed': { about: 'They are done again.', fields: ['jobs'] },
  'job failed': { about: 'It is tried again: no file is to blame.', fields: ['kind', 'job', 'err'] },
  'gave up': {
    about: 'A job was tried for the last time; its asset or run has a problem now.',
    fields: ['kind', 'asset', 'assets', 'run', 'problem'],
  },
  'asset has a problem': { about: 'Its file cannot be read, or shown.', fields: ['asset', 'path', 'problem'] },
  'asset changed under the work': {
    about: 'Its file was written to meanwhile: it is looked at again.',
    fields: ['asset', 'path'],
  },
  'file changed with its time put back': {
    about: 'Its bytes changed, though its size and time did not: it is worked on like any changed file.',
    fields: ['asset', 'path'],
  },
  'file differs': {
    about: 'Its bytes are not those that were hashed before.',
    fields: ['asset', 'path', 'package', 'problem'],
  },
  'asset worked on': {
    about: 'A job was done with it, however that went; told at the level debug.',
    fields: ['asset', 'kind', 'seconds'],
  },
  'asset crashed a program': { about: 'A reader did not survive its file.', fields: ['asset', 'path', 'problem'] },
} as const satisfies Readonly<Record<string, LogEvent>>;

type Events = typeof LOG_EVENTS;

/** One event with fields of its own. */
type LogEntry = {
  [Name in keyof Events]: { readonly event: Name } & { readonly [Field in Events[Name]['fields'][number]]?: unknown };
}[keyof Events];

type Write = (entry: LogEntry, sentence?: string) => void;

/** A log that takes no other events than these; pino's is one. */
export interface IngestorLog {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}
