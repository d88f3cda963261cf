import { type ClusterOfATest, startClusterOfATest } from '../support/cluster-home.js';
import { needsProgram } from '../support/needs.js';
import { SEED } from '../support/seed.js';
import { randomFrom } from '../support/small-provider.js';
import { type OpenStage, type TroubledStage, troubled } from '../support/stages.js';
import { contractSuite } from './contract-suite.js';
import { journeySuite } from './journey-suite.js';

needsProgram(
  'postgres',
  'initdb',
  'redis-server',
)('processes that are killed', () => {
  let cluster: ClusterOfATest;
  const stages: TroubledStage[] = [];
  beforeAll(async () => {
    cluster = await startClusterOfATest();
  }, 60_000);
  afterAll(() => cluster.stop());

  const open: OpenStage = async now => {
    const apps = ['worker', 'worker', 'server', 'server'] as const;
    const stage = await troubled(await cluster.home(), apps, { now, random: randomFrom(SEED) });
    stages.push(stage);
    return stage;
  };
  const name = `two servers and two workers that are killed at random (DAICHO_SEED=${SEED})`;
  journeySuite(name, open);
  contractSuite(name, open);

  // Whether a kill met a request under way is chance, and so nothing to insist on; the kills are not.
  it('has killed servers and workers while the months were played', () => {
    expect(stages.length).toBeGreaterThan(0);
    for (const { fleet } of stages) expect([...new Set(fleet.killed)].sort()).toEqual(['server', 'worker']);
  });
});
