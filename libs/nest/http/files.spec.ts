import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fakeProduct, serving, TOKENS } from '../../../test/support/http-server.js';
import { temporaryDirectory } from '../../../test/support/temporary-directory.js';
import { safeFileName } from './files.js';

const tmpOf = (directory: string): string[] =>
  existsSync(join(directory, 'tmp')) ? readdirSync(join(directory, 'tmp')) : [];

describe('uploads', () => {
  it.each([
    ['calls-2026-10.csv', 'calls-2026-10.csv'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\calls\\通話.csv', '通話.csv'],
    ['..', 'upload'],
    ['.hidden', 'hidden'],
    ['a b;rm -rf\n.csv', 'a_b_rm_-rf_.csv'],
    ['', 'upload'],
  ])('gives the file %j the name %j', (sent, kept) => {
    expect(safeFileName(sent)).toBe(kept);
  });

  it('removes what an earlier server left, and nothing else', async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'tmp', 'upload-old'), { recursive: true });
    mkdirSync(join(directory, 'tmp', 'replay-running'));
    writeFileSync(join(directory, 'tmp', 'upload-old', 'cdr.csv'), 'x');
    const server = await serving(fakeProduct().product, directory);
    expect(tmpOf(directory)).toEqual(['replay-running']);
    await server.close();
  });

  it('imports nothing and keeps nothing of a body that breaks off', async () => {
    const { product, asked } = fakeProduct();
    const server = await serving(product);
    const sending = request(`${server.url}/api/v1/cdr-imports`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${TOKENS.job}`, 'Content-Length': '1000' },
    });
    sending.on('error', () => {});
    sending.write('call_id,account\n');
    while (tmpOf(server.directory).length === 0) await wait(5);
    sending.destroy();
    while (tmpOf(server.directory).length > 0) await wait(5);
    expect(asked).toEqual([]);
    expect(server.log.join('')).not.toContain('INTERNAL_ERROR');
    await server.close();
  });

  it('cuts the connection when an export breaks off, so that nobody takes it for a whole one', async () => {
    async function* pieces(): AsyncGenerator<string> {
      yield 'first\n';
      await wait(20);
      throw new Error('disk');
    }
    const server = await serving(fakeProduct({ 'audit.export': pieces }).product);
    await expect(server.send('GET', '/api/v1/audit/export', { token: TOKENS.auditor })).rejects.toThrow();
    await server.close();
  });
});
