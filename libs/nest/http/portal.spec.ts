import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { servePortal } from './portal.js';

const PAGE = '<!doctype html><title>portal</title>';
const SCRIPT = 'export const answer = 42;';

describe('the portal on the wire', () => {
  const folder = mkdtempSync(join(tmpdir(), 'daicho-portal-'));
  let url = '';
  let stop: () => void;

  beforeAll(async () => {
    mkdirSync(join(folder, 'assets'));
    mkdirSync(join(folder, '.vite'));
    writeFileSync(join(folder, 'index.html'), PAGE);
    writeFileSync(join(folder, 'assets', 'main-abc.js'), SCRIPT);
    writeFileSync(join(folder, 'assets', 'main-abc.js.gz'), gzipSync(SCRIPT));
    writeFileSync(join(folder, '.vite', 'manifest.json'), '{}');
    const app = express();
    app.use(servePortal(folder));
    app.use((_request, response) => void response.status(404).send('none'));
    const server = app.listen(0, '127.0.0.1');
    stop = () => server.close();
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    stop();
    rmSync(folder, { recursive: true });
  });

  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(url + path, { method, headers });
  const browser = { Accept: 'text/html,application/xhtml+xml' };

  it.each(['/', '/calls', '/accounts/D-1001', '/accounts/branch.2'])(
    'gives a browser its one page at %s',
    async path => {
      const answer = await get(path, browser);
      expect([answer.status, await answer.text()]).toEqual([200, PAGE]);
      expect(answer.headers.get('Cache-Control')).toBe('no-cache');
    },
  );

  it.each([
    '/api',
    '/api/v1/nothing',
    '/health/live',
    '/metrics',
    '/assets/gone.js',
    '/.vite/manifest.json',
    '/assets/../../package.json',
    '/%2e%2e/package.json',
  ])('leaves %s to the server', async path => {
    expect((await get(path, browser)).status).toBe(404);
  });

  it('gives its page to a program that takes anything, at its own address', async () => {
    const answer = await get('/', { Accept: '*/*' });
    expect([answer.status, await answer.text()]).toEqual([200, PAGE]);
    expect((await get('/calls', { Accept: '*/*' })).status).toBe(404);
  });

  it('gives its page to nothing but a browser that reads one', async () => {
    expect((await get('/calls', { Accept: 'application/json' })).status).toBe(404);
    expect((await get('/', { Accept: 'application/json' })).status).toBe(404);
    expect((await get('/calls', browser, 'POST')).status).toBe(404);
  });

  it('lets files with a hash in their name be kept for ever, compressed if that is understood', async () => {
    const packed = await get('/assets/main-abc.js', { 'Accept-Encoding': 'gzip' });
    expect(packed.headers.get('Content-Encoding')).toBe('gzip');
    expect(packed.headers.get('Cache-Control')).toContain('immutable');
    expect(packed.headers.get('Vary')).toBe('Accept-Encoding');
    expect(await packed.text()).toBe(SCRIPT);
    const plain = await get('/assets/main-abc.js', { 'Accept-Encoding': 'identity' });
    expect([plain.headers.get('Content-Encoding'), await plain.text()]).toEqual([null, SCRIPT]);
  });

  it('answers HEAD without a body', async () => {
    const answer = await get('/assets/main-abc.js', {}, 'HEAD');
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  it('refuses a folder that holds no portal', () =>
    expect(() => servePortal(join(folder, 'assets'))).toThrow('no index.html'));
});
