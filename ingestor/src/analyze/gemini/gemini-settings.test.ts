import { describe, expect, test } from 'vitest';
import { readGeminiAvailability } from '../../settings/config.ts';

const key = { GOOGLE_API_KEY: 'k' };

describe('readGeminiAvailability', () => {
  test('readGeminiAvailability offers no model without a key, which is not a mistake', () => {
    expect(readGeminiAvailability({})).toMatchObject({
      isMistake: false,
      unavailable: expect.stringContaining('GOOGLE_API_KEY'),
    });
    expect(readGeminiAvailability({ GOOGLE_API_KEY: '' })).toMatchObject({ isMistake: false });
  });

  test('readGeminiAvailability names the missing setting for a key without a model', () => {
    expect(readGeminiAvailability(key)).toMatchObject({
      isMistake: true,
      unavailable: expect.stringContaining('GEMINI_MODEL'),
    });
  });

  test('readGeminiAvailability treats an unset price as unknown, and a price of 0 as 0', () => {
    expect(readGeminiAvailability({ ...key, GEMINI_MODEL: 'models/some-model', GEMINI_PRICE_OUTPUT: '0' })).toEqual({
      settings: { apiKey: 'k', model: 'some-model', baseUrl: null, prices: { input: null, output: 0 } },
    });
  });

  test.each([
    [{ GEMINI_MODEL: '../x' }, 'GEMINI_MODEL'],
    [{ GEMINI_BASE_URL: 'file:///etc' }, 'GEMINI_BASE_URL'],
    [{ GEMINI_PRICE_INPUT: 'cheap' }, 'GEMINI_PRICE_INPUT'],
    [{ GEMINI_PRICE_INPUT: '-1' }, 'GEMINI_PRICE_INPUT'],
  ])('readGeminiAvailability rejects %j', (env, name) => {
    expect(() => readGeminiAvailability({ ...key, ...env })).toThrow(`${name} is not usable`);
  });
});
