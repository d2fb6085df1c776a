// Files on their way to the media library: a few at a time, each of which can be held, gone on with and given up.
import { Memory } from './memory';
import { type Report, SETTINGS, type Settings, Upload } from './tus';

export interface Sending {
  pause(): void;
  /** After a pause, and once more after a failure. */
  resume(): void;
  cancel(): void;
}

/** Files that are sent at a time. */
const AT_A_TIME = 4;

/** Takes turns: whoever comes first goes first. */
export class Turns {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(number: number) {
    this.free = number;
  }

  /** Waits for a turn; answers with what gives it back. */
  async take(): Promise<() => void> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    };
  }
}

const turns = new Turns(AT_A_TIME);
/** What this tab is sending: the same file twice at once is two uploads. */
const busy = new Set<string>();
let tidied = false;

/** Sends a file; `report` is called with the JSON of a `Report` at every change. */
export function sendFile(file: File, report: (json: string) => void, settings: Settings = SETTINGS, memory = Memory.ofBrowser()): Sending {
  if (!tidied) memory.tidy();
  tidied = true;
  let over = false;
  /** Whoever comes later has taken the place of a run that still waits for its turn. */
  let run = 0;
  const known = memory.key(file);
  const key = busy.has(known) ? '' : known;
  busy.add(key);
  const tell = (told: Report) => {
    over ||= told.state === 'done';
    if (told.state === 'done') busy.delete(key);
    report(JSON.stringify(told));
  };
  const upload = new Upload(file, named(file), tell, memory, key, settings);
  const start = async () => {
    const mine = (run += 1);
    upload.tell('waiting');
    const back = await turns.take();
    try {
      if (mine === run && !over) await upload.run();
    } finally {
      back();
    }
  };
  const sending: Sending = {
    pause: () => {
      if (over) return;
      run += 1;
      upload.halt();
      upload.tell('paused');
    },
    resume: () => {
      if (over) return;
      upload.halt();
      void start();
    },
    cancel: () => {
      if (over) return;
      over = true;
      run += 1;
      busy.delete(key);
      void upload.cancel();
    },
  };
  void start();
  return sending;
}

/** A picture from the clipboard is called `image.png` by every browser: a hundred of them could not be told apart. */
function named(file: File): string {
  const fresh = Date.now() - file.lastModified < 10_000;
  if (!fresh || !/^image\.\w+$/.test(file.name)) return file.name;
  const at = new Date(file.lastModified);
  const two = (number: number) => String(number).padStart(2, '0');
  const stamp = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`;
  return file.name.replace('image', `粘贴的图片 ${stamp}`);
}
