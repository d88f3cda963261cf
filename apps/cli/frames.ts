import type { Socket } from 'node:net';

/**
 * What travels on a server's socket: one request, then output, errors and the exit code back; and, where the
 * command asks for a password, the question there and the answer back. A frame is its kind (1 byte), the
 * length of its body (4 bytes, big endian) and the body.
 */
export const FRAME = { request: 1, out: 2, err: 3, exit: 4, ask: 5, answer: 6 } as const;
export type FrameKind = (typeof FRAME)[keyof typeof FRAME];

export interface Frame {
  readonly kind: number;
  readonly body: Buffer;
}

const HEAD = 5;
/** Longest body taken from the other side, in bytes. */
export const MAX_BODY = 4 * 1024 * 1024;
/** Output is cut to frames of this size. */
const PIECE = 256 * 1024;

/** Takes bytes as they come and gives whole frames. @throws Error for a body longer than `MAX_BODY`. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  *read(chunk: Buffer): Generator<Frame> {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (bytes.length >= HEAD) {
      const length = bytes.readUInt32BE(1);
      if (length > MAX_BODY) throw new Error(`a frame of ${length} bytes is too long`);
      if (bytes.length < HEAD + length) break;
      yield { kind: bytes[0]!, body: bytes.subarray(HEAD, HEAD + length) };
      bytes = bytes.subarray(HEAD + length);
    }
    this.#rest = Buffer.from(bytes);
  }
}

const gone = (): Error => Object.assign(new Error('the other side is gone'), { code: 'EPIPE' });

function sendOne(socket: Socket, kind: FrameKind, body: Buffer): Promise<void> {
  if (socket.destroyed || !socket.writable) return Promise.reject(gone());
  const head = Buffer.alloc(HEAD);
  head[0] = kind;
  head.writeUInt32BE(body.length, 1);
  return new Promise((resolve, reject) => {
    socket.write(Buffer.concat([head, body]), error => (error ? reject(gone()) : resolve()));
  });
}

/** Resolves when the other side takes more. @throws Error with code EPIPE when it is gone. */
export async function sendFrame(socket: Socket, kind: FrameKind, body: string | Uint8Array): Promise<void> {
  const bytes =
    typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (bytes.length <= PIECE) return sendOne(socket, kind, bytes);
  for (let at = 0; at < bytes.length; at += PIECE)
    await sendOne(socket, kind, bytes.subarray(at, at + PIECE));
}
