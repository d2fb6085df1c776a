// What the writing page loads, and all that it may call. The page is compiled Rust, which cannot import a module by an
// address that it learns at run time, so what is exported stands in a global as well.
import { openEditor } from './editor';
import { openJournal } from './journal';
import { upload } from './upload';
import { sendFile } from './uploads';
import { civilOf, instantOf } from './zone';

export type { EditorHandle, Options } from './editor';
export type { Journal } from './journal';
export type { Sending } from './uploads';
export { civilOf, instantOf, openEditor, openJournal, sendFile, upload };

Object.assign(globalThis, { fuxianEditor: { civilOf, instantOf, openEditor, openJournal, sendFile, upload } });
