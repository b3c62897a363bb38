/** What `ihub --help` says, and the error that means exit code 2. */

export const USAGE = `ihub: the ingestor's command line

Usage: ihub <command> [options]

Commands
  scan PATH                 what a folder would become; writes nothing
  ingest PATH --project P   ingest a folder as a package of a project, and follow it to its end
  list projects|subjects|packages
  status                    ingestors, runs and assets at a glance
  daemon                    work on ingests until SIGTERM (npm start runs it)

Options of ingest
  --project NAME            the project; made when there is none of that name
  --subject NAME            the person in all files, instead of what the names say
  --package NAME            the package's name; default: the folder's
  --type vfx|atman          instead of what the folder looks like
  --tags a,b                tags of the package
  --description TEXT        about the package

Options of every command
  --json                    one JSON document on standard output
  --help, --version

Examples
  npm run -s ihub -- scan /mnt/nas/delivery_03
  npm run -s ihub -- ingest /mnt/nas/delivery_03 --project "Night Shoot" --tags day2,hero
  npm run -s ihub -- list packages --json

Exit codes: 0 done, 1 failed, 2 bad usage, 130 stopped following with Ctrl-C (the ingest goes on)
`;

/** The command line makes no sense; the message is one sentence for people. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
