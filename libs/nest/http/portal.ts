import { existsSync, globSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { NextFunction, Request, Response } from 'express';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
};
/** Best first; the build leaves these beside each file that gains by it. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;
/** The name of a built file holds a hash of what is in it: it never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';
/** Addresses of the server itself, where no page of the portal is. */
const SERVER = /^\/(api|health|metrics|assets)(\/|$)/;

interface BuiltFile {
  readonly type: string;
  readonly cache: string;
  /** By content encoding; `identity` is always there. */
  readonly bodies: ReadonlyMap<string, Buffer>;
}

/** Where the build puts the portal, seen from the built server and from its sources. */
export function builtPortal(): string | undefined {
  const root = join(import.meta.dirname, '..', '..', '..');
  return [join(root, 'portal'), join(root, 'dist', 'portal')].find(folder =>
    existsSync(join(folder, 'index.html')),
  );
}

/** All files of the portal, by address: they are few, and what is not among them cannot be asked for. */
function filesIn(folder: string): ReadonlyMap<string, BuiltFile> {
  const names = globSync('**/*', { cwd: folder }).map(name => name.replaceAll('\\', '/'));
  const known = names.filter(name => extname(name) in TYPES);
  return new Map(
    known.map(name => {
      const packed = ENCODINGS.filter(([, ending]) => names.includes(name + ending));
      const bodies = new Map([
        ...packed.map(([encoding, ending]) => [encoding, readFileSync(join(folder, name + ending))] as const),
        ['identity', readFileSync(join(folder, name))] as const,
      ]);
      const cache = name.startsWith('assets/') ? FOR_EVER : ASK_AGAIN;
      return [`/${name}`, { type: TYPES[extname(name)]!, cache, bodies }];
    }),
  );
}

function send(request: Request, response: Response, file: BuiltFile): void {
  const accepted = request.acceptsEncodings([...file.bodies.keys()]) || 'identity';
  response.setHeader('Content-Type', file.type);
  response.setHeader('Cache-Control', file.cache);
  response.setHeader('Vary', 'Accept-Encoding');
  if (accepted !== 'identity') response.setHeader('Content-Encoding', accepted);
  response.end(request.method === 'HEAD' ? undefined : file.bodies.get(accepted));
}

const isRead = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';

/**
 * Only what asks for a page gets one, a mistyped script its 404; at the address of the portal whoever takes
 * anything does. An account's id may have dots.
 */
const isPage = ({ path, headers: { accept = '*/*' } }: Request): boolean =>
  (path === '/' && accept.includes('*/*')) ||
  (!SERVER.test(path) && !(extname(path) in TYPES) && accept.includes('text/html'));

/**
 * Serves the built portal: its files, and its one page for every address that a browser opens and that is
 * none of the server's own. Everything else goes on to the routes.
 * @param folder that the build made, with `index.html` and `assets/`
 */
export function servePortal(folder: string) {
  const files = filesIn(folder);
  const page = files.get('/index.html');
  if (!page) throw new Error(`no index.html in ${folder}`);
  return (request: Request, response: Response, next: NextFunction): void => {
    const file = isRead(request)
      ? (files.get(request.path) ?? (isPage(request) ? page : undefined))
      : undefined;
    if (file) send(request, response, file);
    else next();
  };
}
