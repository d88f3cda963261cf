import { type ClusterOfATest, startClusterOfATest } from '../support/cluster-home.js';
import { needsProgram } from '../support/needs.js';
import { SEED } from '../support/seed.js';
import { randomFrom } from '../support/small-provider.js';
import { type TroubledStage, troubled } from '../support/stages.js';
import { journeySuite } from './journey-suite.js';

needsProgram(
  'postgres',
  'initdb',
  'redis-server',
)('processes that are killed', () => {
  let cluster: ClusterOfATest;
  let stage: TroubledStage;
  beforeAll(async () => {
    cluster = await startClusterOfATest();
  }, 60_000);
  afterAll(() => cluster.stop());

  journeySuite(`two servers and two workers that are killed at random (DAICHO_SEED=${SEED})`, async now => {
    const apps = ['worker', 'worker', 'server', 'server'] as const;
    stage = await troubled(await cluster.home(), apps, { now, random: randomFrom(SEED) });
    return stage;
  });

  // Whether a kill met a request under way is chance, and so nothing to insist on; the kills are not.
  it('has killed servers and workers while the month was played', () =>
    expect([...new Set(stage.fleet.killed)].sort()).toEqual(['server', 'worker']));
});
