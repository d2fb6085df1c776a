import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSafe, understood } from '../src/document/href';
import { civilOf, instantOf } from '../src/zone';

test('times are read and written in the zone of the site', () => {
  const instant = Date.parse('2012-07-31T02:28:49Z');
  assert.equal(civilOf(instant, 'Asia/Shanghai'), '2012-07-31T10:28:49');
  assert.equal(instantOf('2012-07-31T10:28:49', 'Asia/Shanghai'), instant);
  assert.equal(instantOf('2012-07-31T10:28', 'Asia/Shanghai'), instant - 49_000);
  // Clocks were put forward in Shanghai in the summers of 1986 to 1991.
  assert.equal(instantOf('1988-07-01T12:00:00', 'Asia/Shanghai'), Date.parse('1988-07-01T03:00:00Z'));
  assert.ok(Number.isNaN(instantOf('', 'Asia/Shanghai')));
  // The last minute that a form takes, also where it is next year's already, and a year of which two digits are typed.
  for (const zone of ['Asia/Shanghai', 'America/Los_Angeles']) {
    for (const civil of ['9999-12-31T23:59:00', '0020-11-25T08:00:00']) {
      assert.equal(civilOf(instantOf(civil, zone), zone), civil, `${civil} ${zone}`);
    }
  }
});

test('an address is taken as the server would, and what people mean is understood', () => {
  for (const good of ['https://a.cn/b?c', 'mailto:a@b.cn', 'tel:0877', '/yaowen/1', '#b']) assert.ok(isSafe(good), good);
  for (const bad of ['', 'javascript:1', '//evil', '/\\evil', 'http://a b', 'data:x', 'ftp://x']) assert.ok(!isSafe(bad), bad);
  assert.equal(understood('www.example.cn'), 'https://www.example.cn');
  assert.equal(understood('a@example.cn'), 'mailto:a@example.cn');
  assert.equal(understood('javascript:1'), null);
});
