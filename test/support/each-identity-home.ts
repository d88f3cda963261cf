import { type IdentityHome, identityHome } from './identity-home.js';

export * from './identity-home.js';

/** The home of the test that runs. */
export let home: IdentityHome;
beforeEach(async () => {
  home = await identityHome();
});
afterEach(() => home.end());

/** Closes it and opens it again. */
export async function restart(): Promise<void> {
  home = await home.restarted();
}
