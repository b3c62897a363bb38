/** Checks that every kind of file that the installed ffmpeg reads is media here, or excluded on purpose. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { fileTypeOf } from '../scan/names/file-types.ts';
import { findTools } from './tools/installed-tools.ts';
import { SELF_CONTAINED } from './tools/video-input.ts';

const run = promisify(execFile);
const tools = await findTools(new AbortController().signal);

/**
 * Extensions that usually mean something else, or that cannot be played: AviSynth scripts, Mac executables, game
 * archives, subtitles.
 */
const LEFT_OUT = new Set(
  `avs avs2 avs3 cavs cgi cpk apl mac psp ism mks mpo flm drc vc2 rcv kux ivr omg aea aa avr sf ircam pvf rso sds sdx sox spdif
  ipu avif j2k webp gif apng`.split(/\s+/),
);

test.skipIf(tools.ffmpeg === null)('fileTypeOf knows every kind that the installed ffmpeg reads', async () => {
  const unknown = new Set<string>();
  for (const demuxer of SELF_CONTAINED.filter((name) => !name.endsWith('_pipe'))) {
    const { stdout } = await run('ffmpeg', ['-v', 'quiet', '-h', `demuxer=${demuxer}`]);
    const [, list = ''] = /Common extensions: (.*)\./.exec(stdout) ?? [];
    for (const extension of list.split(',').filter((each) => each !== '')) {
      if (fileTypeOf(`a.${extension}`) === 'other' && !LEFT_OUT.has(extension))
        unknown.add(`${extension} (${demuxer})`);
    }
  }
  expect([...unknown]).toEqual([]);
});
