import { createSubscriber } from 'svelte/reactivity';

/**
 * One tick a second for all timers of the window, on the full second; none while the window is
 * hidden or nobody reads the time.
 */
export class Clock {
  #ahead = 0;
  #changed = () => {};
  #read = createSubscriber((changed) => {
    this.#changed = changed;
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      if (document.hidden) return;
      timer = setTimeout(tick, 1000 - (this.#present() % 1000));
    };
    const tick = () => {
      clearTimeout(timer);
      changed();
      wait();
    };
    document.addEventListener('visibilitychange', tick);
    wait();
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  });

  /** Milliseconds since the epoch, in the phone's clock. */
  get now(): number {
    this.#read();
    return this.#present();
  }

  /** Follows the clock that the phone's instants were taken from. */
  follow(phoneNow: number): void {
    this.#ahead = phoneNow - Date.now();
    this.#changed();
  }

  #present(): number {
    return Date.now() + this.#ahead;
  }
}

export const clock = new Clock();
