import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Product } from '#runtime';
import type { CommandObserver } from '../handlers.js';

/**
 * What Prometheus is told: routes by their templates, commands by their names. Never an account, a number or
 * an
 * amount, so that the address needs no key.
 */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'daicho_http_request_duration_seconds',
    help: 'HTTP requests by method, route template and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    registers: [this.registry],
  });
  private readonly commands = new Counter({
    name: 'daicho_commands_total',
    help: 'Commands by use case and outcome: done, replayed, nothing, rejected, failed',
    labelNames: ['command', 'outcome'],
    registers: [this.registry],
  });

  constructor(product: Pick<Product, 'health'>) {
    collectDefaultMetrics({ register: this.registry });
    // Both are read when Prometheus asks, so they cost nothing between.
    new Gauge({
      name: 'daicho_head_position',
      help: 'Position of the last stored event',
      registers: [this.registry],
      async collect() {
        this.set((await product.health()).head);
      },
    });
    new Gauge({
      name: 'daicho_store_writable',
      help: '1 when the store takes writes',
      registers: [this.registry],
      async collect() {
        this.set((await product.health()).writable ? 1 : 0);
      },
    });
  }

  readonly observeCommand: CommandObserver = (command, outcome) => this.commands.inc({ command, outcome });

  observeRequest(method: string, route: string, status: number, milliseconds: number): void {
    this.requests.observe({ method, route, status: String(status) }, milliseconds / 1000);
  }
}
