import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { type Child, startChild } from '../../test/support/child.js';
import { temporaryDirectory } from '../../test/support/temporary-directory.js';
import { forwardTo, socketOf, takeCommands } from './forward.js';
import { FRAME, FrameReader, MAX_BODY } from './frames.js';
import { processHost } from './main.js';
import { fixture, ran, recordingIo } from './spec-support.fixture.js';

const serve = (directory: string): Child =>
  startChild('apps/cli/run.fixture.ts', 'serve', '--empty', '--json', '--port', '0', '--data', directory);
const isStarted = (line: string): boolean => line.startsWith('{"url"');

describe('commands beside a running server', () => {
  const directory = join(temporaryDirectory(), 'data');
  const run = (...argv: string[]) => ran([...argv, '--data', directory], processHost);
  let server: Child;

  beforeAll(async () => {
    server = serve(directory);
    await server.printed(isStarted);
  }, 30_000);
  afterAll(async () => {
    await server.kill();
    rmSync(dirname(directory), { recursive: true, force: true });
  });

  it('run inside it: they write to the store it holds', async () => {
    const tariff = fixture('statement-002', 'tariff.csv');
    expect(await run('tariff', 'import', tariff)).toMatchObject({ exit: 0, err: '' });
    const create = [
      'account',
      'create',
      'A1',
      '--name',
      '見本',
      '--number',
      '05012345678',
      '--tariff',
      'std',
    ];
    expect(await run(...create)).toMatchObject({ exit: 0, out: expect.stringContaining('見本') });
    const charges = Array.from({ length: 5 }, (_, i) =>
      run('charge', '--account', 'A1', '--amount', '1000', '--method', 'card', '--id', `c${i}`),
    );
    for (const { exit } of await Promise.all(charges)) expect(exit).toBe(0);
    const { out } = await run('balance', '--account', 'A1', '--json');
    expect(JSON.parse(out)).toMatchObject({ posted: '5000', available: '5000' });
  });

  it('have their own directory, language and exit code', async () => {
    const io = { cwd: fixture('statement-002'), env: { LANG: 'ja_JP.UTF-8' } };
    const imported = await ran(['cdr', 'import', 'cdr.csv', '--data', directory], processHost, io);
    expect(imported).toMatchObject({ exit: 0, out: expect.stringContaining('読込') });
    expect(await run('balance', '--account', 'NOBODY')).toMatchObject({
      exit: 1,
      err: expect.stringMatching(/^NO_SUCH_ACCOUNT: /),
    });
    expect(await run('balance', '--account', 'a_b')).toMatchObject({ exit: 2 });
  });

  it('are asked for a password at their own terminal, and the server uses it', async () => {
    const prompts: string[] = [];
    const secret = async (prompt: string) => {
      prompts.push(prompt);
      return prompts.length === 1 ? 'short' : 'Minato-2026';
    };
    const create = ['staff', 'create', 'keeper', '--role', 'admin', '--lang', 'en', '--data', directory];
    const refused = await ran(create, processHost, { secret });
    expect(refused).toMatchObject({ exit: 1, err: expect.stringMatching(/^PASSWORD_TOO_SHORT: /) });
    expect(await ran(create, processHost, { secret })).toMatchObject({
      exit: 0,
      out: expect.stringContaining('keeper (admin)'),
    });
    expect(prompts).toEqual(['Password: ', 'Password: ']);
    const nothing = await ran(create, processHost);
    expect(nothing).toMatchObject({ exit: 1, err: expect.stringMatching(/^NO_PASSWORD: /) });
  });

  it('get files byte for byte', async () => {
    const argv = [
      'statement',
      '--account',
      'A1',
      '--month',
      '2025-10',
      '--format',
      'pdf',
      '--data',
      directory,
    ];
    const io = recordingIo(argv);
    expect(await forwardTo(directory, io)).toBe(0);
    const pdf = Buffer.concat(io.said.out);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.subarray(-6).toString()).toContain('%%EOF');
  });

  it('cannot take the store away from it', async () => {
    const second = await run('serve', '--port', '0');
    expect(second).toMatchObject({ exit: 1, err: expect.stringMatching(/^STORE_IN_USE: /) });
    const raw = recordingIo(['restore', 'x.db', '--data', directory]);
    expect(await forwardTo(directory, raw)).toBe(1);
    expect(raw.said.err).toMatch(/^STORE_IN_USE: /);
  });

  it('are for its own user only', () => {
    expect(statSync(join(directory, 'daicho.sock')).mode & 0o777).toBe(0o600);
  });

  it('survive callers that talk nonsense or hang up', async () => {
    const path = socketOf(directory)!;
    for (const bytes of [Buffer.from('GET / HTTP/1.1\r\n\r\n'), Buffer.from([1, 0, 0, 0, 2, 123, 123])]) {
      const socket = connect(path);
      await new Promise(resolve =>
        socket
          .on('close', resolve)
          .on('error', () => {})
          .resume()
          .end(bytes),
      );
    }
    expect(await run('key', 'list')).toMatchObject({ exit: 0 });
  });

  it('open the store themselves when it was killed', async () => {
    await server.kill();
    expect(existsSync(join(directory, 'daicho.sock'))).toBe(true);
    expect(await run('account', 'show', 'A1')).toMatchObject({ exit: 0 });
    server = serve(directory);
    await server.printed(isStarted);
    expect(await run('account', 'show', 'A1')).toMatchObject({ exit: 0 });
    server.process.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(existsSync(join(directory, 'daicho.sock'))).toBe(false);
  }, 30_000);
});

