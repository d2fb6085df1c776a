// Where an upload stands on the server, so that the same file goes on there after the page was loaded again. Whoever uses
// the computer next can read this, so it holds no name: a file is known by a hash of name, size and time of change.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export const PREFIX = 'fuxian-upload-';
/** The server forgets what nobody went on with; so do we, in milliseconds. */
const KEPT = 24 * 3600 * 1000;

export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export class Memory {
  constructor(private readonly shelf: Shelf | null) {}

  static ofBrowser(): Memory {
    try {
      return new Memory(globalThis.localStorage ?? null);
    } catch {
      // A browser may forbid it.
      return new Memory(null);
    }
  }

  key(file: File): string {
    return PREFIX + bytesToHex(sha256(utf8ToBytes([file.name, file.size, file.lastModified].join('\0')))).slice(0, 32);
  }

  /** The address on the server. */
  get(key: string): string | null {
    try {
      const { address, at } = JSON.parse(this.shelf?.getItem(key) ?? '{}') as { address?: string; at?: number };
      return address && Date.now() - (at ?? 0) < KEPT ? address : null;
    } catch {
      return null;
    }
  }

  set(key: string, address: string): void {
    try {
      this.shelf?.setItem(key, JSON.stringify({ address, at: Date.now() }));
    } catch {
      // A full shelf: the upload goes on, it only cannot be found again after a reload.
    }
  }

  drop(key: string): void {
    this.shelf?.removeItem(key);
  }

  /** Takes away what is too old. */
  tidy(): void {
    const keys = Array.from({ length: this.shelf?.length ?? 0 }, (_, at) => this.shelf?.key(at) ?? '');
    for (const key of keys) if (key.startsWith(PREFIX) && this.get(key) === null) this.drop(key);
  }
}
