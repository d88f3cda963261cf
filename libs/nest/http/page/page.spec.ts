import { Script } from 'node:vm';
import { fakeProduct, serving, type TestServer } from '../../../../test/support/http-server.js';
import { PAGE_HTML } from './page.html.js';
import { PAGE_SCRIPT } from './page.script.js';

describe('the first page', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await serving(fakeProduct().product);
  });
  afterAll(() => server.close());

  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/page.css', 'text/css; charset=utf-8'],
    ['/page.js', 'text/javascript; charset=utf-8'],
    ['/favicon.svg', 'image/svg+xml; charset=utf-8'],
  ])('serves %s to everyone, under a policy that lets nothing in from elsewhere', async (path, type) => {
    const { status, headers } = await server.send('GET', path);
    expect([status, headers.get('Content-Type')]).toEqual([200, type]);
    const policy = headers.get('Content-Security-Policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  it('keeps to that policy: no script, style or handler inside the markup', () => {
    expect(PAGE_HTML).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:|<script(?! src="\/page\.js")/);
    expect(PAGE_HTML).not.toMatch(/https?:\/\//);
  });

  it('is a script that compiles and never makes markup of text', () => {
    expect(() => new Script(PAGE_SCRIPT)).not.toThrow();
    expect(PAGE_SCRIPT).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
  });

  it('finds every element it asks for, and has a word for every place', () => {
    const ids = new Set([...PAGE_HTML.matchAll(/ id="([\w-]+)"/g)].map(([, id]) => id));
    const asked = [...PAGE_SCRIPT.matchAll(/(?:byId|fill|say)\('([\w-]+)'[,)]/g)].map(([, id]) => id);
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.filter(id => !ids.has(id))).toEqual([]);
    const words = JSON.parse(/^const WORDS = (.*);$/m.exec(PAGE_SCRIPT)![1]!) as Record<'ja' | 'en', object>;
    const used = [
      ...[...PAGE_HTML.matchAll(/data-[tp]="(\w+)"/g)].map(([, name]) => name!),
      ...[...PAGE_SCRIPT.matchAll(/\bt\('(\w+)'/g)].map(([, name]) => name!),
    ];
    expect(used.length).toBeGreaterThan(35);
    for (const language of ['ja', 'en'] as const) {
      expect(used.filter(name => !Object.hasOwn(words[language], name))).toEqual([]);
    }
    expect(Object.keys(words.en)).toEqual(Object.keys(words.ja));
  });

  it('labels every field for those who do not see it', () => {
    const ids = [...PAGE_HTML.matchAll(/<(?:input|select)[^>]* id="([\w-]+)"/g)].map(([, id]) => id!);
    expect(ids).toEqual(expect.arrayContaining(['key', 'search', 'account', 'month', 'decimals']));
    // The check box stands inside its label.
    for (const id of ids.filter(name => name !== 'decimals'))
      expect(PAGE_HTML).toContain(`<label for="${id}"`);
  });
});
