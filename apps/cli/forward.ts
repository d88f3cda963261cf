import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { problem, problemSaid } from '#kernel';
import { codeOf, EXIT, type ExitCode, Refused } from './failure.js';
import { FRAME, FrameReader, sendFrame } from './frames.js';
import type { Io } from './io.js';
import { commandRefusals } from './problems.js';
import { SOCKET_FILE, SOCKET_NAME_FILE } from './store-files.js';
import { VERSION } from './version.js';

/**
 * A store has one writer. While a server holds it, other commands on the same directory run inside that
 * server:
 * their words go to its local socket, their output comes back. Only the server's own user can open the
 * socket.
 */

/** Operating systems cut the path of a socket at 104 to 108 bytes. */
const LONGEST_PATH = 100;
/** Commands of callers that a server runs at once; more are refused. */
const MOST_COMMANDS = 64;

/**
 * The variables a forwarded command reads; nothing else of the environment, and no secret of it but the
 * approver's key, which the server is asked about, travels.
 */
const TRAVELLING = [
  ...(['DAICHO_APPROVER_KEY', 'DAICHO_DATA', 'DAICHO_DEBUG'] as const),
  ...(['LANG', 'LC_ALL', 'LC_MESSAGES'] as const),
];

interface Request {
  readonly version: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly user: string;
  readonly terminal: Io['terminal'];
}

/** Where the server of this directory listens, if one ever did; undefined when nothing says so. */
export function socketOf(directory: string): string | undefined {
  const near = join(directory, SOCKET_FILE);
  if (existsSync(near)) return near;
  try {
    return readFileSync(join(directory, SOCKET_NAME_FILE), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

const belongsToAnother = (path: string) =>
  problemSaid(problem(commandRefusals.STORE_OF_ANOTHER_USER, { path }));

function connected(path: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', error => {
      const code = codeOf(error) ?? '';
      if (['ENOENT', 'ECONNREFUSED', 'ENOTSOCK'].includes(code)) resolve(undefined);
      else if (code === 'EACCES') reject(new Refused('STORE_IN_USE', belongsToAnother(path)));
      else reject(error);
    });
  });
}

/** Hands one server's frames to the caller's streams, in order, and gives its exit code. */
async function relay(socket: Socket, io: Io): Promise<ExitCode> {
  const reader = new FrameReader();
  for await (const chunk of socket) {
    for (const { kind, body } of reader.read(chunk as Buffer)) {
      if (kind === FRAME.out) await io.out(body);
      else if (kind === FRAME.err) await io.err(body.toString('utf8'));
      else if (kind === FRAME.ask)
        await sendFrame(socket, FRAME.answer, await io.secret(body.toString('utf8')));
      else if (kind === FRAME.exit)
        return body[0] === 0 ? EXIT.done : body[0] === 1 ? EXIT.refused : EXIT.usage;
    }
  }
  throw Refused.as(commandRefusals.SERVER_GONE);
}

/** Runs the caller's command in the server of that directory; undefined when no server answers there. */
export async function forwardTo(directory: string, io: Io): Promise<ExitCode | undefined> {
  const path = socketOf(directory);
  const socket = path === undefined ? undefined : await connected(path);
  if (!socket) return undefined;
  try {
    const { argv, cwd, user, terminal } = io;
    const env = Object.fromEntries(TRAVELLING.map(name => [name, io.env[name]]));
    const request: Request = { version: VERSION, argv, cwd, env, user, terminal };
    await sendFrame(socket, FRAME.request, JSON.stringify(request));
    return await relay(socket, io);
  } finally {
    socket.destroy();
  }
}

/** Hands the answers that a caller sends to whoever asked, in order. */
class Answers {
  readonly #waiting: ((answer: string) => void)[] = [];

  take(answer: string): void {
    this.#waiting.shift()?.(answer);
  }

