// The client of uploads against a real server on this machine whose connections are cut.
import assert from 'node:assert/strict';
import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type Sending, Turns, sendFile } from '../src/uploads';
import { Memory, PREFIX } from '../src/uploads/memory';
import { type Report, SETTINGS } from '../src/uploads/tus';

interface Stored {
  name: string;
  length: number;
  bytes: Buffer;
  done: boolean;
}

/** What a server of tus 1.0 does, and how it is made to fail. */
class Server {
  readonly uploads = new Map<string, Stored>();
  readonly asked: string[] = [];
  /** Called before a request is answered; true took it over. */
  trouble: (request: IncomingMessage, response: ServerResponse) => boolean = () => false;
  /** Bytes after which a connection is cut, once. */
  cutAfter = 0;
  private readonly server = createServer((request, response) => this.take(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/uploads`;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }

  private take(request: IncomingMessage, response: ServerResponse) {
    const { method = '', url = '' } = request;
    this.asked.push(method);
    assert.equal(request.headers['tus-resumable'], '1.0.0');
    if (this.trouble(request, response)) return;
    const answer = (status: number, headers: Record<string, string> = {}, body = '') => {
      response.writeHead(status, { 'Tus-Resumable': '1.0.0', ...headers }).end(body);
    };
    if (method === 'POST') {
      const name = Buffer.from(String(request.headers['upload-metadata']).replace('filename ', ''), 'base64').toString();
      const id = `u${this.uploads.size + 1}`;
      this.uploads.set(id, { name, length: Number(request.headers['upload-length']), bytes: Buffer.alloc(0), done: false });
      // As behind a proxy that knows the server by another name.
      answer(201, { Location: `http://inside.example/api/uploads/${id}` });
      return;
    }
    const stored = this.uploads.get(url.split('/').pop() ?? '');
    if (!stored) answer(404);
    else if (method === 'HEAD') answer(200, { 'Upload-Offset': String(stored.bytes.length), 'Upload-Length': String(stored.length) });
    else if (method === 'DELETE') {
      this.uploads.delete(url.split('/').pop() ?? '');
      answer(204);
    } else this.patch(stored, request, response, answer);
  }

  private patch(stored: Stored, request: IncomingMessage, response: ServerResponse, answer: (status: number, headers?: Record<string, string>) => void) {
    if (Number(request.headers['upload-offset']) !== stored.bytes.length) {
      answer(409);
      return;
    }
    request.on('data', (piece: Buffer) => {
      stored.bytes = Buffer.concat([stored.bytes, piece]);
      if (this.cutAfter > 0 && stored.bytes.length >= this.cutAfter) {
        this.cutAfter = 0;
        response.destroy();
      }
    });
    request.on('end', () => {
      if (response.destroyed) return;
      stored.done = stored.bytes.length === stored.length;
      const file = Buffer.from(JSON.stringify({ id: 7, name: stored.name })).toString('base64');
      answer(204, { 'Upload-Offset': String(stored.bytes.length), ...(stored.done ? { 'Fuxian-File': file } : {}) });
    });
  }
}

class Shelf extends Map<string, string> {
  getItem = (key: string) => this.get(key) ?? null;
  setItem = (key: string, value: string) => void this.set(key, value);
  removeItem = (key: string) => void this.delete(key);
  key = (at: number) => [...this.keys()][at] ?? null;
  get length() {
    return this.size;
  }
}

const running: Server[] = [];
after(() => running.forEach((server) => server.stop()));

const PIECE = 64 * 1024;
const bytes = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) % 251);
let made = 0;
const fileOf = (length: number, name = `照片 ${(made += 1)}.jpg`) => new File([bytes(length)], name, { lastModified: 1_700_000_000_000 });

