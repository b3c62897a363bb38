import { describe, expect, test } from 'vitest';
import { readModelAvailability } from '../../settings/config.ts';
import { isOwnNetwork } from './own-network.ts';

const key = { GOOGLE_API_KEY: 'k' };

describe('readModelAvailability', () => {
  test('readModelAvailability offers no model without a key, which is not a mistake', () => {
    expect(readModelAvailability({})).toMatchObject({
      isMistake: false,
      unavailable: expect.stringContaining('GOOGLE_API_KEY'),
    });
    expect(readModelAvailability({ GOOGLE_API_KEY: '' })).toMatchObject({ isMistake: false });
  });

  test('readModelAvailability names the missing setting for a key without a model', () => {
    expect(readModelAvailability(key)).toMatchObject({
      isMistake: true,
      unavailable: expect.stringContaining('GEMINI_MODEL'),
    });
  });

  test('readModelAvailability treats an unset price as unknown, and a price of 0 as 0', () => {
    expect(readModelAvailability({ ...key, GEMINI_MODEL: 'models/some-model', GEMINI_PRICE_OUTPUT: '0' })).toEqual({
      settings: {
        api: 'gemini',
        apiKey: 'k',
        model: 'some-model',
        baseUrl: null,
        prices: { input: null, output: 0 },
        pseudonyms: true,
      },
    });
  });

  test.each([
    [{ GEMINI_MODEL: '../x' }, 'GEMINI_MODEL'],
    [{ GEMINI_BASE_URL: 'file:///etc' }, 'GEMINI_BASE_URL'],
    [{ GEMINI_PRICE_INPUT: 'cheap' }, 'GEMINI_PRICE_INPUT'],
    [{ GEMINI_PRICE_INPUT: '-1' }, 'GEMINI_PRICE_INPUT'],
    [{ IHUB_MODEL_URL: 'ftp://x' }, 'IHUB_MODEL_URL'],
    [{ IHUB_MODEL_URL: 'http://user:secret@x/v1' }, 'IHUB_MODEL_URL'],
    [{ IHUB_MODEL_URL: 'http://x/v1?a=1' }, 'IHUB_MODEL_URL'],
    [{ IHUB_MODEL_NAME: 'a b' }, 'IHUB_MODEL_NAME'],
    [{ IHUB_MODEL_PSEUDONYMS: 'maybe' }, 'IHUB_MODEL_PSEUDONYMS'],
  ])('readModelAvailability rejects %j', (env, name) => {
    expect(() => readModelAvailability({ ...key, ...env })).toThrow(`${name} is not usable`);
  });

  const server = { IHUB_MODEL_URL: 'http://127.0.0.1:11434', IHUB_MODEL_NAME: 'qwen3:8b' };

  test('readModelAvailability prefers a server of its own to Gemini, and adds /v1 to an address without a path', () => {
    expect(readModelAvailability({ ...key, GEMINI_MODEL: 'g', ...server, IHUB_MODEL_PRICE_INPUT: '1' })).toEqual({
      settings: {
        api: 'chat',
        apiKey: null,
        model: 'qwen3:8b',
        baseUrl: 'http://127.0.0.1:11434/v1',
        prices: { input: 1, output: null },
        pseudonyms: false,
      },
    });
    expect(
      readModelAvailability({ ...server, IHUB_MODEL_URL: 'https://x.example/api/v1/', IHUB_MODEL_KEY: 's' }),
    ).toMatchObject({ settings: { baseUrl: 'https://x.example/api/v1', apiKey: 's', pseudonyms: true } });
  });

  test.each(['IHUB_MODEL_URL', 'IHUB_MODEL_NAME'])(
    'readModelAvailability sends no names to Gemini when %s is missing',
    (name) => {
      expect(readModelAvailability({ ...key, GEMINI_MODEL: 'g', ...server, [name]: '' })).toMatchObject({
        isMistake: true,
        unavailable: expect.stringContaining(`Set ${name} to`),
      });
    },
  );

  test.each([
    [{ ...key, GEMINI_MODEL: 'g', GEMINI_BASE_URL: 'http://127.0.0.1:1' }, true],
    [{ ...key, GEMINI_MODEL: 'g', IHUB_MODEL_PSEUDONYMS: 'off' }, false],
    [{ ...server, IHUB_MODEL_PSEUDONYMS: 'on' }, true],
    [{ ...server, IHUB_MODEL_URL: 'https://api.openai.com/v1' }, true],
    [{ ...server, IHUB_MODEL_URL: 'https://api.openai.com/v1', IHUB_MODEL_PSEUDONYMS: 'off' }, false],
  ])('readModelAvailability(%j) replaces names: %s', (env, pseudonyms) => {
    expect(readModelAvailability(env)).toMatchObject({ settings: { pseudonyms } });
  });
});

test.each([
  ['http://localhost:11434/v1', true],
  ['http://127.9.9.9/v1', true],
  ['http://[::1]:8000/v1', true],
  ['http://10.1.2.3/v1', true],
  ['http://172.31.0.1/v1', true],
  ['http://192.168.1.20/v1', true],
  ['http://[fd00::1]/v1', true],
  ['http://gpu-box:8000/v1', true],
  ['http://models.studio.internal/v1', true],
  ['http://nas.local./v1', true],
  ['http://172.32.0.1/v1', false],
  ['http://8.8.8.8/v1', false],
  ['http://[2001:db8::1]/v1', false],
  ['http://127.0.0.1.example.com/v1', false],
  ['http://localhost.example.com/v1', false],
  ['https://api.openai.com/v1', false],
  // The same address, as URLs write it.
  ['http://2130706433/v1', true],
])('isOwnNetwork(%s) is %s', (url, expected) => expect(isOwnNetwork(url)).toBe(expected));
