// The server process is killed while somebody writes, and started again.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin } from '../../playwright.config';
import { addAccount, beginArticle, Desk, expect, signIn, stored } from '../../desk';
import { test } from '../../fixtures';

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

class Server {
  private child?: ChildProcess;
  constructor(
    readonly port: number,
    readonly data: string,
    private readonly site: string,
  ) {}

  get origin() {
    return `http://127.0.0.1:${this.port}`;
  }

  async start() {
    this.child = spawn(bin, ['serve', '--addr', `127.0.0.1:${this.port}`, '--data', this.data, '--empty'], {
      env: { ...process.env, LEPTOS_SITE_ROOT: this.site },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise<void>((resolve) => this.child?.stdout?.once('data', () => resolve()));
    this.child.stdout?.resume();
  }

  async kill() {
    const gone = new Promise<void>((resolve) => this.child?.once('exit', () => resolve()));
    this.child?.kill('SIGKILL');
    await gone;
  }
}

test('the server is killed mid-typing and nothing is lost', async ({ context, page, faults }) => {
  faults.expectMessage(/Failed to (load resource|fetch)|ERR_/);
  const data = mkdtempSync(join(tmpdir(), 'fuxian-kill-'));
  const site = process.env.FUXIAN_SITE ?? join(process.env.CARGO_TARGET_DIR ?? '../target', 'site-debug');
  const server = new Server(await freePort(), data, site);
  await server.start();
  try {
    const account = addAccount('administrator', data);
    await signIn(context, account, server.origin);
    const article = await beginArticle(context, server.origin);
    const desk = new Desk(page);
    await desk.open(article, server.origin);
    await desk.text.click();
    await page.keyboard.type('服务器活着时写的。');
    await desk.saved();
    await page.keyboard.type('服务器就要被杀掉，');
    await server.kill();
    await page.keyboard.type('杀掉以后还在写。');
    await expect(desk.status).toHaveAttribute('data-status', 'offline', { timeout: 15_000 });
    await server.start();
    await desk.saved();
    const text = await stored(context, article, server.origin);
    expect(text).toContain('服务器活着时写的。服务器就要被杀掉，杀掉以后还在写。');
  } finally {
    await server.kill();
    rmSync(data, { recursive: true, force: true });
  }
});
