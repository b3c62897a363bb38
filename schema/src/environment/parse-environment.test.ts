import { expect, test } from 'vitest';
import { z } from 'zod';
import { EnvironmentError, parseEnvironment } from './parse-environment.ts';

const schema = z.object({ IHUB_PORT: z.coerce.number({ error: 'set it to a port number' }).default(8080) });

test('parseEnvironment: uses the default for an unset or empty variable', () => {
  expect(parseEnvironment(schema, {})).toEqual({ IHUB_PORT: 8080 });
  expect(parseEnvironment(schema, { IHUB_PORT: '' })).toEqual({ IHUB_PORT: 8080 });
  expect(parseEnvironment(schema, { IHUB_PORT: '81', HOME: '/root' })).toEqual({ IHUB_PORT: 81 });
});

test('parseEnvironment: names an invalid variable in one sentence', () => {
  expect(() => parseEnvironment(schema, { IHUB_PORT: 'eighty' })).toThrow(
    new EnvironmentError('IHUB_PORT is not usable: set it to a port number.'),
  );
});
