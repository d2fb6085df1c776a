// A file on its way to the media store.

/** The largest file that the server takes, in bytes. */
const LARGEST = 64 * 1024 * 1024;

const said = (status: number): string => {
  switch (status) {
    case 401:
      return '登录已过期，请重新登录后再上传。';
    case 403:
      return '您没有上传文件的权限。';
    case 413:
      return '文件太大，不能超过 64 MB。';
    case 422:
      return '这种文件不能使用：请选择图片、PDF、Office、OFD、ZIP、MP3、MP4 或 WebM。';
    default:
      return '服务器没有收下这个文件，请稍后再试。';
  }
};

/** Sends a file; resolves to the JSON of its record, rejects with words for the person. */
export async function upload(file: File): Promise<string> {
  if (file.size > LARGEST) throw new Error(said(413));
  const name = encodeURIComponent(file.name || '未命名');
  let answer: Response;
  try {
    answer = await fetch(`/api/upload?name=${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    });
  } catch {
    throw new Error('连不上服务器，文件没有上传。');
  }
  if (!answer.ok) throw new Error(said(answer.status));
  return answer.text();
}
