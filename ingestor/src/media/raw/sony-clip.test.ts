import { expect, test } from 'vitest';
import { elementAttributes } from './element-attributes.ts';
import { readSonyClip } from './sony-clip.ts';

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<NonRealTimeMeta xmlns="urn:schemas-professionalDisc:nonRealTimeMeta:ver.2.20">
  <Duration value="250"/>
  <LtcChangeTable tcFps="25"><LtcChange frameCount="0" value="12304501" status="increment"/></LtcChangeTable>
  <CreationDate value="2026-04-05T10:15:20+02:00"/>
  <VideoFormat>
    <VideoFrame videoCodec="X-OCN_LT" captureFps="25p" formatFps="25p"/>
    <VideoLayout pixel="6048" numOfVerticalLine="4032" aspectRatio="3:2"/>
  </VideoFormat>
  <Device manufacturer="Sony" modelName='MPC-3610' serialNo="0010"/>
</NonRealTimeMeta>`;

test('readSonyClip reads length, size, rate, timecode, time and camera', () => {
  const { facts, details } = readSonyClip(XML);
  expect(facts).toMatchObject({ width: 6048, height: 4032, duration_seconds: 10, frame_rate_numerator: 25 });
  expect(details).toMatchObject({
    ...{ timecode: '01:45:30:12', captured_at: '2026-04-05T10:15:20+02:00' },
    camera: { make: 'Sony', model: 'MPC-3610', serial: '0010' },
  });
});

test('readSonyClip leaves unknown what is not there, or not a number', () => {
  const { facts, details } = readSonyClip('<a><Duration value="many"/><VideoFrame formatFps="fast"/></a>');
  expect(Object.values(facts).filter((value) => value !== null)).toEqual([]);
  expect(details).toMatchObject({ timecode: null, captured_at: null, camera: { make: null } });
});

test('elementAttributes expands no entity, and reads nothing of a document with a type', () => {
  expect(elementAttributes('<Device modelName="&bomb;" serialNo="1"/>', 'Device')).toEqual(
    new Map([['serialNo', '1']]),
  );
  const typed = '<!DOCTYPE a [<!ENTITY bomb SYSTEM "file:///etc/passwd">]><Device serialNo="1"/>';
  expect(elementAttributes(typed, 'Device').size).toBe(0);
  expect(elementAttributes('<'.repeat(5_000_000), 'Device').size).toBe(0);
});
