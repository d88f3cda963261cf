import { rmSync } from 'node:fs';
import { processHost } from '../../apps/cli/main.js';
import { ran } from '../../apps/cli/spec-support.fixture.js';
import { FakeCluster } from '../support/eventstoredb/fake-cluster.js';
import { eventsIn, type KeptBooks, keptBooks } from '../support/kept-books.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

describe('daicho migrate-store', () => {
  const directories: string[] = [];
  const directory = (): string => {
    const made = temporaryDirectory();
    directories.push(made);
    return made;
  };
  let source: KeptBooks;
  let cluster: FakeCluster;
  beforeAll(async () => {
    source = await keptBooks();
    directories.push(source.directory);
    cluster = await FakeCluster.start();
  });
  afterAll(() => {
    cluster.stop();
    for (const one of directories) rmSync(one, { recursive: true, force: true });
  });
  const daicho = (line: string) => ran(['migrate-store', ...line.split(' '), '--json'], processHost);

  it('copies up and back, and says what it proved', async () => {
    const [url, back] = [cluster.url(), directory()];
    const headHash = source.events.at(-1)!.hash;
    const proved = { events: source.events.length, headHash, ok: true, problems: [], findings: [] };
    const up = await daicho(`--to ${url} --namespace moved. --data ${source.directory}`);
    expect([up.exit, up.err]).toEqual([0, '']);
    expect(JSON.parse(up.out)).toMatchObject({ direction: 'to', copied: proved.events, ...proved });
    const down = await daicho(`--from ${url} --namespace moved. --data ${back}`);
    expect([down.exit, down.err]).toEqual([0, '']);
    expect(JSON.parse(down.out)).toMatchObject({ direction: 'from', directory: back, ...proved });
    expect(await eventsIn(back)).toEqual(source.events);
  });

  it.each([
    ['--to {url} --data nowhere', 1, /^NO_STORE: there is no store in /],
    ['--from {url} --namespace empty. --data {new}', 1, /^SOURCE_EMPTY: /],
    ['--from https://user:secret@cluster --data {new}', 2, /^INVALID_INPUT: /],
    ['--to --data {source}', 2, /^USAGE: a URL is required, or DAICHO_EVENTSTORE_URL/],
  ] as const)('%s ends with %i', async (line, exit, err) => {
    const filled = line
      .replace('{url}', cluster.url())
      .replace('{new}', directory())
      .replace('{source}', source.directory);
    const ended = await daicho(filled);
    expect(ended).toMatchObject({ exit, out: '' });
    expect(ended.err).toMatch(err);
    expect(ended.err).not.toContain('secret');
  });
});