async function prepared() {
  const server = new Server();
  running.push(server);
  const endpoint = await server.start();
  const settings = { ...SETTINGS, endpoint, piece: PIECE, pause: () => 5 };
  const shelf = new Shelf();
  const reports: Report[] = [];
  let heard: () => void = () => undefined;
  const send = (file: File): Sending =>
    sendFile(
      file,
      (json) => {
        reports.push(JSON.parse(json) as Report);
        heard();
      },
      settings,
      new Memory(shelf),
    );
  /** Waits for a report like this; answers with it. */
  const until = (found: (report: Report) => boolean): Promise<Report> =>
    new Promise((resolve) => {
      heard = () => {
        const one = reports.find(found);
        if (one) resolve(one);
      };
      heard();
    });
  const is = (state: Report['state']) => until((report) => report.state === state);
  return { server, settings, shelf, reports, send, until, is };
}

test('a file goes in pieces and comes back as its record', async () => {
  const { server, shelf, send, is, reports } = await prepared();
  const file = fileOf(3 * PIECE + 17, '主席台 2026年.jpg');
  send(file);
  const done = await is('done');
  assert.deepEqual(done.file, { id: 7, name: '主席台 2026年.jpg' });
  assert.deepEqual(server.asked, ['POST', 'PATCH', 'PATCH', 'PATCH', 'PATCH']);
  assert.ok(server.uploads.get('u1')?.bytes.equals(Buffer.from(bytes(file.size))));
  assert.equal(shelf.size, 0, 'nothing is remembered of what is done');
  const sent = reports.map((report) => report.sent);
  assert.deepEqual(sent, [...sent].sort((a, b) => a - b), 'progress never goes back');
});

test('a connection that is cut half-way is gone on with where the server stands', async () => {
  const { server, send, is } = await prepared();
  server.cutAfter = PIECE + 20_000;
  const file = fileOf(4 * PIECE);
  send(file);
  await is('broken');
  await is('done');
  assert.ok(server.uploads.get('u1')?.bytes.equals(Buffer.from(bytes(file.size))));
  assert.equal(server.uploads.size, 1);
  assert.ok(server.asked.includes('HEAD'));
});

test('the same file goes on after the page was loaded again, and its name is not left behind', async () => {
  const { server, shelf, send, is, until, reports } = await prepared();
  const file = fileOf(4 * PIECE, '机密名单.pdf');
  // The page is left when two pieces are there.
  const first = send(file);
  await until((report) => report.sent >= 2 * PIECE);
  first.pause();
  await is('paused');
  assert.equal(shelf.size, 1);
  assert.ok([...shelf.entries()].every(([key, value]) => key.startsWith(PREFIX) && !/机密/.test(key + value)));
  reports.length = 0;
  // Another page knows nothing of the first one but the shelf.
  const { Upload } = await import('../src/uploads/tus');
  const memory = new Memory(shelf);
  const again = new Upload(file, file.name, (report) => reports.push(report), memory, memory.key(file), { ...SETTINGS, piece: PIECE });
  await again.run();
  assert.equal(reports.at(-1)?.state, 'done');
  assert.equal(server.uploads.size, 1, 'nothing was created anew');
  assert.ok(server.uploads.get('u1')?.bytes.equals(Buffer.from(bytes(file.size))));
});

test('an upload that the server has forgotten begins anew', async () => {
  const { server, settings, shelf, send, is } = await prepared();
  const file = fileOf(PIECE);
  new Memory(shelf).set(new Memory(shelf).key(file), `${settings.endpoint}/gone`);
  send(file);
  await is('done');
  assert.deepEqual(server.asked, ['HEAD', 'POST', 'PATCH']);
});

test('an answer that is lost at the very end is asked for once more', async () => {
  const { server, send, is } = await prepared();
  let lost = false;
  server.trouble = (request, response) => {
    if (request.method !== 'PATCH' || lost) return false;
    lost = true;
    const stored = server.uploads.get('u1');
    request.on('data', (piece: Buffer) => stored && (stored.bytes = Buffer.concat([stored.bytes, piece])));
    request.on('end', () => response.destroy());
    return true;
  };
  send(fileOf(1000));
  assert.equal((await is('done')).sent, 1000);
  assert.deepEqual(server.asked, ['POST', 'PATCH', 'HEAD', 'PATCH']);
});

