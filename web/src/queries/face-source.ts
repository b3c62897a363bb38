/** Finds the picture or clip that a face crop was cut from, among the assets of its project. */
import type { FaceDetails } from '@ingesthub/schema/library/asset-details.ts';
import type { AssetRow } from '@ingesthub/schema/library/rows.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';

type SourceColumns = Pick<
  AssetRow,
  | 'id'
  | 'package_id'
  | 'name'
  | 'file_type'
  | 'width'
  | 'height'
  | 'first_frame'
  | 'last_frame'
  | 'missing_frames'
  | 'missing_since'
  | 'problem'
  | 'duration_seconds'
  | 'thumbnail_status'
  | 'thumbnail_version'
  | 'proxy_status'
  | 'proxy_version'
>;

export interface FaceSourceRow extends SourceColumns {
  readonly package_name: string;
  readonly source_path: string;
  readonly relative_path: string;
  readonly frame_rate_numerator: number | null;
  readonly frame_rate_denominator: number | null;
}

/** A frame's number at the end of a file's name, as tools write it that cut a clip into pictures. */
const NUMBERED = /^(?<stem>.*?)(?<number>\d+)(?<ending>\.\w+)$/;
const CLIP_ENDINGS = ['mov', 'mp4', 'mxf', 'mkv', 'avi', 'm4v', 'webm', 'MOV', 'MP4', 'MXF', 'MKV', 'AVI'];

export interface SourceNames {
  /** The file's own name. */
  readonly file: string;
  /** Names of a sequence that may have the file as a frame. */
  readonly sequences: readonly string[];
  /** Names of a clip that the file may be a frame of. */
  readonly clips: readonly string[];
  /** The number in the file's name; null: none. */
  readonly number: number | null;
}

/** Returns the names under which the library may have a crop's source; null when the crop names none. */
export function sourceNames(face: Pick<FaceDetails, 'source_filename' | 'source_filepath'>): SourceNames | null {
  const file = face.source_filename ?? face.source_filepath?.split(/[/\\]/).at(-1) ?? '';
  if (file === '') return null;
  const { stem = '', number = '', ending = '' } = NUMBERED.exec(file)?.groups ?? {};
  if (number === '') return { file, sequences: [], clips: [], number: null };
  const clip = stem.replace(/[._-]$/, '');
  return {
    file,
    sequences: [...new Set([number.length, 1])].map((digits) => `${stem}${'#'.repeat(digits)}${ending}`),
    // A clip's name alone, such as 'take_2', ends with a digit too: only a separator tells the frame's number.
    clips: clip === stem || clip === '' ? [] : CLIP_ENDINGS.map((one) => `${clip}.${one}`),
    number: Number(number),
  };
}

/** {@link FaceSourceRow} rows of a project's assets with one of the names; at most a few. */
export function faceSourceQuery(projectId: string, { file, sequences, clips }: SourceNames): LiveQueryInput {
  return {
    reads: ['assets', 'folders', 'packages', 'asset_metadata'].map((table) => ({ table })),
    statement: {
      text: `
        SELECT assets.id, assets.package_id, assets.name, assets.file_type, assets.width, assets.height, assets.first_frame,
          assets.last_frame, assets.missing_frames, assets.missing_since, assets.problem, assets.duration_seconds,
          assets.thumbnail_status, assets.thumbnail_version, assets.proxy_status, assets.proxy_version,
          packages.name AS package_name, packages.source_path,
          coalesce(nullif(folders.path, '') || '/', '') || assets.name AS relative_path,
          asset_metadata.frame_rate_numerator, asset_metadata.frame_rate_denominator
        FROM packages
        JOIN assets ON assets.package_id = packages.id AND assets.name = ANY ($2::text[]) AND assets.deleted_at IS NULL
        LEFT JOIN folders ON folders.package_id = assets.package_id AND folders.number = assets.folder
        LEFT JOIN asset_metadata ON asset_metadata.asset_id = assets.id
        WHERE packages.project_id = $1 AND packages.deleted_at IS NULL
        ORDER BY packages.name, relative_path
        LIMIT 20`,
      values: [projectId, [file, ...sequences, ...clips]],
    },
  };
}
