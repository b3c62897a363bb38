import { afterAll, beforeAll, test } from 'vitest';
import { closeModel, liveThrough, openModel } from './testing/writer-model.ts';

beforeAll(openModel);
afterAll(closeModel);

test.each([2, 3, 4, 5, 6])('createWriter: the replica converges, whatever arrives when (seed %i)', liveThrough);
