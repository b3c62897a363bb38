/** Reads what a Sony camera writes beside a clip: C0001M01.XML, the XDCAM format's `NonRealTimeMeta`. Pure. */
import { rationalOf } from '../facts/frame-rate.ts';
import { isoTime } from '../facts/iso-time.ts';
import { UNKNOWN_FACTS } from '../facts/media-facts.ts';
import { readableText } from '../facts/readable-text.ts';
import { elementAttributes } from './element-attributes.ts';
import type { RawFacts } from './r3d-header.ts';

export function readSonyClip(xml: string): RawFacts {
  const attribute = (element: string, name: string) => readableText(elementAttributes(xml, element).get(name));
  const number = (element: string, name: string) => {
    const text = attribute(element, name);
    return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
  };
  // '23.98p', '50i': fields are written as their number a second.
  const [, rateText, scan] = /^(\d+(?:\.\d+)?)([pi])$/i.exec(attribute('VideoFrame', 'formatFps') ?? '') ?? [];
  const rate = rateText === undefined ? null : rationalOf(Number(rateText) / (scan?.toLowerCase() === 'i' ? 2 : 1));
  const frames = number('Duration', 'value');
  return {
    facts: {
      ...UNKNOWN_FACTS,
      width: number('VideoLayout', 'pixel'),
      height: number('VideoLayout', 'numOfVerticalLine'),
      duration_seconds: frames === null || rate === null ? null : (frames * rate.denominator) / rate.numerator,
      frame_rate_numerator: rate?.numerator ?? null,
      frame_rate_denominator: rate?.denominator ?? null,
    },
    details: {
      timecode: timecodeOf(attribute('LtcChange', 'value')),
      captured_at: isoTime(attribute('CreationDate', 'value')),
      camera: {
        make: attribute('Device', 'manufacturer'),
        model: attribute('Device', 'modelName'),
        serial: attribute('Device', 'serialNo'),
      },
    },
  };
}

/** SMPTE 12M's bytes in hex, frames first: '12304501' is 01:45:30:12. The two highest bits of the frames are flags. */
function timecodeOf(text: string | null): string | null {
  const [, first, seconds = '', minutes = '', hours = ''] = /^([0-9a-f]{2})(\d\d)(\d\d)(\d\d)$/i.exec(text ?? '') ?? [];
  if (first === undefined) return null;
  const flags = Number.parseInt(first, 16);
  const frames = (flags & 0x3f).toString(16).padStart(2, '0');
  if (!/^\d\d$/.test(frames) || Number(seconds) > 59 || Number(minutes) > 59 || Number(hours) > 23) return null;
  return `${hours}:${minutes}:${seconds}${(flags & 0x40) === 0 ? ':' : ';'}${frames}`;
}
