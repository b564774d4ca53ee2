import { createRawSnippet, flushSync, type Snippet } from 'svelte';
import { onTestFinished } from 'vitest';

/** A value that a test gives to a component and changes later. */
export class Given<T> {
  value = $state.raw() as T;

  constructor(value: T) {
    this.value = value;
  }
}

/** What an effect reads, each time it runs; it has run once when this returns. */
export function readings<T>(read: () => T): { seen: T[]; stop: () => void } {
  const seen: T[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(read());
    });
  });
  onTestFinished(stop);
  flushSync();
  return { seen, stop };
}

/** A snippet that writes one text and follows what it is given. */
export function written<T>(text: (given: T) => string): Snippet<[T]> {
  return createRawSnippet((given) => ({
    render: () => '<i></i>',
    setup: (element) => {
      $effect(() => {
        element.textContent = text(given());
      });
    },
  }));
}