test('a refusal is the end, with the words of the server and nothing remembered', async () => {
  const { server, shelf, send, is } = await prepared();
  server.trouble = (request, response) => {
    if (request.method !== 'PATCH') return false;
    request.resume().on('end', () => response.writeHead(422).end('{"refused":{"not_a_file":{"name":"x"}}}'));
    return true;
  };
  send(fileOf(1000));
  const { error, status } = await is('failed');
  assert.deepEqual([status, error], [422, { refused: { not_a_file: { name: 'x' } } }]);
  assert.equal(shelf.size, 0);
});

test('whoever is signed out goes on after signing in', async () => {
  const { server, send, is } = await prepared();
  let out = true;
  server.trouble = (request, response) => {
    if (!out || request.method !== 'PATCH' || server.uploads.get('u1')?.bytes.length === 0) return false;
    request.resume().on('end', () => response.writeHead(401).end('{"refused":"signed_out"}'));
    return true;
  };
  const sending = send(fileOf(2 * PIECE));
  assert.deepEqual((await is('failed')).error, { refused: 'signed_out' });
  out = false;
  sending.resume();
  await is('done');
  assert.equal(server.uploads.size, 1);
});

test('a server that is busy is asked again, and one that stays away is left to the person', async () => {
  const { server, send, is } = await prepared();
  let failures = 0;
  server.trouble = (request, response) => {
    if (failures >= 3) return false;
    failures += 1;
    request.resume().on('end', () => response.writeHead(503, { 'Retry-After': '0' }).end());
    return true;
  };
  send(fileOf(100));
  await is('done');

  const gone = await prepared();
  gone.server.stop();
  gone.send(fileOf(100));
  const { status, error } = await gone.is('failed');
  assert.deepEqual([status, error], [0, undefined]);
  assert.equal(gone.reports.filter((report) => report.state === 'broken').length, SETTINGS.most);
});

test('what is given up is taken from the server', async () => {
  const { server, shelf, send, until } = await prepared();
  const sending = send(fileOf(8 * PIECE));
  await until((report) => report.sent >= PIECE);
  sending.cancel();
  for (let n = 0; n < 100 && server.uploads.size > 0; n += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual([server.uploads.size, shelf.size], [0, 0]);
});

test('the same file twice at once is two uploads', async () => {
  const { server, reports, send, until } = await prepared();
  const file = fileOf(2 * PIECE);
  send(file);
  send(file);
  await until(() => reports.filter((report) => report.state === 'done').length === 2);
  assert.equal(server.uploads.size, 2);
});

test('a few go at a time, in the order in which they came', async () => {
  const turns = new Turns(2);
  const order: number[] = [];
  let most = 0;
  let now = 0;
  const work = async (n: number) => {
    const back = await turns.take();
    most = Math.max(most, (now += 1));
    order.push(n);
    await new Promise((resolve) => setTimeout(resolve, 5));
    now -= 1;
    back();
  };
  await Promise.all([1, 2, 3, 4, 5].map(work));
  assert.deepEqual([most, order], [2, [1, 2, 3, 4, 5]]);
});

test('a file that was changed on the disk meanwhile is said to be unreadable', async () => {
  const { is, send } = await prepared();
  const folder = mkdtempSync(join(tmpdir(), 'fuxian-upload-'));
  const path = join(folder, 'a.pdf');
  writeFileSync(path, bytes(1000));
  const blob = await openAsBlob(path);
  writeFileSync(path, bytes(10));
  send(Object.assign(blob, { name: 'a.pdf', lastModified: 1 }) as File);
  await is('unreadable');
  rmSync(folder, { recursive: true });
});
