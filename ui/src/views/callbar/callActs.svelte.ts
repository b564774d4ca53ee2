import type { CallView } from '../../bridge/bridge';
import type { Phone } from '../../domain/phone.svelte';
import { onHold } from '../../domain/state';
import { t } from '../../i18n/i18n.svelte';

/** A click meant for what stood there before must not end a call. */
const deafMs = 600;

/** What the small bar and the control row can do to the call in front. */
export class CallActs {
  readonly #phone: () => Phone;
  readonly #call: () => CallView;
  readonly #shown = performance.now();

  constructor(phone: () => Phone, call: () => CallView) {
    this.#phone = phone;
    this.#call = call;
  }

  get answered(): boolean {
    return this.#call().phase === 'established';
  }

  /** What ending it is called: nobody gives up a call that came in. */
  get endWord(): string {
    const outgoing = this.#call().direction === 'outgoing';
    return outgoing && !this.answered ? t().call.cancel : t().call.hangUp;
  }

  toggleMute = (): void => {
    const phone = this.#phone();
    void phone.act(phone.bridge.setMute(!phone.view.muted));
  };

  toggleHold = (): void => {
    const { bridge } = this.#phone();
    const call = this.#call();
    void this.#phone().act(onHold(call) ? bridge.resume(call.id) : bridge.hold(call.id));
  };

  hangUp = (): void => {
    if (performance.now() - this.#shown < deafMs) return;
    const phone = this.#phone();
    void phone.act(phone.bridge.hangUp(this.#call().id));
  };
}