  next(): Promise<string> {
    return new Promise(resolve => this.#waiting.push(resolve));
  }
}

/** The caller's end of a socket as an `Io`. It asks to end by going away. */
function socketIo(socket: Socket, request: Request, stop: AbortSignal, answers: Answers): Io {
  const { argv, cwd, env, user, terminal } = request;
  return {
    argv,
    cwd,
    env,
    user,
    terminal,
    out: chunk => sendFrame(socket, FRAME.out, chunk),
    err: text => sendFrame(socket, FRAME.err, text),
    async secret(prompt) {
      const answer = answers.next();
      await sendFrame(socket, FRAME.ask, prompt);
      return answer;
    },
    stop,
  };
}

type RunCommand = (io: Io) => Promise<ExitCode>;

function serveOne(socket: Socket, run: RunCommand): void {
  const stop = new AbortController();
  const reader = new FrameReader();
  const answers = new Answers();
  let request: Request | undefined;
  const begin = (asked: Request): void => {
    const io = socketIo(socket, asked, stop.signal, answers);
    const answer = asked.version === VERSION ? run(io) : refuseVersion(io, asked.version);
    answer
      .then(exit => sendFrame(socket, FRAME.exit, Uint8Array.of(exit)))
      .catch(() => {})
      .finally(() => socket.end());
  };
  socket.on('close', () => stop.abort());
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const { kind, body } of reader.read(chunk)) {
        if (kind === FRAME.request && !request)
          begin((request = JSON.parse(body.toString('utf8')) as Request));
        else if (kind === FRAME.answer) answers.take(body.toString('utf8'));
      }
    } catch {
      socket.destroy();
    }
  });
}

async function refuseVersion(io: Io, version: string): Promise<ExitCode> {
  await io.err(
    `SERVER_IS_OTHER_VERSION: the server is ${VERSION}, this command ${version}; restart the server\n`,
  );
  return EXIT.refused;
}

/** What a server left in the temporary directory when it was killed: only a folder that one of ours made. */
function removeEarlier(note: string): void {
  if (!existsSync(note)) return;
  const folder = dirname(readFileSync(note, 'utf8').trim());
  if (dirname(folder) === tmpdir() && basename(folder).startsWith('daicho-')) {
    rmSync(folder, { recursive: true, force: true });
  }
  rmSync(note, { force: true });
}

/**
 * A path for the socket: in the data directory, or in a private folder of the temporary one when that is
 * too long.
 */
async function placeFor(directory: string): Promise<{ path: string; remove: () => void }> {
  const near = join(directory, SOCKET_FILE);
  const note = join(directory, SOCKET_NAME_FILE);
  rmSync(near, { force: true });
  removeEarlier(note);
  if (Buffer.byteLength(near) <= LONGEST_PATH)
    return { path: near, remove: () => rmSync(near, { force: true }) };
  const hash = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  const folder = await mkdtemp(join(tmpdir(), `daicho-${hash}-`));
  const path = join(folder, 'sock');
  writeFileSync(note, `${path}\n`, { mode: 0o600 });
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(note, { force: true });
  };
  return { path, remove };
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const mask = process.umask(0o177);
    try {
      server.listen(path, () => resolve());
    } finally {
      process.umask(mask);
    }
  });
}

export interface CommandSocket {
  readonly path: string;
  /** Takes no more commands, lets the running ones end, removes the socket. */
  close(): Promise<void>;
}

/**
 * Takes commands for this directory; the caller holds its store, so whatever an earlier server left is
 * removed.
 * @param run performs one command and never throws
 */
export async function takeCommands(directory: string, run: RunCommand): Promise<CommandSocket> {
  const { path, remove } = await placeFor(directory);
  const server = createServer(socket => {
    socket.on('error', () => {});
    serveOne(socket, run);
  });
  server.maxConnections = MOST_COMMANDS;
  await listening(server, path);
  chmodSync(path, 0o600);
  return {
    path,
    close: () =>
      new Promise(resolve => {
        server.close(() => {
          remove();
          resolve();
        });
      }),
  };
}
