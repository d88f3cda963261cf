import { filledIn, mayShow, type PageSpec, pagesAbove } from './pages.js';

const page = (path: string, more: Partial<PageSpec> = {}): PageSpec => ({
  path,
  faces: ['staff'],
  name: () => path,
  load: async () => ({ default: () => null }),
  ...more,
});

describe('who sees a page', () => {
  it('is decided by the face, and among staff by the role', () => {
    const billing = page('/imports', { faces: ['staff', 'auditor'], roles: ['billing', 'admin'] });
    expect(mayShow(billing, 'staff', 'billing')).toBe(true);
    expect(mayShow(billing, 'staff', 'support')).toBe(false);
    expect(mayShow(billing, 'auditor', 'auditor')).toBe(true);
    expect(mayShow(billing, 'account', 'customer')).toBe(false);
    expect(mayShow(page('/'), 'staff', 'support')).toBe(true);
  });
});

describe('the way to a page', () => {
  it('leads through the pages whose address is its beginning, from the top down', () => {
    const all = ['/', '/accounts/$account', '/accounts', '/accounts/$account/lots', '/acc'].map(path =>
      page(path),
    );
    expect(pagesAbove('/accounts/$account/lots', all).map(one => one.path)).toEqual([
      '/accounts',
      '/accounts/$account',
    ]);
  });

  it('has its names filled in, encoded', () =>
    expect(filledIn('/accounts/$account/lots/$lot', { account: 'A/1', lot: 'x' })).toBe(
      '/accounts/A%2F1/lots/x',
    ));
});
