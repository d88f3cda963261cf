import { openBuses } from '#nest';
import type { Product } from '#runtime';
import type { OpenStore } from './host.js';

/** Puts the buses over an open product; `release` takes them down and closes it. */
export async function storeOver(product: Product): Promise<OpenStore> {
  const buses = await openBuses(product);
  return {
    product,
    buses,
    async release() {
      await buses.close();
      await product.close();
    },
  };
}
