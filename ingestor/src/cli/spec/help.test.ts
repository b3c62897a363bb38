import { expect, test } from 'vitest';
import { COMMANDS, type CommandName } from './commands.ts';
import { helpText } from './help.ts';

test('helpText lists every command and explains the exit status', () => {
  const text = helpText(null);
  for (const name of Object.keys(COMMANDS)) expect(text).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  expect(text).toMatch(/0 done, 1 failed, 2 bad usage, 130 interrupted/);
});

test.each(Object.keys(COMMANDS) as CommandName[])('helpText(%s) has usage, options and an example', (name) => {
  const text = helpText(name);
  expect(text).toContain(`Usage: ihub ${name}`);
  for (const option of Object.keys(COMMANDS[name].options)) expect(text).toContain(`--${option}`);
  expect(text).toMatch(new RegExp(`npm run -s ihub -- ${name}`));
});
