// One request and its answer. Browsers tell how much of a body has left only through XMLHttpRequest; where there is none
// (the tests run in Node) fetch does the same without telling.

export interface Request {
  method: string;
  address: string;
  headers?: Record<string, string>;
  body?: Blob;
  signal: AbortSignal;
  /** Bytes of the body that have left. */
  onSent?: (bytes: number) => void;
}

export interface Answer {
  status: number;
  header(name: string): string | null;
  text: string;
}

/** A connection that says nothing for so long is given up, in milliseconds. */
const SILENCE = 120_000;

/** Rejects where there was no answer. */
export function request(asked: Request): Promise<Answer> {
  return typeof XMLHttpRequest === 'undefined' ? byFetch(asked) : byXhr(asked);
}

async function byFetch({ method, address, headers, body, signal }: Request): Promise<Answer> {
  const answer = await fetch(address, { method, headers, body, signal });
  const text = await answer.text();
  return { status: answer.status, header: (name) => answer.headers.get(name), text };
}

function byXhr({ method, address, headers, body, signal, onSent }: Request): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    let silence = 0;
    const heard = () => {
      window.clearTimeout(silence);
      silence = window.setTimeout(() => xhr.abort(), SILENCE);
    };
    const fail = () => reject(new Error('no answer'));
    xhr.open(method, address);
    for (const [name, value] of Object.entries(headers ?? {})) xhr.setRequestHeader(name, value);
    xhr.upload.addEventListener('progress', (event) => {
      heard();
      onSent?.(event.loaded);
    });
    xhr.addEventListener('load', () => resolve({ status: xhr.status, header: (name) => xhr.getResponseHeader(name), text: xhr.responseText }));
    xhr.addEventListener('error', fail);
    xhr.addEventListener('abort', fail);
    const stop = () => xhr.abort();
    signal.addEventListener('abort', stop);
    xhr.addEventListener('loadend', () => {
      window.clearTimeout(silence);
      signal.removeEventListener('abort', stop);
    });
    if (signal.aborted) fail();
    else {
      heard();
      xhr.send(body ?? null);
    }
  });
}
