import { TestEnvironment } from 'jest-environment-node';

/** How many times longer than it says a test or a hook may take: a machine that does other work is slow. */
const PATIENCE = 10;

/**
 * The environment of all tests. A limit of time ends what hangs and judges nothing else: the suite passes
 * beside programs that use every core. Tests that judge a time compare it with another one of the same run.
 */
export default class PatientEnvironment extends TestEnvironment {
  /** A hook that runs before each test starts many times, and is made patient once. */
  patient = new WeakSet();

  handleTestEvent(event, state) {
    const limited =
      event.name === 'hook_start' ? event.hook : event.name === 'test_fn_start' ? event.test : null;
    if (!limited || this.patient.has(limited)) return;
    this.patient.add(limited);
    limited.timeout = (limited.timeout ?? state.testTimeout) * PATIENCE;
  }
}
