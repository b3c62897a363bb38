/**
 * A file's own metadata beyond the columns that lists show and filter by: the document
 * `asset_metadata.details`. Sections for which the file has no data are absent; an unknown value is
 * null or absent, never 0.
 */
import { z } from 'zod';

const text = z.string().max(4000);
/** Left, top, right, bottom in pixels; right and bottom are exclusive. */
const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/** Named as ffprobe names them. */
const videoDetails = z
  .object({
    profile: text,
    pixel_format: text,
    bit_depth: z.number().int(),
    /** `progressive`, `tt`, `bb`, `tb` or `bt`. */
    field_order: text,
    /** For example '4:3'; absent when pixels are square or the ratio is unknown. */
    sample_aspect_ratio: text,
    /** Degrees to rotate the picture clockwise for display: 90, 180, 270. */
    rotation: z.number().int(),
    color_primaries: text,
    color_transfer: text,
    color_space: text,
    color_range: text,
    /** Bits per second. */
    bit_rate: z.number(),
    /** True when frame intervals differ. */
    variable_frame_rate: z.boolean(),
    streams: z.number().int(),
  })
  .partial();

const audioDetails = z
  .object({
    channel_layout: text,
    bit_depth: z.number().int(),
    bit_rate: z.number(),
    /** Number of audio streams; a camera file often has one per microphone. */
    streams: z.number().int(),
  })
  .partial();

/** Details of EXR, DPX, Cineon and the other formats that OpenImageIO reads. */
const frameDetails = z
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
    /** View names of a stereo file: 'left', 'right'. */
    views: z.array(text).max(64),
    parts: z.number().int(),
    deep: z.boolean(),
    /** x and y of red, green, blue and white; absent when the file does not state its primaries. */
    chromaticities: z.array(z.number()).length(8),
    /** Set when the file also holds smaller sizes: halved in both directions (mip) or in each separately (rip). */
    levels: z.enum(['mip', 'rip']),
    encoding: z.enum(['linear', 'log', 'display']),
  })
  .partial();

const stillDetails = z
  .object({
    bit_depth: z.number().int(),
    /** The name libvips uses: 'srgb', 'cmyk', 'b-w', … */
    colour_space: text,
    icc_profile: text,
    has_alpha: z.boolean(),
    /** EXIF orientation, 1 to 8, of the stored picture; sizes and previews are already upright. */
    orientation: z.number().int(),
    /** Number of pictures in the file. */
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

/** Latitude and longitude in degrees, north and east positive; altitude in metres. */
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

/** Where a face crop carries its metadata: a PNG chunk, a PNG text entry or a JPEG segment. */
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
    /** Pitch, yaw and roll exactly as stored in the file. */
    pose_raw: z.tuple([z.number(), z.number(), z.number()]),
    /** The unit `pose_raw` was interpreted as; the asset's pose columns are always degrees. */
    pose_convention: poseConvention,
    brightness: z.number(),
    hue: z.number(),
    saturation: z.number(),
    /** Shares of the crop that are skin (`pureness`) and black, as the face pipeline measures them. */
    pureness: z.number(),
    black: z.number(),
    /** Points as x and y in pixels, rounded to a tenth. */
    landmarks: z.array(z.tuple([z.number(), z.number()])).max(1000),
    /** The picture whose pixels the landmarks refer to: the crop itself or the picture it was cropped from. */
    landmarks_in: z.enum(['crop', 'source']),
  })
  .partial()
  .required({ carrier: true });
export type FaceDetails = z.infer<typeof faceDetails>;

export const assetDetails = z
  .object({
    video: videoDetails,
    audio: audioDetails,
    frame: frameDetails,
    still: stillDetails,
    camera: cameraDetails,
    place,
    description,
    face: faceDetails,
    /** Timecode of the first frame as written: '01:00:00:00', with ';' before the frames for drop-frame. */
    timecode: text,
    reel: text,
    /** ISO 8601, with a time zone where the file states one. */
    captured_at: text,
  })
  .partial();
export type AssetDetails = z.infer<typeof assetDetails>;
