// The editor's schema beside that of Rust, and trees that both sides write alike.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { getSchema } from '@tiptap/core';
import { canonical, readable } from '../src/document/canonical';
import { markNames, nodes } from '../src/document/rules';
import { tree } from '../src/document/schema';

const schema = getSchema(tree(new Map()));
const fixtures = join(process.cwd(), '../../content/tests/fixtures');
const written = (json: string) => {
  const doc = schema.nodeFromJSON(readable(json));
  doc.check();
  return canonical(doc);
};

test('the editor has the nodes and marks of the tree, and no others', () => {
  const names = Object.keys(schema.nodes).filter((name) => name !== 'doc');
  assert.deepEqual(names.sort(), Object.keys(nodes).sort());
  assert.deepEqual(Object.keys(schema.marks).sort(), [...markNames].sort());
  for (const [name, rule] of Object.entries(nodes)) {
    for (const attr of rule?.attrs ?? []) assert.ok(attr in (schema.nodes[name]?.spec.attrs ?? {}), `${name}.${attr}`);
    for (const [attr, value] of Object.entries(rule?.omitted ?? {})) assert.equal(schema.nodes[name]?.spec.attrs?.[attr]?.default, value);
  }
});

for (const name of readdirSync(join(fixtures, 'trees'))) {
  test(`${name} is written as it was read`, () => {
    const json = readFileSync(join(fixtures, 'trees', name), 'utf8').trimEnd();
    assert.equal(written(json), json);
  });
}

test('what the server would refuse is not written', () => {
  const paragraph = (...content: object[]) => JSON.stringify({ type: 'doc', content: [{ type: 'paragraph', attrs: { id: 'a' }, content }] });
  assert.ok(written(paragraph({ type: 'text', text: 'a\ud83d\u0007b' })).includes('"a\ufffd b"'));
  const figure = JSON.stringify({ type: 'doc', content: [{ type: 'figure', attrs: { id: 'f', media: 1, alt: '𠮷'.repeat(400) } }] });
  assert.ok(written(figure).includes(`"alt":"${'𠮷'.repeat(300)}"`));
  assert.throws(() => written(JSON.stringify({ type: 'doc', content: [{ type: 'iframe' }] })));
});
