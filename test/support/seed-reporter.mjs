/** Says with which chance a run failed, so that it can be had again. */
export default class SeedReporter {
  onRunComplete(_contexts, { numFailedTests, numRuntimeErrorTestSuites }) {
    if (numFailedTests + numRuntimeErrorTestSuites === 0) return;
    console.error(`The chance of this run: DAICHO_SEED=${process.env.DAICHO_SEED}`);
  }
}
