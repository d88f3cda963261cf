import { setTimeout as sleep } from 'node:timers/promises';

describe('a limit of time', () => {
  it('is stretched for a test that the machine keeps waiting', async () => {
    await sleep(400);
    expect.assertions(0);
  }, 100);
});
