import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { follow } from './child.js';
import { program } from './needs.js';
import { temporaryDirectory } from './temporary-directory.js';

/** A Redis of a test: on a free port of this machine, its data in a folder that goes with it. */
export interface RedisOfATest {
  readonly url: string;
  /** As `redis-cli FLUSHALL`: everything is gone, the server runs on. */
  flushAll(): Promise<void>;
  /** Ends it at once; `start` brings it back on the same port, empty. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** Says one command in the protocol's inline form and waits for its answer. */
function say(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    socket.once('error', reject);
    socket.once('data', answer => {
      socket.end();
      resolve(String(answer));
    });
  });
}

/**
 * Starts redis-server without persistence, as a worst case: what is lost with it must not matter. The test
 * stands inside `needsProgram('redis-server')`.
 */
export async function startRedis(): Promise<RedisOfATest> {
  const directory = temporaryDirectory();
  let port = await freePort();
  const begin = async () => {
    const options = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: directory };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = follow(spawn(program('redis-server'), args, { stdio: ['ignore', 'pipe', 'pipe'] }));
    await child.printed(line => line.includes('Ready to accept connections'));
    return child;
  };
  /** A port that was free may be somebody else's by now: then another one. */
  const beginSomewhere = async (tries: number): Promise<Awaited<ReturnType<typeof begin>>> => {
    try {
      return await begin();
    } catch (error) {
      if (tries === 0) throw error;
      port = await freePort();
      return await beginSomewhere(tries - 1);
    }
  };
  let server = await beginSomewhere(5);
  return {
    url: `redis://127.0.0.1:${port}`,
    async flushAll() {
      const answer = await say(port, 'FLUSHALL');
      if (!answer.startsWith('+OK')) throw new Error(`redis-server said ${answer}`);
    },
    kill: () => server.kill(),
    async start() {
      server = await begin();
    },
    async stop() {
      await server.kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
