// A Word file that is dropped on the text becomes text there.
import type { Page } from '@playwright/test';
import { expect, stored, test } from '../../desk';
import { png } from '../../pictures';
import { zip } from '../../zip';

const SPACES = ['w="wordprocessingml/2006/main', 'a="drawingml/2006/main', 'wp="drawingml/2006/wordprocessingDrawing', 'r="officeDocument/2006/relationships']
  .map((space) => `xmlns:${space.replace('"', '"http://schemas.openxmlformats.org/')}"`)
  .join(' ');

/** A notice with a title, a list of one picture and a comment. */
function notice(): Buffer {
  const relation = (id: string, of: string, target: string) =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${of}" Target="${target}"/>`;
  const relations = (...all: string[]) => `<Relationships>${all.join('')}</Relationships>`;
  const words = (text: string, before = '') => `<w:p>${before}<w:r><w:t>${text}</w:t></w:r></w:p>`;
  const body = [
    words('关于开展劳动竞赛的通知', '<w:pPr><w:pStyle w:val="Title"/></w:pPr>'),
    words('各区县总工会：'),
    '<w:p><w:r><w:drawing><wp:inline><wp:docPr descr="抚仙湖"/><a:blip r:embed="p"/></wp:inline></w:drawing></w:r></w:p>',
    '<w:p><w:r><w:t>请认真组织。</w:t><w:commentReference/></w:r></w:p>',
  ];
  const files = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relations(relation('d', 'officeDocument', 'word/document.xml')),
    'word/document.xml': `<?xml version="1.0"?><w:document ${SPACES}><w:body>${body.join('')}</w:body></w:document>`,
    'word/_rels/document.xml.rels': relations(relation('p', 'image', 'media/one.png'), relation('s', 'styles', 'styles.xml')),
    'word/styles.xml': `<w:styles ${SPACES}><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style></w:styles>`,
  };
  return zip({ ...Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])), 'word/media/one.png': png(40, 30) });
}

/** Drops a file on the text, as a hand does. */
async function drop(page: Page, name: string, bytes: Buffer) {
  await page.locator('.ProseMirror').evaluate(
    (text, [name, base64]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
      const { left, top } = text.getBoundingClientRect();
      text.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data, clientX: left + 20, clientY: top + 10 }));
    },
    [name, bytes.toString('base64')] as const,
  );
}

test('a Word file that is dropped is text, names the article, and can be taken back', async ({ desk, page, context, article }) => {
  await drop(page, '通知.docx', notice());
  await expect(desk.text.locator('p', { hasText: '各区县总工会：' })).toBeVisible();
  await expect(desk.text.locator('figure img')).toBeVisible();
  await expect(desk.title).toHaveValue('关于开展劳动竞赛的通知');
  await expect(page.getByText('“通知.docx”已读成正文。没有照原样带过来的：批注 1。')).toBeVisible();
  await expect(desk.text.locator('.ed-uploading')).toHaveCount(0);
  await desk.saved();
  const kept = await stored(context, article);
  expect(kept).toMatch(/^关于开展劳动竞赛的通知\n/);
  expect(kept).toContain('"alt":"抚仙湖"');
  expect(kept).not.toMatch(/"content":\[\{"type":"paragraph","attrs":\{"id":"[^"]*"\}\},\{"type":"paragraph"/);
  await desk.text.focus();
  await page.keyboard.press('Control+z');
  await expect(desk.text.locator('p', { hasText: '各区县总工会：' })).toHaveCount(0);
});

test('what was written already stays, and the title as well', async ({ desk, page }) => {
  await desk.title.fill('已有的标题');
  await desk.text.click();
  await page.keyboard.type('已有的正文。');
  await drop(page, '通知.docx', notice());
  await expect(desk.text.locator('p', { hasText: '各区县总工会：' })).toBeVisible();
  await expect(desk.text).toContainText('已有的正文。');
  await expect(desk.title).toHaveValue('已有的标题');
});

test('an old or broken Word file is refused with the way out, and the text stays', async ({ desk, page, faults }) => {
  faults.expectStatus(415, 422);
  await desk.text.click();
  await page.keyboard.type('已有的正文。');
  await drop(page, '旧.docx', Buffer.from('d0cf11e0a1b11ae1', 'hex'));
  await expect(page.getByText('另存为不带密码的 .docx')).toBeVisible();
  await drop(page, '坏.docx', Buffer.from('PK\x03\x04broken', 'latin1'));
  await expect(page.getByText('这个 Word 文件已经损坏')).toBeVisible();
  await expect(desk.text.locator('.ed-uploading')).toHaveCount(0);
  await expect(desk.text).toHaveText('已有的正文。');
});