describe('the socket', () => {
  it('lies in a private folder of the temporary directory when its path would be too long', async () => {
    const root = temporaryDirectory();
    const directory = join(root, 'x'.repeat(90));
    mkdirSync(directory);
    const commands = await takeCommands(directory, async io => {
      await io.out('hello');
      return 0;
    });
    const io = recordingIo([]);
    expect(await forwardTo(directory, io)).toBe(0);
    expect(Buffer.concat(io.said.out).toString()).toBe('hello');
    expect(readFileSync(join(directory, 'daicho.sock.path'), 'utf8').trim()).toBe(commands.path);
    expect(Buffer.byteLength(commands.path)).toBeLessThan(100);
    expect(statSync(dirname(commands.path)).mode & 0o777).toBe(0o700);
    await commands.close();
    expect([existsSync(commands.path), existsSync(join(directory, 'daicho.sock.path'))]).toEqual([
      false,
      false,
    ]);
    rmSync(root, { recursive: true });
  });

  it('is not there, or nobody listens: the command runs by itself', async () => {
    const directory = temporaryDirectory();
    expect(await forwardTo(directory, recordingIo([]))).toBeUndefined();
    writeFileSync(join(directory, 'daicho.sock.path'), join(directory, 'gone.sock'));
    expect(await forwardTo(directory, recordingIo([]))).toBeUndefined();
    rmSync(directory, { recursive: true });
  });

  it('never removes a folder that a strange path file names', async () => {
    const directory = temporaryDirectory();
    const precious = join(directory, 'precious');
    mkdirSync(precious);
    writeFileSync(join(directory, 'daicho.sock.path'), join(precious, 'sock'));
    await (await takeCommands(directory, async () => 0)).close();
    expect(existsSync(precious)).toBe(true);
    rmSync(directory, { recursive: true });
  });
});

describe('frames', () => {
  it('come whole however they are cut', () => {
    const bodies = fc.array(fc.tuple(fc.constantFrom(1, 2, 3, 4, 5), fc.uint8Array({ maxLength: 40 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(bodies, fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), (frames, cuts) => {
        const bytes = Buffer.concat(
          frames.map(([kind, body]) => {
            const head = Buffer.from([kind, 0, 0, 0, body.length]);
            return Buffer.concat([head, body]);
          }),
        );
        const reader = new FrameReader();
        const read: [number, number[]][] = [];
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const size = cuts[i % cuts.length]!;
          for (const { kind, body } of reader.read(bytes.subarray(at, at + size)))
            read.push([kind, [...body]]);
          at += size;
        }
        expect(read).toEqual(frames.map(([kind, body]) => [kind, [...body]]));
      }),
    );
  });

  it('are refused when they are too long', () => {
    const head = Buffer.from([FRAME.request, 0xff, 0xff, 0xff, 0xff]);
    expect(() => [...new FrameReader().read(head)]).toThrow(`is too long`);
    expect(MAX_BODY).toBeLessThan(0xffffffff);
  });
});
