// A server of a spec's own, with an empty site: one that is killed, stopped and started again while nobody else uses it.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import initSqlJs from 'sql.js';
import { bin } from './playwright.config';

export class OwnServer {
  private child?: ChildProcess;

  private constructor(
    readonly port: number,
    readonly data: string,
  ) {}

  /** Runs one for as long as the work takes, and leaves nothing behind. */
  static async during(work: (server: OwnServer) => Promise<void>) {
    const server = new OwnServer(await freePort(), mkdtempSync(join(tmpdir(), 'fuxian-own-')));
    await server.start();
    try {
      await work(server);
    } finally {
      await server.kill();
      rmSync(server.data, { recursive: true, force: true });
    }
  }

  get origin() {
    return `http://127.0.0.1:${this.port}`;
  }

  async start() {
    const site = process.env.FUXIAN_SITE ?? join(process.env.CARGO_TARGET_DIR ?? '../target', 'site-debug');
    this.child = spawn(bin, ['serve', '--addr', `127.0.0.1:${this.port}`, '--data', this.data, '--empty'], {
      env: { ...process.env, LEPTOS_SITE_ROOT: site },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise<void>((resolve) => this.child?.stdout?.once('data', () => resolve()));
    this.child.stdout?.resume();
  }

  /** As when the power fails. */
  kill = () => this.end('SIGKILL');

  /** As an operator does it. */
  stop = () => this.end('SIGTERM');

  /** Changes what the stopped server keeps, behind its back: a week goes by in a moment. */
  async edit(sql: string) {
    const SQL = await initSqlJs();
    const file = join(this.data, 'fuxian.db');
    const db = new SQL.Database(readFileSync(file));
    // The database has a write-ahead log, which only one with the file for itself opens without shared memory.
    db.run('PRAGMA locking_mode = EXCLUSIVE');
    db.run(sql);
    const changed = db.getRowsModified();
    writeFileSync(file, db.export());
    db.close();
    return changed;
  }

  private async end(signal: NodeJS.Signals) {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await gone;
  }
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
