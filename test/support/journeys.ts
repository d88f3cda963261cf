import { rmSync } from 'node:fs';
import { openProduct } from '#nest';
import type { Clock } from '#ports';
import { type JourneyHome, journeysOn } from '#testing';
import { temporaryDirectory } from './temporary-directory.js';

/** The whole product, embedded, in a folder of its own. */
export async function embeddedHome(clock: Clock): Promise<JourneyHome> {
  const directory = temporaryDirectory();
  const product = await openProduct({ directory, clock });
  return {
    product,
    directory,
    async end() {
      await product.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export const journey = journeysOn(embeddedHome);
