import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Product } from '#runtime';
import { PRODUCT } from '../../handlers.js';
import { Metrics } from '../metrics.js';
import { PAGE_HTML, PAGE_ICON } from '../page/page.html.js';
import { PAGE_SCRIPT } from '../page/page.script.js';
import { PAGE_STYLE } from '../page/page.style.js';
import { Problem } from '../problem.js';

/** Health and metrics for the people who run it, and the first page; none of them needs a key. */
@ApiExcludeController()
@Controller()
export class OperationsController {
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
  async ready(): Promise<{ status: 'ready'; head: number }> {
    const { writable, reason, head } = await this.product.health();
    if (!writable)
      throw new Problem(503, reason ?? 'UNAVAILABLE', 'the store takes no writes', { retryAfterS: 5 });
    return { status: 'ready', head };
  }

  @Get('/metrics')
  async metrics(@Res({ passthrough: true }) response: Response): Promise<string> {
    response.setHeader('Content-Type', this.numbers.registry.contentType);
    return await this.numbers.registry.metrics();
  }

  @Get('/')
  @Header('Content-Type', 'text/html; charset=utf-8')
  page(): string {
    return PAGE_HTML;
  }

  @Get('/favicon.svg')
  @Header('Content-Type', 'image/svg+xml')
  icon(): string {
    return PAGE_ICON;
  }

  @Get('/page.css')
  @Header('Content-Type', 'text/css; charset=utf-8')
  style(): string {
    return PAGE_STYLE;
  }

  @Get('/page.js')
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  script(): string {
    return PAGE_SCRIPT;
  }
}
