// A picture as models are shown it: decoded whole, or not shown. Decoding is done by native code, so this runs in a
// process of its own; what does not come out of it whole breaks the conversation of whoever is shown it, for good.
import { createRequire } from 'node:module';
import { LARGEST_IN_ANSWER, SEEN_BY_MODELS } from '../domain/file.ts';
import { decodeHeic, TooManyPixels } from './heic.ts';

/** How large a picture is shown, on its longer side; models see no more of a larger one. */
const SHOWN_SIDE = 1600;
/** Fine for a photo; where a copy is too large for an answer, the next one less. */
const QUALITIES = [80, 60, 40];
/** Read from the heading before anything is decoded. */
const MOST_PIXELS = 50_000_000;

export type Shown =
  /** As it is kept. */
  | { readonly kind: 'whole' }
  | {
      readonly kind: 'copy';
      readonly bytes: Uint8Array;
      readonly mediaType: 'image/jpeg' | 'image/webp';
      /** In pixels, like `1600 × 1200`; `of` is what the picture itself has. */
      readonly size: string;
      readonly of: string;
    }
  /** Too hard is what took too much memory, or failed for another reason than the picture: another time it may be shown. */
  | { readonly kind: 'unseen'; readonly why: 'damaged' | 'too-many-pixels' | 'too hard' }
  /** It takes a library that is not installed here. */
  | { readonly kind: 'no library'; readonly library: 'sharp' | 'libheif-js' };

/** What is used of sharp, whose absence is no fault: then its types are absent too. */
type Pipeline = {
  metadata(): Promise<Heading>;
  rotate(): Pipeline;
  resize(options: { width: number; height: number; fit: 'inside'; withoutEnlargement: true }): Pipeline;
  jpeg(options: { quality: number }): Pipeline;
  webp(options: { quality: number }): Pipeline;
  raw(): Pipeline;
  toBuffer(options: { resolveWithObject: true }): Promise<Encoded>;
};
type Heading = {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  /** Pictures that follow each other. */
  readonly pages?: number;
  /** As Exif numbers them; from 5 on it lies on its side. */
  readonly orientation?: number;
};
type Encoded = { readonly data: Uint8Array; readonly info: { readonly width: number; readonly height: number } };
type Options = {
  readonly limitInputPixels: number | false;
  readonly failOn: 'error';
  /** Of bytes that are pixels already. */
  readonly raw?: { readonly width: number; readonly height: number; readonly channels: 4 };
};
type Sharp = (bytes: Uint8Array, options: Options) => Pipeline;

const FITTING = { width: SHOWN_SIDE, height: SHOWN_SIDE, fit: 'inside', withoutEnlargement: true } as const;

type Given = { readonly bytes: Uint8Array; readonly mediaType: string };

export async function shownAs({ bytes, mediaType }: Given): Promise<Shown> {
  const sharp = load();
  if (sharp === null) return { kind: 'no library', library: 'sharp' };
  try {
    if (mediaType === 'image/heic') {
      const pixels = await decodeHeic(bytes, MOST_PIXELS);
      if (pixels === null) return { kind: 'no library', library: 'libheif-js' };
      const { data, ...size } = pixels;
      const raw = { ...size, channels: 4 } as const;
      const open = () => sharp(data, { raw, limitInputPixels: MOST_PIXELS, failOn: 'error' });
      return await copyOf(open, { of: sizeText(size), mediaType: 'image/jpeg' });
    }
    const open = (limitInputPixels: number | false) => sharp(bytes, { limitInputPixels, failOn: 'error' });
    const { width, height, hasAlpha, orientation = 1, pages = 1 } = await open(false).metadata();
    if (width * height > MOST_PIXELS) return { kind: 'unseen', why: 'too-many-pixels' };
    // Of a moving one the first picture is decoded, so only that is shown.
    const isSmall = Math.max(width, height) <= SHOWN_SIDE && bytes.length <= LARGEST_IN_ANSWER;
    if (SEEN_BY_MODELS.has(mediaType) && pages === 1 && isSmall) {
      await open(MOST_PIXELS).raw().toBuffer({ resolveWithObject: true });
      return { kind: 'whole' };
    }
    return await copyOf(() => open(MOST_PIXELS), {
      of: sizeText(orientation < 5 ? { width, height } : { width: height, height: width }),
      mediaType: hasAlpha ? 'image/webp' : 'image/jpeg',
    });
  } catch (error) {
    // Whatever it says of the file, which is somebody else's.
    if (error instanceof TooManyPixels) return { kind: 'unseen', why: 'too-many-pixels' };
    return { kind: 'unseen', why: isOfThePicture(error) ? 'damaged' : 'too hard' };
  }
}

/** The libraries say so by an error of no kind of its own; one of a kind is of the program or the machine. */
function isOfThePicture(error: unknown): boolean {
  return error instanceof Error && error.name === 'Error' && !/memory|alloc/i.test(error.message);
}

type CopyType = 'image/jpeg' | 'image/webp';

/** One that fits an answer. */
async function copyOf(open: () => Pipeline, { of, mediaType }: { of: string; mediaType: CopyType }): Promise<Shown> {
  let encoded: Encoded | undefined;
  for (const quality of QUALITIES) {
    const smaller = open().rotate().resize(FITTING);
    const copy = mediaType === 'image/webp' ? smaller.webp({ quality }) : smaller.jpeg({ quality });
    encoded = await copy.toBuffer({ resolveWithObject: true });
    if (encoded.data.length <= LARGEST_IN_ANSWER) break;
  }
  if (encoded === undefined) throw new Error('no copy was made');
  return { kind: 'copy', bytes: encoded.data, mediaType, size: sizeText(encoded.info), of };
}

function sizeText({ width, height }: { readonly width: number; readonly height: number }): string {
  return `${width} × ${height}`;
}

/** Null where it was left out when Jobwright was installed, or has no binary for this machine. */
function load(): Sharp | null {
  try {
    const found: unknown = createRequire(import.meta.url)('sharp');
    return isSharp(found) ? found : null;
  } catch {
    return null;
  }
}

function isSharp(found: unknown): found is Sharp {
  return typeof found === 'function';
}
