/**
 * What a file says about itself beyond the columns that lists show and filter by: the document
 * `asset_metadata.details`. A part that the file has nothing of is absent; a value that is not known is
 * null or absent, never 0.
 */
import { z } from 'zod';

const text = z.string().max(4000);
/** Left, top, right, bottom in pixels, right and bottom outside. */
const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/** As ffprobe names them. */
const videoDetails = z
  .object({
    profile: text,
    pixel_format: text,
    bit_depth: z.number().int(),
    /** `progressive`, `tt`, `bb`, `tb` or `bt`. */
    field_order: text,
    /** '4:3'; absent: square pixels, or nobody knows. */
    sample_aspect_ratio: text,
    /** Degrees clockwise that the picture is to be turned by: 90, 180, 270. */
    rotation: z.number().int(),
    color_primaries: text,
    color_transfer: text,
    color_space: text,
    color_range: text,
    /** Bits a second. */
    bit_rate: z.number(),
    /** The frames' distances differ. */
    variable_frame_rate: z.boolean(),
    streams: z.number().int(),
  })
  .partial();

const audioDetails = z
  .object({
    channel_layout: text,
    bit_depth: z.number().int(),
    bit_rate: z.number(),
    /** Of sound; a camera's file has one for each microphone. */
    streams: z.number().int(),
  })
  .partial();

/** Of EXR, DPX, Cineon and what else OpenImageIO reads. */
const filmDetails = z
  .object({
    /** OpenImageIO's name: 'openexr', 'dpx'. */
    format: text,
    compression: text,
    channels: z.array(text).max(1024),
    /** 'half', 'float', 'uint10'. */
    pixel_type: text,
    data_window: box,
    display_window: box,
    pixel_aspect_ratio: z.number(),
    /** Of a stereo file: 'left', 'right'. */
    views: z.array(text).max(64),
    parts: z.number().int(),
    deep: z.boolean(),
    /** x and y of red, green, blue and white, where the file names its primaries. */
    chromaticities: z.array(z.number()).length(8),
    /** The picture is there in smaller sizes too: halved in both directions, or in each by itself. */
    levels: z.enum(['mip', 'rip']),
    encoding: z.enum(['linear', 'log', 'display']),
  })
  .partial();

const stillDetails = z
  .object({
    bit_depth: z.number().int(),
    /** 'srgb', 'cmyk', 'b-w', …, as libvips names it. */
    colour_space: text,
    icc_profile: text,
    has_alpha: z.boolean(),
    /** Of EXIF, 1 to 8: how the picture is stored; sizes and previews are upright. */
    orientation: z.number().int(),
    /** Pictures in the file. */
    pages: z.number().int(),
  })
  .partial();

const cameraDetails = z
  .object({
    make: text,
    model: text,
    serial: text,
    lens: text,
    iso: z.number(),
    /** f-number. */
    aperture: z.number(),
    shutter_seconds: z.number(),
    focal_length_mm: z.number(),
  })
  .partial();

/** Degrees, north and east positive; metres. */
const place = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  altitude: z.number().optional(),
});

const description = z
  .object({
    title: text,
    description: text,
    creator: text,
    rights: text,
    keywords: z.array(text).max(1000),
    rating: z.number(),
    label: text,
  })
  .partial();

/** Where a face crop says what it shows: a PNG chunk, a PNG text, or a JPEG segment. */
const faceCarrier = z.enum(['fcWp', 'dfl_header', 'faceswap', 'app15']);
export type FaceCarrier = z.infer<typeof faceCarrier>;

export const poseConvention = z.enum(['degrees', 'radians']);
export type PoseConvention = z.infer<typeof poseConvention>;

export const faceDetails = z
  .object({
    carrier: faceCarrier,
    face_type: text,
    source_filename: text,
    source_filepath: text,
    source_rect: box,
    /** Pixels: width, height. */
    source_size: z.tuple([z.number(), z.number()]),
    /** Pitch, yaw, roll as the file has them. */
    pose_raw: z.tuple([z.number(), z.number(), z.number()]),
    /** What `pose_raw` was taken for; the columns are degrees. */
    pose_convention: poseConvention,
    brightness: z.number(),
    hue: z.number(),
    saturation: z.number(),
    /** How much of the crop is skin, and how much is black: as the pipeline measures them. */
    pureness: z.number(),
    black: z.number(),
    /** Points, x and y in pixels, to a tenth. */
    landmarks: z.array(z.tuple([z.number(), z.number()])).max(1000),
    /** What they are pixels of: the crop itself, or the picture that it was cropped from. */
    landmarks_in: z.enum(['crop', 'source']),
  })
  .partial()
  .required({ carrier: true });
export type FaceDetails = z.infer<typeof faceDetails>;

export const assetDetails = z
  .object({
    video: videoDetails,
    audio: audioDetails,
    film: filmDetails,
    still: stillDetails,
    camera: cameraDetails,
    place,
    description,
    face: faceDetails,
    /** Of the first frame, as written: '01:00:00:00', with ';' before the frames where some are dropped. */
    timecode: text,
    reel: text,
    /** ISO 8601, with its zone where the file names one. */
    captured_at: text,
  })
  .partial();
export type AssetDetails = z.infer<typeof assetDetails>;
