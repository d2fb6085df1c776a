// The shapes that travel between Rust and the editor as JSON text.

/** `content::media::File`. */
export interface MediaFile {
  id: number;
  key: string;
  name: string;
  bytes: number;
  width: number;
  height: number;
  /** What is said in place of a picture. */
  alt?: string;
  /** Widths of which there are smaller pictures, ascending. */
  widths?: number[];
}

/** A node of the document tree as ProseMirror and Rust read it. */
export interface TreeNode {
  type: string;
  attrs?: Record<string, unknown>;
  content?: TreeNode[];
  text?: string;
  marks?: TreeMark[];
}

/** A mark of the document tree. */
export interface TreeMark {
  type: string;
  attrs?: Record<string, unknown>;
}

/** What a paste left out, for the quiet list. */
export interface Dropped {
  what: string;
  count: number;
}
