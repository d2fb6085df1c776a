// The schema as `content::document::schema` has written it: names, attributes and limits stand nowhere else.
import schema from './schema.json';

interface NodeRule {
  /** Attributes in the order in which they are stored. */
  attrs: string[];
  /** Those that are left out where they have this value. */
  omitted: Record<string, unknown>;
}

export const version = schema.version;
export const nodes: Record<string, NodeRule | undefined> = schema.nodes as Record<string, NodeRule>;
/** In the order in which they are stored. */
export const markNames: string[] = schema.marks;
export const limits = schema.limits;
export const schemes = schema.schemes;

/** Characters as Rust counts them: a character beyond the basic plane is one. */
export function shortened(text: string, limit: number): string {
  return text.length <= limit ? text : [...text].slice(0, limit).join('');
}
