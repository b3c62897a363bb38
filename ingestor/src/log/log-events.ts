/** Every event of the ingestor's log: its meaning, and the fields it may have besides time, level, host and msg. */

interface LogEvent {
  readonly about: string;
  readonly fields: readonly string[];
}

export const LOG_EVENTS = {
  // The daemon.
  ready: { about: 'The ingestor is ready for work.', fields: ['pid', 'version', 'tools', 'mediaRoots', 'metricsPort'] },
  stopping: { about: 'The ingestor is shutting down; unfinished jobs go back to their queues.', fields: [] },
  stopped: { about: 'The ingestor has shut down.', fields: [] },
  'tool missing': {
    about: 'A program is not installed; the message explains the consequence and how to install it.',
    fields: ['tool'],
  },
  'heartbeat failed': { about: 'The database did not answer a heartbeat, which is retried.', fields: ['err'] },
  'waiting for the database': { about: 'The ingestor starts once the database answers.', fields: ['problem'] },
  'database away': {
    about: 'Postgres does not answer. Failures caused by this are not logged, and are retried.',
    fields: ['problem'],
  },
  'database back': { about: 'Postgres answers again.', fields: ['seconds'] },
  'work waits': { about: 'This host cannot work because there is no room for derivatives.', fields: ['problem'] },
  'work goes on': { about: 'The reason for waiting is gone.', fields: [] },
  'derivatives swept': { about: 'Derivatives that no asset names any more were removed.', fields: ['files', 'bytes'] },
  'derivatives not swept': {
    about: 'The derivative folder could not be read; the sweep is retried soon.',
    fields: ['err'],
  },
  'derivatives lost': {
    about: 'Too many derivatives are missing to reset them: the folder itself may be away.',
    fields: ['lost', 'of', 'folder'],
  },
  'derivatives made again': {
    about: 'Derivatives that are missing from the disk are queued to be regenerated.',
    fields: ['lost', 'of', 'package'],
  },
  'quota reached': { about: 'Only thumbnails are made, or nothing, until there is room.', fields: ['problem'] },
  'quota met again': { about: 'There is room for all derivatives again.', fields: [] },
  // Media roots.
  'root problem': {
    about: 'A media root cannot be trusted, so nothing below it is changed.',
    fields: ['root', 'problem'],
  },
  'root back': { about: 'The media root is available again.', fields: ['root'] },
  'root silent': {
    about: 'A media root does not answer. Its work waits; work on other roots continues.',
    fields: ['root'],
  },
  'root answers again': {
    about: 'A media root that was silent answers again, and its work continues.',
    fields: ['root'],
  },
  'watching failed': { about: 'A media root could not be read.', fields: ['root', 'err'] },
  'native watching ended': {
    about: 'The system no longer reports changes, so the root is only polled.',
    fields: ['root', 'err'],
  },
  'folder not looked at': {
    about: 'A folder below a root could not be read; the read is retried.',
    fields: ['folder', 'err'],
  },
  // Folders that were found.
  'folder found': { about: 'A folder appeared that is not a package; it has to settle first.', fields: ['folder'] },
  'folder proposed': {
    about: 'An incoming folder was analysed and has a proposal.',
    fields: ['folder', 'type', 'source', 'confidence', 'problems', 'accepted'],
  },
  'folder accepted': {
    about: 'An incoming folder was accepted and becomes a package.',
    fields: ['folder', 'package', 'by'],
  },
  // Packages and runs.
  'package analysed': {
    about: 'A package was analysed; the fields include the cost of the model.',
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
    about: 'A package’s folder differs from the library, so it is scanned again.',
    fields: ['package', 'folder'],
  },
  'package folder gone': { about: 'A package’s folder no longer exists.', fields: ['package', 'folder'] },
  'package folder renamed': {
    about: 'A package’s folder was renamed; its assets are the same.',
    fields: ['package', 'from', 'to'],
  },
  'package linked': {
    about: 'A package’s links in dataset directories were made.',
    fields: ['package', 'made', 'kept', 'removed', 'failed', 'problem'],
  },
  'links not swept': { about: 'Outdated links could not be searched for.', fields: ['problem', 'err'] },
  'stale link stays': { about: 'An outdated link could not be removed.', fields: ['link', 'problem'] },
  'run started': { about: 'A run began to scan its folder.', fields: ['run', 'package', 'folder'] },
  'run registered': {
    about: 'All assets of a run are registered; their derivatives follow.',
    fields: ['run', 'package', 'files', 'assets', 'registered', 'moved', 'missing', 'back', 'seconds'],
  },
  'run done': { about: 'A run has no work left.', fields: ['run', 'package'] },
  'run failed': { about: 'A run’s folder could not be ingested.', fields: ['run', 'package', 'problem'] },
  'runs queued again': { about: 'Runs whose jobs were lost were queued again.', fields: ['runs'] },
  'rows not taken up': { about: 'Requests by people could not be read; the read is retried.', fields: ['err'] },
  'not told of new work, looking every two seconds': {
    about: 'Notifications from the database failed, so it is polled instead.',
    fields: ['err'],
  },
  'progress not written': { about: "A run's counters could not be written; they are recounted.", fields: ['err'] },
  // Jobs and assets.
  jobs: { about: 'The job queues reported an error.', fields: ['err'] },
  'jobs of a killed ingestor freed': {
    about: 'Jobs of an ingestor that was killed are queued again.',
    fields: ['jobs'],
  },
  'job failed': {
    about: 'A job failed without a file being at fault, and is retried.',
    fields: ['kind', 'job', 'err'],
  },
  'gave up': {
    about: 'A job failed for the last time; its asset or run records the problem.',
    fields: ['kind', 'asset', 'assets', 'run', 'problem'],
  },
  'asset has a problem': {
    about: 'An asset’s file cannot be read or previewed.',
    fields: ['asset', 'path', 'problem'],
  },
  'asset changed under the work': {
    about: 'An asset’s file changed while a job worked on it; the file is read again.',
    fields: ['asset', 'path'],
  },
  'file changed with its time put back': {
    about: 'A file’s bytes changed although its size and time did not; the file is processed like any changed file.',
    fields: ['asset', 'path'],
  },
  'file differs': {
    about: 'A file’s bytes differ from those that were hashed before.',
    fields: ['asset', 'path', 'package', 'problem'],
  },
  'asset worked on': {
    about: 'A job on an asset ended, successfully or not; logged at the level debug.',
    fields: ['asset', 'kind', 'seconds'],
  },
  'asset crashed a program': {
    about: 'An asset’s file crashed a program that read it.',
    fields: ['asset', 'path', 'problem'],
  },
} as const satisfies Readonly<Record<string, LogEvent>>;

type Events = typeof LOG_EVENTS;

/** One event with its own fields. */
type LogEntry = {
  [Name in keyof Events]: { readonly event: Name } & { readonly [Field in Events[Name]['fields'][number]]?: unknown };
}[keyof Events];

type Write = (entry: LogEntry, sentence?: string) => void;

/** A log that accepts only these events, such as pino's. */
export interface IngestorLog {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}
