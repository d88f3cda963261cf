import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#kernel';
import type { Product } from '#runtime';
import { PRODUCT } from '../use-cases/tokens.js';

/** The time of the product: what its commands are decided at. */
@Injectable()
export class Now {
  constructor(@Inject(PRODUCT) private readonly product: Product) {}

  now(): Instant {
    return this.product.now();
  }
}
