/**
 * Where the chance of this run begins: a number that every test that draws draws from. It is the same in
 * every run, unless `DAICHO_SEED` says another; jest.config.js reads it.
 */
export const SEED = Number.parseInt(process.env['DAICHO_SEED']!, 10);
