import { progressBar, withProgress } from './progress.js';
import { recordingIo } from './spec-support.fixture.js';

const onTerminal = () => recordingIo([], { terminal: { out: false, err: true, columns: 80 } });

describe('the progress bar', () => {
  it('stands on the terminal of the caller and is taken off at the end', async () => {
    const io = onTerminal();
    const bar = progressBar(io);
    bar.report(0, 200, 'charging');
    bar.report(200, 200, 'charging');
    bar.end();
    await new Promise(setImmediate);
    expect(io.said.err).toContain('charging [');
    expect(io.said.err).toContain('100% | 200/200');
    expect(io.said.out).toEqual([]);
  });

  it('is silent where stderr is no terminal', () => {
    const io = recordingIo([]);
    const bar = progressBar(io);
    bar.report(1, 2, 'charging');
    bar.end();
    expect(io.said.err).toBe('');
  });

  it('is taken off when the work fails', async () => {
    const io = onTerminal();
    const work = withProgress(io, async report => {
      report(1, 2, 'charging');
      throw new Error('disk');
    });
    await expect(work).rejects.toThrow('disk');
    await new Promise(setImmediate);
    // Cursor shown again: what cli-progress writes when it stops.
    expect(io.said.err).toContain('\u001b[?25h');
  });
});
