// One file on its way by tus 1.0 (core, creation, termination): created, sent in pieces, and after any interruption asked
// for with HEAD and gone on with where the server stands.
import type { Memory } from './memory';
import { type Answer, type Request, request } from './transport';

const VERSION = { 'Tus-Resumable': '1.0.0' };

export interface Settings {
  /** Where uploads are created. */
  endpoint: string;
  /** Bytes in one piece. */
  piece: number;
  /** How long to wait after this many failures in a row, in milliseconds. */
  pause: (failures: number) => number;
  /** After so many failures in a row it is left to the person. */
  most: number;
}

export const SETTINGS: Settings = {
  endpoint: '/api/uploads',
  piece: 4 * 1024 * 1024,
  pause: (failures) => Math.min(500 * 2 ** (failures - 1), 30_000) * (0.75 + Math.random() / 2),
  most: 10,
};

export type State = 'waiting' | 'sending' | 'broken' | 'offline' | 'paused' | 'failed' | 'unreadable' | 'done';

/** What is told of an upload. */
export interface Report {
  state: State;
  /** Bytes that the server has, and of those on their way the ones that have left. */
  sent: number;
  /** The JSON of the record, when it is done. */
  file?: unknown;
  /** The server's reason, where it gave one. */
  error?: unknown;
  /** The status of the last answer, where it was the end. */
  status?: number;
}

/** The server said no: trying again as it is would not help. */
class Refused extends Error {
  constructor(
    readonly status: number,
    readonly reason: unknown,
  ) {
    super(`refused with ${status}`);
  }
}

/** It may pass: no answer, or one that says so. */
class Broken extends Error {
  constructor(
    readonly status = 0,
    readonly reason: unknown = undefined,
    /** When the server wants to be asked again, in milliseconds. */
    readonly after = 0,
  ) {
    super(`broken off with ${status}`);
  }
}

export class Upload {
  private address: string | null;
  private sent = 0;
  private failures = 0;
  private stop = new AbortController();

  constructor(
    private readonly file: File,
    private readonly name: string,
    private readonly report: (report: Report) => void,
    private readonly memory: Memory,
    /** Under what it is remembered; empty is not at all. */
    private readonly key: string,
    private readonly settings: Settings = SETTINGS,
  ) {
    this.address = key ? memory.get(key) : null;
  }

  tell(state: State, more: Partial<Report> = {}): void {
    this.report({ state, sent: this.sent, ...more });
  }

  /** Sends until it is done, refused or stopped. */
  async run(): Promise<void> {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.failures = 0;
    while (!signal.aborted) {
      try {
        this.tell('sending');
        const file = await this.attempt(signal);
        this.forget();
        this.sent = this.file.size;
        this.tell('done', { file });
        return;
      } catch (fault) {
        if (signal.aborted) return;
        if (!(await this.mayGoOn(fault, signal))) return;
      }
    }
  }

  /** Stops it where it is. */
  halt(): void {
    this.stop.abort();
  }

  /** Stops it, and takes from the server what it has. */
  async cancel(): Promise<void> {
    this.halt();
    const { address } = this;
    this.forget();
    if (address) await this.ask({ method: 'DELETE', address, signal: new AbortController().signal }).catch(() => undefined);
  }

  /** Waits after what may pass; otherwise says how it ended. */
  private async mayGoOn(fault: unknown, signal: AbortSignal): Promise<boolean> {
    if (fault instanceof Refused) {
      // Whoever signs in again, or makes room on the disk, goes on; a file that is refused is not kept for another try.
      if (![401, 507].includes(fault.status)) this.forget();
      this.tell('failed', { error: fault.reason, status: fault.status });
      return false;
    }
    const broken = fault instanceof Broken ? fault : new Broken();
    if (!(await this.readable())) {
      this.tell('unreadable');
      return false;
    }
    if (isOffline()) {
      this.tell('offline');
      await online(signal);
      return !signal.aborted;
    }
    this.failures += 1;
    if (this.failures > this.settings.most) {
      this.tell('failed', { error: broken.reason, status: broken.status });
      return false;
    }
    this.tell('broken');
    await Promise.race([wait(Math.max(this.settings.pause(this.failures), broken.after), signal), comesOnline(signal)]);
    return !signal.aborted;
  }

  private async attempt(signal: AbortSignal): Promise<unknown> {
    let offset = 0;
    if (this.address) {
      const found = await this.found(this.address, signal);
      if (found === null) this.forget();
      else if (typeof found === 'object') return found.file;
      else offset = found;
    }
    this.address ??= await this.create(signal);
    for (;;) {
      this.sent = offset;
      // An empty piece asks once more for an answer that was lost.
      const next = await this.piece(this.address, offset, signal);
      if (typeof next === 'object') return next.file;
      offset = next;
    }
  }

