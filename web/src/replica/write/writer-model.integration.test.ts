import { afterAll, beforeAll, test } from 'vitest';
import { closeModel, liveThrough, openModel } from './testing/writer-model.ts';

beforeAll(openModel);
afterAll(closeModel);

test('createWriter: the replica converges, whatever arrives when (seed 1)', () => liveThrough(1));
