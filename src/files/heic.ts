// HEIC photos, as phones take them, decoded by libheif in WebAssembly: the library that makes smaller copies reads how
// large they are and no more. It is LGPL, so it stays a package of its own, which may be left out or replaced.
import { createRequire } from 'node:module';

/** Red, green, blue and how opaque, a byte each, row by row. */
export type Pixels = { readonly data: Uint8Array; readonly width: number; readonly height: number };

type Image = {
  get_width(): number;
  get_height(): number;
  is_primary(): boolean;
  /** Turned as it is to be looked at. */
  display(into: Into, done: (shown: Into | null) => void): void;
  free(): void;
};
type Into = { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number };
type Decoder = { decode(bytes: Uint8Array): Image[] };
type Heif = { HeifDecoder: new () => Decoder };

export class TooManyPixels extends Error {}

/** One for all: a decoder lets go of a file only when it is given the next. */
let decoder: Decoder | null = null;

/**
 * @param most pixels, told from the heading before anything is decoded
 * @returns null where the library is not installed
 * @throws TooManyPixels
 * @throws Error where it does not decode whole
 */
export async function decodeHeic(bytes: Uint8Array, most: number): Promise<Pixels | null> {
  decoder ??= load();
  if (decoder === null) return null;
  const images = decoder.decode(bytes);
  try {
    const image = images.find((each) => each.is_primary()) ?? images[0];
    if (image === undefined) throw new Error('there is no picture in it');
    const [width, height] = [image.get_width(), image.get_height()];
    if (width * height > most) throw new TooManyPixels('more than are decoded');
    const into = { data: new Uint8ClampedArray(width * height * 4), width, height };
    const shown = await new Promise<Into | null>((done) => image.display(into, done));
    if (shown === null) throw new Error('it does not decode');
    return { data: new Uint8Array(shown.data.buffer), width, height };
  } finally {
    for (const each of images) each.free();
  }
}

function load(): Decoder | null {
  try {
    const found: unknown = createRequire(import.meta.url)('libheif-js/wasm-bundle');
    return isHeif(found) ? new found.HeifDecoder() : null;
  } catch {
    return null;
  }
}

function isHeif(found: unknown): found is Heif {
  return typeof found === 'object' && found !== null && 'HeifDecoder' in found;
}
