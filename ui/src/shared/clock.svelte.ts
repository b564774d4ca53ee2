/** One tick a second for all timers of the window, on the full second. */
class Clock {
  /** Milliseconds since the epoch, in the phone's clock. */
  now = $state(Date.now());
  #ahead = 0;

  constructor() {
    this.#tick();
  }

  /** Follows the clock that the phone's instants were taken from. */
  follow(phoneNow: number): void {
    this.#ahead = phoneNow - Date.now();
    this.now = phoneNow;
  }

  #tick(): void {
    this.now = Date.now() + this.#ahead;
    setTimeout(() => this.#tick(), 1000 - (this.now % 1000));
  }
}

export const clock = new Clock();
