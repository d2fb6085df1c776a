// The server process is killed while somebody writes, and started again.
import { addAccount, beginArticle, Desk, expect, signIn, stored } from '../../desk';
import { test } from '../../fixtures';
import { OwnServer } from '../../own-server';

test('the server is killed mid-typing and nothing is lost', async ({ context, page, faults }) => {
  faults.expectMessage(/Failed to (load resource|fetch)|ERR_/);
  await OwnServer.during(async (server) => {
    const account = addAccount('administrator', server.data);
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
  });
});