  /** How much the server has; null where it does not know the upload; the file where it has all of it. */
  private async found(address: string, signal: AbortSignal): Promise<number | null | { file: unknown }> {
    const answer = await this.ask({ method: 'HEAD', address, signal });
    if ([403, 404, 410].includes(answer.status)) return null;
    if (answer.status === 401) throw new Refused(401, { refused: 'signed_out' });
    if (answer.status >= 300) throw ended(answer);
    const file = record(answer);
    if (file) return { file };
    const length = answer.header('Upload-Length');
    const offset = offsetOf(answer);
    return Number(length ?? this.file.size) === this.file.size && offset <= this.file.size ? offset : null;
  }

  private async create(signal: AbortSignal): Promise<string> {
    const headers = { 'Upload-Length': String(this.file.size), 'Upload-Metadata': `filename ${base64(this.name)}` };
    const answer = await this.ask({ method: 'POST', address: this.settings.endpoint, headers, signal });
    if (answer.status !== 201) throw ended(answer);
    const location = answer.header('Location');
    if (!location) throw new Broken(answer.status);
    // A proxy may have put another host before it; it is always ours.
    const base = new URL(this.settings.endpoint, globalThis.location?.href ?? this.settings.endpoint);
    const address = new URL(new URL(location, base).pathname, base).href;
    if (this.key) this.memory.set(this.key, address);
    return address;
  }

  /** Sends one piece; answers with the next place, or with the file. */
  private async piece(address: string, offset: number, signal: AbortSignal): Promise<number | { file: unknown }> {
    const body = this.file.slice(offset, Math.min(offset + this.settings.piece, this.file.size));
    let last = 0;
    const onSent = (bytes: number) => {
      const now = Date.now();
      if (now - last < 120) return;
      last = now;
      this.sent = Math.min(offset + bytes, this.file.size);
      this.tell('sending');
    };
    const headers = { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' };
    const answer = await this.ask({ method: 'PATCH', address, headers, body, signal, onSent });
    if (answer.status >= 300) throw ended(answer);
    const file = record(answer);
    if (file) return { file };
    const next = offsetOf(answer);
    if (next <= offset || next > this.file.size) throw new Broken(answer.status);
    this.failures = 0;
    this.sent = next;
    this.tell('sending');
    return next;
  }

  private async ask(asked: Request): Promise<Answer> {
    try {
      return await request({ ...asked, headers: { ...VERSION, ...asked.headers } });
    } catch {
      throw new Broken();
    }
  }

  private async readable(): Promise<boolean> {
    try {
      await this.file.slice(0, 1).arrayBuffer();
      return true;
    } catch {
      return false;
    }
  }

  private forget(): void {
    this.address = null;
    if (this.key) this.memory.drop(this.key);
  }
}

/** 404 is an upload that has gone meanwhile, 409 another place than we thought, 423 a connection that the server has not given
 * up yet: all three are found out by asking again. */
function ended(answer: Answer): Error {
  const { status, text } = answer;
  let reason: unknown;
  try {
    reason = JSON.parse(text);
  } catch {
    reason = undefined;
  }
  const passing = status < 400 || (status >= 500 && status !== 507) || [404, 408, 409, 410, 423, 425, 429].includes(status);
  const seconds = Number(answer.header('Retry-After') ?? 0);
  return passing ? new Broken(status, reason, Number.isFinite(seconds) ? Math.min(seconds, 60) * 1000 : 0) : new Refused(status, reason);
}

function offsetOf(answer: Answer): number {
  const offset = Number(answer.header('Upload-Offset') ?? 'none');
  if (!Number.isInteger(offset) || offset < 0) throw new Broken(answer.status);
  return offset;
}

function record(answer: Answer): unknown {
  const header = answer.header('Fuxian-File');
  if (!header) return null;
  try {
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(header), (letter) => letter.charCodeAt(0))));
  } catch {
    throw new Broken(answer.status);
  }
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

const isOffline = () => globalThis.navigator?.onLine === false;

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}

/** When the network comes back; never where nobody tells of it. */
function comesOnline(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    globalThis.window?.addEventListener('online', () => resolve(), { once: true, signal });
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function online(signal: AbortSignal): Promise<void> {
  // Not every system tells of it: every half minute it is simply tried.
  await Promise.race([comesOnline(signal), wait(30_000, signal)]);
}
