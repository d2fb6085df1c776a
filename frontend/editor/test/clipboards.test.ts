// Clipboards of Word and Google Docs as they were recorded: no word is lost, no dress is kept, and what is a list, a
// heading or a table there is one here.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import './desk';

const { clean, lightened } = await import('../src/paste/clean');

interface Clipboard {
  case: string;
  variant: string;
  input: string;
  normalized?: string;
  model: string;
}

/** What differs from the expected form, and why. */
const ON_PURPOSE: Record<string, string> = {
  'list/heading1': 'differs on purpose: a numbered heading stays a heading and its number is text, where an entry of a list would be no heading',
};

const folder = join(process.cwd(), '../../../shared/corpus/paste');
const file = join(folder, 'word-gdocs.jsonl');
const found = existsSync(file);
const clipboards = found ? readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Clipboard) : [];

const parsed = (html: string) => new DOMParser().parseFromString(html, 'text/html').body;
const bare = (text: string | null) => (text ?? '').replace(/[\s\u00a0]/g, '');
/** Words of the recorded model, whose elements are no HTML. */
const words = (model: string) => parsed(model.replace(/<[^>]*>/g, '')).textContent;
/** Levels of the entries of lists in their order. */
const levels = (body: Element) => [...body.querySelectorAll('li')].map((item) => ancestors(item).filter((tag) => /^[OU]L$/.test(tag)).length - 1);
const ancestors = (element: Element): string[] => (element.parentElement ? [element.parentElement.tagName, ...ancestors(element.parentElement)] : []);

/** The words that are marked in the model and in ours. */
const MARKS: [string, string][] = [['bold="true"', 'b,strong'], ['italic="true"', 'i,em'], ['underline="true"', 'u'], ['strikethrough="true"', 's']];
const marked = (model: string, sign: string) => [...model.matchAll(/<\$text ([^>]*)>([^<]*)</g)].filter(([, attrs]) => attrs?.includes(sign)).map(([, , text]) => bare(text ?? '')).join('');

test('every recorded clipboard is read', (context) => {
  if (!found) return context.skip('the recorded clipboards are not on this machine');
  assert.equal(clipboards.length, 19);
});

for (const clipboard of clipboards) {
  const known = ON_PURPOSE[clipboard.case];
  test(`${clipboard.case} ${clipboard.variant} ${known ?? 'is taken in as expected'}`, () => {
    const { html } = clean(lightened(clipboard.input).html);
    const body = parsed(html);
    assert.doesNotMatch(html, /mso-|Mso|<o:p|class=|<span|<font|style="(?!text-align:)/);
    if (known) {
      assert.deepEqual([...body.children].map((child) => `${child.tagName} ${child.textContent}`), ['H2 1. H1 1', 'H2 2. H1 2']);
      return;
    }
    const expected = clipboard.normalized ? parsed(clipboard.normalized).textContent : words(clipboard.model);
    assert.equal(bare(body.textContent), bare(expected));
    const count = (name: string) => [...clipboard.model.matchAll(new RegExp(`<${name}\\b`, 'g'))].length;
    assert.equal(body.querySelectorAll('table').length, count('table'));
    assert.equal(body.querySelectorAll('tr').length, count('tableRow'));
    assert.equal(body.querySelectorAll('td,th').length, count('tableCell'));
    assert.equal(body.querySelectorAll('h2,h3,h4').length, count('heading\\d'));
    assert.ok(body.querySelectorAll('img').length >= count('image'));
    assert.deepEqual(levels(body), [...clipboard.model.matchAll(/listIndent="(\d)"/g)].map(([, level]) => Number(level)));
    for (const [sign, tags] of MARKS) {
      assert.equal(bare([...body.querySelectorAll(tags)].map((element) => element.textContent).join('')), marked(clipboard.model, sign), tags);
    }
    const links = [...clipboard.model.matchAll(/linkHref="([^"]*)"/g)].map(([, href]) => href);
    assert.deepEqual(new Set([...body.querySelectorAll('a')].map((link) => link.getAttribute('href'))), new Set(links));
  });
}

test('a statute of Word loses no word and keeps no dress', (context) => {
  const statute = join(folder, 'trade-union-law.html');
  if (!existsSync(statute)) return context.skip('the recorded clipboards are not on this machine');
  const given = readFileSync(statute, 'utf8');
  const { html } = clean(given);
  assert.equal(bare(parsed(html).textContent), bare(parsed(given).textContent));
  assert.doesNotMatch(html, /Mso|mso-|class=|<span|style="(?!text-align: (?:center|right);")/);
  assert.ok(html.startsWith('<h2 style="text-align: center;">中华人民共和国工会法</h2>'));
  assert.ok(html.includes('<p>第二章　工会组织</p>'), 'each line of the contents is a paragraph, and the wide space that was typed is there');
  assert.doesNotMatch(html, /<p[^>]*>[\s\u3000]|[\u4e00-\u9fff] [\u4e00-\u9fff]/);
});
