/** Reads the facts of a recording that no program here decodes: those that its header or its sidecar gives. */
import { constants, open } from 'node:fs/promises';
import { extensionOf } from '../../scan/names/file-types.ts';
import { detailsOf, mergeDetails } from '../facts/details-of.ts';
import { type MediaFacts, UNKNOWN_FACTS } from '../facts/media-facts.ts';
import { MAX_XML } from '../raw/element-attributes.ts';
import { R3D_HEADER, readR3dHeader } from '../raw/r3d-header.ts';
import { readSonyClip } from '../raw/sony-clip.ts';
import { ToolFailure } from '../tools/run-tool.ts';
import { ffprobe } from './ffprobe.ts';
import type { FoundVideo } from './video-facts.ts';

const UNKNOWN: FoundVideo = { facts: UNKNOWN_FACTS, details: {} };

/** @param file absolute. @throws the file system's error; the signal's reason. */
export async function probeRaw(file: string, signal: AbortSignal): Promise<FoundVideo> {
  if (extensionOf(file) === 'r3d') {
    const header = readR3dHeader(await readStart(file, R3D_HEADER));
    return header === null ? UNKNOWN : { facts: header.facts, details: detailsOf(header.details) };
  }
  return ffprobe(file, signal).catch((error: unknown) => {
    if (error instanceof ToolFailure && error.reason === 'exit') return UNKNOWN;
    throw error;
  });
}

/** Adds what Sony's sidecar beside the file says, where the file itself says nothing. */
export async function withSidecar({ facts, details }: FoundVideo, file: string): Promise<FoundVideo> {
  // A link may lead out of the media roots.
  const xml = await readStart(file.replace(/\.[^./]*$/, 'M01.XML'), MAX_XML, constants.O_NOFOLLOW).catch(() => null);
  if (xml === null) return { facts, details };
  const said = readSonyClip(xml.toString());
  const known = Object.entries(facts).filter(([, value]) => value !== null);
  return {
    facts: { ...said.facts, ...(Object.fromEntries(known) as Partial<MediaFacts>) },
    details: mergeDetails(details, detailsOf(said.details)),
  };
}

/** Never blocks on a pipe or a device that replaced the file. */
async function readStart(file: string, bytes: number, flags = 0): Promise<Buffer> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | flags);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
