import type { ErrorView, Outcome } from '../../bridge/bridge';

/** Which control's last change was refused, so that the reason stands beside it. */
export class Refusals {
  #last = $state.raw<{ control: string; error: ErrorView }>();

  of(control: string): ErrorView | undefined {
    return this.#last?.control === control ? this.#last.error : undefined;
  }

  async take(control: string, sent: Promise<Outcome>): Promise<boolean> {
    const error = await sent;
    this.#last = error ? { control, error } : undefined;
    return error === null;
  }
}
