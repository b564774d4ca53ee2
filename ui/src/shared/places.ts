/** A row that is drawn. */
export interface Drawn<T> {
  id: string;
  index: number;
  row: T;
  /** Its place in the document, which it keeps as long as it is drawn. */
  place: number;
}

/**
 * Gives drawn rows their places in the document. A row that comes takes the place of one that
 * went: filling a place costs far less than making one.
 */
export class Places<T> {
  #drawn = new Map<string, Drawn<T>>();
  #made = 0;

  draw(indices: readonly number[], rows: readonly T[], key: (row: T) => string): Drawn<T>[] {
    const wanted = new Map(indices.map((index) => [key(rows[index]!), index]));
    const free = [...this.#drawn.values()].filter(({ id }) => !wanted.has(id));
    const next = new Map<string, Drawn<T>>();
    for (const [id, index] of wanted) {
      const row = rows[index]!;
      const before = this.#drawn.get(id);
      const same = before?.row === row && before.index === index;
      const place = before?.place ?? free.pop()?.place ?? this.#made++;
      // What has not changed stays the same object: nothing is compared again.
      next.set(id, same ? before : { id, index, row, place });
    }
    this.#drawn = next;
    return [...next.values()];
  }
}
