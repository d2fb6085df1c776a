// What others wrote comes in by every door with a script in every place that can hold one, and readers get none of it:
// looked at in the browser, which is the only one that knows what it takes for a script.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures';
import { OwnServer } from '../../own-server';
import { bin } from '../../playwright.config';

const corpus = join(import.meta.dirname, '../../../../shared/corpus/xss/rsnake.json');

/** A line of Chinese around a payload, so that a page has a text by which it is told from a list. */
const AROUND = '为深入贯彻落实上级工会的部署，全市各级工会认真组织开展劳动竞赛，团结带领广大职工建功立业，取得了明显成效。'.repeat(3);

/** The same payload as each importer would meet it. */
function write(folder: string, payloads: string[]) {
  const lines = payloads.map((payload, n) =>
    JSON.stringify({ section: 'yaowen', title: `行${n} ${plain(payload)}`.slice(0, 190), author: plain(payload).slice(0, 40), body_html: `<p>${AROUND}</p>${payload}`, url: `x:${n}` }),
  );
  writeFileSync(join(folder, 'lines.jsonl'), lines.join('\n'));
  mkdirSync(join(folder, 'pages'));
  mkdirSync(join(folder, 'markdown'));
  payloads.forEach((payload, n) => {
    const page = `<html><head><meta charset="utf-8"><title>页${n}</title></head><body><h1>第${n}页的标题是这一行</h1><p>2012-07-31 10:28:49 来源：云南日报</p><div class="content"><p>${AROUND}</p>${payload}<p>${AROUND}</p></div></body></html>`;
    writeFileSync(join(folder, 'pages', `${n}.html`), page);
    writeFileSync(join(folder, 'markdown', `${n}.md`), `---\ntitle: 文${n}\n---\n\n${AROUND}\n\n${payload}\n\n[词](${plain(payload)})\n`);
  });
  const items = payloads.map((payload, n) => {
    const held = `<p>${AROUND}</p>${payload}`.replaceAll(']]>', ']]]]><![CDATA[>');
    return `<item><title><![CDATA[博${n} ${plain(payload)}]]></title><link>http://old.example/?p=${n + 1}</link><content:encoded><![CDATA[${held}]]></content:encoded><wp:post_id>${n + 1}</wp:post_id><wp:post_date>2012-07-31 10:28:49</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>`;
  });
  const spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"';
  const head = '<wp:wxr_version>1.2</wp:wxr_version><link>http://old.example</link>';
  writeFileSync(join(folder, 'blog.xml'), `<?xml version="1.0"?><rss ${spaces}><channel>${head}${items.join('')}</channel></rss>`);
}

/** Without what no field of one line can hold. */
// eslint-disable-next-line no-control-regex
const plain = (text: string) => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');

/** Everything in the page that could act: nothing is searched for in strings. */
const live = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const addresses = ['href', 'src', 'action', 'formaction', 'data', 'poster', 'background', 'xlink:href'];
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on')) found.push(`${element.tagName} ${name}=${value}`);
        // A browser's own view of the address: spaces, tabs and cases are its business.
        if (addresses.includes(name) && URL.canParse(value, document.baseURI) && /^(javascript|vbscript|data):/i.test(new URL(value, document.baseURI).href) && element.getAttribute('rel') !== 'icon') {
          found.push(`${element.tagName} ${name}=${value}`);
        }
      }
    }
    const main = document.querySelector('main');
    for (const element of main?.querySelectorAll('script, style, iframe, frame, object, embed, applet, base, form, svg, math, link, meta, [style]') ?? []) {
      found.push(element.outerHTML.slice(0, 200));
    }
    return found;
  });

test('no payload of a known set is live in a page, by whichever door it came', async ({ page, faults }, { project }) => {
  test.skip(project.name !== 'desktop', 'a script is one at every width');
  test.skip(!existsSync(corpus), 'the set of payloads is not on this machine');
  test.setTimeout(600_000);
  const payloads = (JSON.parse(readFileSync(corpus, 'utf8')) as { payload: string }[]).map(({ payload }) => payload);
  await OwnServer.during(async (server) => {
    const folder = join(server.data, 'hostile');
    mkdirSync(folder);
    write(folder, payloads);
    const bring = (...what: string[]) => execFileSync(bin, ['import', ...what, '--publish', '--data', server.data], { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
    bring(join(folder, 'lines.jsonl'));
    bring('site', join(folder, 'pages'));
    bring(join(folder, 'blog.xml'), '--section', 'yaowen');
    bring(...payloads.map((_, n) => join(folder, 'markdown', `${n}.md`)), '--section', 'yaowen');
    const map = await (await fetch(`${server.origin}/sitemap.xml`)).text();
    const articles = [...map.matchAll(/<loc>[^<]*?(\/[a-z]+\/\d+)<\/loc>/g)].map(([, path]) => path ?? '');
    expect(articles.length).toBeGreaterThan(payloads.length * 3);

    // What looks for it finds it.
    await page.setContent('<main><a href="java&#9;script:x()" onclick="x()">a</a><iframe></iframe></main>');
    expect(await live(page)).toHaveLength(3);
    const strange: string[] = [];
    page.on('dialog', (dialog) => {
      strange.push(`a dialog at ${page.url()}: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (new URL(request.url()).protocol.startsWith('http') && !request.url().startsWith(`${server.origin}/`)) strange.push(`${request.url()} from ${page.url()}`);
    });
    for (const address of articles) {
      await page.goto(server.origin + address);
      strange.push(...(await live(page)).map((what) => `${address}: ${what}`));
    }
    await page.goto('about:blank');
    expect(strange).toEqual([]);
  });
  // A payload that tries to run is refused by the page's policy, which the console would tell: it never came so far.
  expect(faults.unexpected()).toEqual([]);
});
