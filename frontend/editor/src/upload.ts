// A file on its way to the media store.
import { refused, words } from './words';

/** The largest file that the server takes, in bytes. */
const LARGEST = 64 * 1024 * 1024;

/** Sends a file; resolves to the JSON of its record, rejects with words for the person. */
export async function upload(file: File): Promise<string> {
  if (file.size > LARGEST) throw new Error(refused[413]);
  const name = encodeURIComponent(file.name || words.unnamed);
  let answer: Response;
  try {
    answer = await fetch(`/api/upload?name=${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    });
  } catch {
    throw new Error(refused.offline);
  }
  if (!answer.ok) throw new Error(refused[answer.status as 401] ?? refused.other);
  return answer.text();
}
