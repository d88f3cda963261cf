import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Product } from '#runtime';
import { PRODUCT } from '../../use-cases/tokens.js';
import { Metrics } from '../metrics.js';
import { Problem } from '../problem.js';
import { storeRefusal } from '../refusals.js';

/** Health and metrics for the people who run it; none of them needs a key. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    @Inject(PRODUCT) private readonly product: Product,
    private readonly numbers: Metrics,
  ) {}

  /** The process answers. */
  @Get('/health/live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** The store takes writes: send requests here. */
  @Get('/health/ready')
  async ready(): Promise<{ status: 'ready'; head: number; clock: 'trusted' | 'not trusted' }> {
    const { writable, reason, head, clockTrusted } = await this.product.health();
    // The rest of the reason is for the log: it may name files and servers.
    const code = /^[A-Z_]+(?=:|$)/.exec(reason ?? '')?.[0] ?? 'UNAVAILABLE';
    if (!writable) throw new Problem(503, code, storeRefusal, { retryAfterS: 5 });
    // What needs no calendar goes on: no reason to send requests elsewhere.
    return { status: 'ready', head, clock: clockTrusted ? 'trusted' : 'not trusted' };
  }

  @Get('/metrics')
  async metrics(@Res({ passthrough: true }) response: Response): Promise<string> {
    response.setHeader('Content-Type', this.numbers.registry.contentType);
    return await this.numbers.registry.metrics();
  }
}
