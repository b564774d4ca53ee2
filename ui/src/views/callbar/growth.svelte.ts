import { untrack } from 'svelte';
import type { Phone } from '../../domain/phone.svelte';

/**
 * Whether the callbar is grown to its full height. It grows by itself when the sign-in form is
 * due, or for a question, after which it goes back. A call that rings has a window of its own.
 */
export class Growth {
  expanded = $state(false);
  #forQuestion = false;

  constructor(
    readonly phone: Phone,
    asked: () => boolean,
  ) {
    $effect(() => {
      if (phone.needsSignIn) this.set(true);
    });
    $effect(() => {
      if (asked() && !untrack(() => this.expanded)) {
        this.set(true);
        this.#forQuestion = true;
      } else if (!asked() && this.#forQuestion) this.set(false);
    });
  }

  set(expanded: boolean): void {
    this.#forQuestion = false;
    if (expanded === untrack(() => this.expanded)) return;
    this.expanded = expanded;
    void this.phone.bridge.setExpanded(expanded);
  }
}
