// What a paste left out, counted by its name.
import type { Dropped } from '../document/types';
import { dropped as what } from '../words';

export class Left {
  private readonly counts = new Map<string, number>();

  add(kind: keyof typeof what, count = 1) {
    if (count > 0) this.counts.set(what[kind], (this.counts.get(what[kind]) ?? 0) + count);
  }

  list(): Dropped[] {
    return [...this.counts].map(([name, count]) => ({ what: name, count }));
  }
}
