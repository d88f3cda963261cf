import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { JobFigures, Product } from '#runtime';
import type { CommandObserver } from '../use-cases/tokens.js';

/**
 * What Prometheus is told: routes by their templates, commands and jobs by their names. Never an account, a
 * number or an amount, so that the address needs no key.
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

  constructor(product: Pick<Product, 'health' | 'jobs'>) {
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
    new Gauge({
      name: 'daicho_clock_trusted',
      help: '1 when what time alone causes may happen; 0 until a person confirms the clock',
      registers: [this.registry],
      async collect() {
        this.set((await product.health()).clockTrusted ? 1 : 0);
      },
    });
    this.observeJobs(product.jobs);
  }

  /**
   * The queue is asked once per scrape, for all of them. It may be away: then the figures are missing, and
   * `daicho_jobs_readable` says so.
   */
  private observeJobs(jobs: Pick<Product['jobs'], 'figures'>): void {
    let asking: Promise<JobFigures | null> | undefined;
    const figures = (): Promise<JobFigures | null> => {
      asking ??= jobs
        .figures()
        .catch(() => null)
        .finally(() => {
          asking = undefined;
        });
      return asking;
    };
    const told = (
      name: string,
      help: string,
      labelNames: string[],
      tell: (gauge: Gauge, found: JobFigures | null) => void,
    ): Gauge =>
      new Gauge({
        ...{ name, help, labelNames, registers: [this.registry] },
        async collect() {
          const found = await figures();
          this.reset();
          tell(this, found);
        },
      });
    told('daicho_jobs', 'Jobs by name and state', ['name', 'state'], (gauge, found) => {
      for (const { name, states } of found?.names ?? [])
        for (const [state, count] of Object.entries(states)) gauge.set({ name, state }, count);
    });
    told('daicho_job_failures', 'Failed attempts of jobs that stand, by name', ['name'], (gauge, found) => {
      for (const { name, failures } of found?.names ?? []) gauge.set({ name }, failures);
    });
    told('daicho_jobs_oldest_due_seconds', 'How late the oldest waiting job is', [], (gauge, found) =>
      gauge.set(found?.oldestDueS ?? 0),
    );
    told('daicho_jobs_readable', '1 when the queue of jobs answers', [], (gauge, found) =>
      gauge.set(found ? 1 : 0),
    );
  }

  readonly observeCommand: CommandObserver = (command, outcome) => this.commands.inc({ command, outcome });

  observeRequest(method: string, route: string, status: number, milliseconds: number): void {
    this.requests.observe({ method, route, status: String(status) }, milliseconds / 1000);
  }
}
