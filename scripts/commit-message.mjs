/** Git's commit-msg hook: requires a conventional commit with one of this project's scopes or none. */
import { readFileSync } from 'node:fs';

const TYPES = ['feat', 'fix', 'perf', 'refactor', 'test', 'docs', 'build', 'ci', 'chore', 'revert'];
const SCOPES = ['schema', 'ingestor', 'sync', 'web', 'launch', 'e2e', 'bench', 'docs', 'fixtures'];

const [subject = ''] = readFileSync(process.argv[2], 'utf8').split('\n');
const pattern = new RegExp(`^(Merge |fixup! |(${TYPES.join('|')})(\\((${SCOPES.join('|')})\\))?!?: \\S)`);
if (!pattern.test(subject) || subject.length > 100) {
  process.stderr.write(
    `“${subject}” is not a conventional commit of at most 100 characters: type(scope): what changed.\n` +
      `Types: ${TYPES.join(' ')}. Scopes: ${SCOPES.join(' ')}.\n`,
  );
  process.exit(1);
}
