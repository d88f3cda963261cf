/** Ten megabytes as every computer shows them (LM-21). */
export const PICTURE_BYTES_MAX = 10 * 1024 * 1024;

export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/gif'] as const;
export type PictureType = (typeof PICTURE_TYPES)[number];

export interface Picture {
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
}

const startsWith = (bytes: Uint8Array, ...first: readonly number[]): boolean =>
  first.every((byte, at) => bytes[at] === byte);
const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

const sized = (type: PictureType, width: number, height: number): Picture | undefined =>
  width > 0 && height > 0 ? { type, width, height } : undefined;

function png(bytes: Uint8Array, view: DataView): Picture | undefined {
  const whole = bytes.length >= 33 && view.getUint32(8) === 13 && ascii(bytes, 12, 16) === 'IHDR';
  return whole ? sized('image/png', view.getUint32(16), view.getUint32(20)) : undefined;
}

function gif(bytes: Uint8Array, view: DataView): Picture | undefined {
  const whole = bytes.length >= 13 && /^GIF8[79]a$/.test(ascii(bytes, 0, 6));
  return whole ? sized('image/gif', view.getUint16(6, true), view.getUint16(8, true)) : undefined;
}

/** Markers of a frame's size: SOF0 to SOF15 without the tables DHT, JPG and DAC. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Walks over the segments to the frame, which says how large the picture is. */
function jpeg(bytes: Uint8Array, view: DataView): Picture | undefined {
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) return sized('image/jpeg', view.getUint16(at + 7), view.getUint16(at + 5));
    else {
      const length = view.getUint16(at + 2);
      if (length < 2 || marker === 0xd9 || marker === 0xda) return undefined;
      at += 2 + length;
    }
  }
  return undefined;
}

/**
 * What the bytes themselves say they are; undefined for anything but a JPEG, PNG or GIF with a readable
 * header.
 */
export function pictureOf(bytes: Uint8Array): Picture | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return png(bytes, view);
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return jpeg(bytes, view);
  if (startsWith(bytes, 0x47, 0x49, 0x46, 0x38)) return gif(bytes, view);
  return undefined;
}
