/**
 * Translates what face pipelines write about a crop into the library's words. The three formats hold the same facts
 * under different names. A missing or invalid field is dropped, and the others are kept.
 */
import type { FaceCarrier, FaceDetails } from '@ingesthub/schema/library/asset-details.ts';
import { faceTypeOf } from './face-type.ts';
import { type RawPose, rawPoseOf } from './raw-pose.ts';
import { FaceProblem } from './values/face-problem.ts';
import { dictOf, numberOf, numbersOf, type Point, pointsOf, realOf, textOf } from './values/plain-fields.ts';
import type { PlainDict, PlainValue } from './values/plain-value.ts';

export interface FaceFacts {
  /** Without the pose convention, which only the whole package reveals. */
  readonly details: FaceDetails;
  /** Pitch, yaw and roll as written: degrees or radians. */
  readonly pose: RawPose | null;
  readonly sharpness: number | null;
}

/** @throws FaceProblem when the value is not a dict. */
export function faceFacts(carrier: FaceCarrier, value: PlainValue): FaceFacts {
  const dict = dictOf(value);
  if (dict === null) throw new FaceProblem('The face metadata is not a list of named values.');
  return carrier === 'faceswap' ? faceswapFacts(dict) : pipelineFacts(carrier, dict);
}

function pipelineFacts(carrier: FaceCarrier, dict: PlainDict): FaceFacts {
  const pose = rawPoseOf(dict);
  const inCrop = pointsOf(dict.get('landmarks'));
  const landmarks = inCrop ?? pointsOf(dict.get('source_landmarks'));
  return {
    details: {
      carrier,
      ...known({
        face_type: faceTypeOf(dict.get('face_type')),
        source_filename: textOf(dict.get('source_filename')),
        source_filepath: textOf(dict.get('source_filepath')),
        source_rect: numbersOf(dict.get('source_rect'), 4) as [number, number, number, number] | null,
        source_size: numbersOf(dict.get('source_size'), 2) as [number, number] | null,
        pose_raw: pose,
        brightness: numberOf(dict.get('brightness')),
        hue: numberOf(dict.get('hue')),
        saturation: numberOf(dict.get('saturation')),
        pureness: numberOf(dict.get('pureness')),
        black: numberOf(dict.get('black')),
        ...placed(landmarks, inCrop ? 'crop' : 'source'),
      }),
    },
    pose,
    sharpness: realOf(dict.get('sharpness')),
  };
}

/** `source` names the source picture; `alignments` holds the position in it: left, top, width and height. */
function faceswapFacts(dict: PlainDict): FaceFacts {
  const source = dictOf(dict.get('source'));
  const alignments = dictOf(dict.get('alignments'));
  const [left, top, width, height] = ['x', 'y', 'w', 'h'].map((side) => numberOf(alignments?.get(side)));
  // numpy's order: height first.
  const size = numbersOf(source?.get('source_frame_dims'), 2);
  return {
    details: {
      carrier: 'faceswap',
      ...known({
        source_filename: textOf(source?.get('source_filename')),
        source_rect:
          left == null || top == null || width == null || height == null
            ? null
            : ([left, top, left + width, top + height] satisfies FaceDetails['source_rect']),
        source_size: size && ([size[1] ?? 0, size[0] ?? 0] satisfies FaceDetails['source_size']),
        ...placed(pointsOf(alignments?.get('landmarks_xy')), 'source'),
      }),
    },
    pose: null,
    sharpness: null,
  };
}

function placed(landmarks: Point[] | null, where: 'crop' | 'source') {
  return { landmarks, landmarks_in: landmarks && where };
}

/** Drops null fields. */
function known<T extends object>(fields: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as {
    [Key in keyof T]?: NonNullable<T[Key]>;
  };
}
