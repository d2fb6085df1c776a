// A file of the text on its way to the media library.
import type { Dropped, MediaFile } from './document/types';
import { notRead, refused, words } from './words';
import { sendFile } from './uploads';
import type { Report } from './uploads/tus';

/** Up to so many bytes a file goes in one request; above, an interruption would cost more than asking where it stands. */
const SMALL = 1024 * 1024;

/** Sends a file; resolves to the JSON of its record, rejects with words for the person. */
export function upload(file: File): Promise<string> {
  return file.size <= SMALL ? whole(file) : inPieces(file);
}

/** The text of a Word file, as the server reads it. */
export interface WordText {
  /** Empty where the file has none. */
  title: string;
  subtitle: string;
  body: unknown;
  /** The pictures that the text names. */
  files: MediaFile[];
  left_out: Dropped[];
}

/** Has a Word file read; rejects with words for the person. */
export async function word(file: File): Promise<WordText> {
  const read = await post('/api/read_word', file, (status) => notRead[status as 415] ?? said(status));
  return JSON.parse(read) as WordText;
}

const whole = (file: File): Promise<string> => post('/api/upload', file, said);

async function post(to: string, file: File, why: (status: number) => string): Promise<string> {
  const name = encodeURIComponent(file.name || words.unnamed);
  let answer: Response;
  try {
    answer = await fetch(`${to}?name=${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    });
  } catch {
    throw new Error(refused.offline);
  }
  if (!answer.ok) throw new Error(why(answer.status));
  return answer.text();
}

function inPieces(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    sendFile(file, (json) => {
      const { state, file: record, status } = JSON.parse(json) as Report;
      if (state === 'done') resolve(JSON.stringify(record));
      else if (state === 'unreadable') reject(new Error(refused.unreadable));
      else if (state === 'failed') reject(new Error(status ? said(status) : refused.offline));
    });
  });
}

const said = (status: number) => refused[status as 401] ?? refused.other;
