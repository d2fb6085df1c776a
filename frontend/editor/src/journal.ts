// What was written and is not on the server yet, kept in this browser, encrypted with a key that only the signed-in
// account has. Who uses the computer next finds bytes.
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** Entries that nobody came back for go after so long, in milliseconds. */
const KEPT = 90 * 24 * 3600 * 1000;
/** A tab that does not answer within so long is gone, in milliseconds. */
const PATIENCE = 250;
const NONCE = 24;

interface Row {
  key: string;
  owner: string;
  article: string;
  tab: string;
  at: number;
  sealed: Uint8Array;
}

interface Schema extends DBSchema {
  entries: { key: string; value: Row; indexes: { owner: string } };
}

export interface Journal {
  /** Keeps the newest entry of a tab on an article. */
  put(article: string, tab: string, entry: string): Promise<void>;
  /** JSON: `[{tab, at, alive, entry}]` of an article. */
  get(article: string): Promise<string>;
  /** JSON: `[{article, tab, at, alive, entry}]` of all articles. */
  all(): Promise<string>;
  /** Forgets the entry of a tab. */
  drop(article: string, tab: string): Promise<void>;
}

/** Tabs of this window that have written. */
const mine = new Set<string>();
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('fuxian-tabs');
channel?.addEventListener('message', ({ data }: MessageEvent<{ ask?: string }>) => {
  if (data.ask && mine.has(data.ask)) channel.postMessage({ here: data.ask });
});

/** Which of the tabs are still open in some window. */
async function alive(tabs: string[]): Promise<Set<string>> {
  const here = new Set(tabs.filter((tab) => mine.has(tab)));
  const others = tabs.filter((tab) => !here.has(tab));
  if (!channel || others.length === 0) return here;
  const hear = ({ data }: MessageEvent<{ here?: string }>) => {
    if (data.here) here.add(data.here);
  };
  channel.addEventListener('message', hear);
  others.forEach((tab) => channel.postMessage({ ask: tab }));
  await new Promise((resolve) => setTimeout(resolve, PATIENCE));
  channel.removeEventListener('message', hear);
  return here;
}

/** Opens the journal of an account; rejects where the browser keeps nothing. */
export async function openJournal(account: string, keyHex: string): Promise<Journal> {
  const key = hexToBytes(keyHex);
  // The name of the owner says nothing about the account to who does not have the key.
  const owner = bytesToHex(sha256(concatBytes(key, utf8ToBytes(account))));
  const db: IDBPDatabase<Schema> = await openDB<Schema>('fuxian-journal', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('entries', { keyPath: 'key' }).createIndex('owner', 'owner');
    },
  });
  await forget(db);

  const keyOf = (article: string, tab: string) => `${owner}:${article}:${tab}`;
  const seal = (text: string, place: string) => {
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
    return concatBytes(nonce, xchacha20poly1305(key, nonce, utf8ToBytes(place)).encrypt(utf8ToBytes(text)));
  };
  const unseal = (row: Row): string | null => {
    try {
      const cipher = xchacha20poly1305(key, row.sealed.slice(0, NONCE), utf8ToBytes(row.key));
      return new TextDecoder().decode(cipher.decrypt(row.sealed.slice(NONCE)));
    } catch {
      return null;
    }
  };
  const read = async (rows: Row[]) => {
    const open = await alive(rows.map((row) => row.tab));
    const entries = rows.map((row) => ({ article: row.article, tab: row.tab, at: row.at, alive: open.has(row.tab), entry: unseal(row) }));
    return JSON.stringify(entries.filter((entry) => entry.entry !== null).sort((one, other) => one.at - other.at));
  };
  const ours = () => db.getAllFromIndex('entries', 'owner', owner);
  // One after the other: a slow write must not overtake a later one.
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work, work);
    queue = done.catch(() => undefined);
    return done;
  };
  return {
    put: (article, tab, entry) => {
      mine.add(tab);
      const place = keyOf(article, tab);
      return inTurn(async () => {
        await db.put('entries', { key: place, owner, article, tab, at: Date.now(), sealed: seal(entry, place) });
      });
    },
    get: (article) => inTurn(async () => read((await ours()).filter((row) => row.article === article))),
    all: () => inTurn(async () => read(await ours())),
    drop: (article, tab) => inTurn(() => db.delete('entries', keyOf(article, tab))),
  };
}

async function forget(db: IDBPDatabase<Schema>): Promise<void> {
  const oldest = Date.now() - KEPT;
  const tx = db.transaction('entries', 'readwrite');
  for (let cursor = await tx.store.openCursor(); cursor; cursor = await cursor.continue()) {
    if (cursor.value.at < oldest) await cursor.delete();
  }
  await tx.done;
}
