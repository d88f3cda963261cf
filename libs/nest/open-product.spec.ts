import { openSqliteStore } from '#adapters/sqlite';
import { temporaryDirectory } from '../../test/support/temporary-directory.js';
import { openProduct } from './open-product.js';

describe('opening the product for questions only', () => {
  it('refuses read models of another version: it could not build them', async () => {
    const directory = temporaryDirectory();
    await (await openSqliteStore({ directory })).close();
    await expect(openProduct({ directory, readOnly: true })).rejects.toThrow('run daicho migrate');
    await (await openProduct({ directory })).close();
    await (await openProduct({ directory, readOnly: true })).close();
  });
});
