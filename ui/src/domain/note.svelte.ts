import type { Bridge, Outcome } from '../bridge/bridge';

/**
 * What is being written about a call. The text here is the truth while its tab is open: it is
 * sent as it is typed, one write after the other, and nothing that comes back replaces it.
 */
export class Note {
  text = $state('');
  /** False until what was written before has come: writing earlier would replace it unseen. */
  ready = $state(false);
  /** Why the last write was refused. */
  refused = $state.raw<Outcome>(null);
  #writing: Promise<void> | undefined;

  constructor(
    readonly bridge: Bridge,
    readonly call: string,
  ) {
    void this.#read();
  }

  write(text: string): void {
    this.text = text;
    this.#writing ??= this.#save().finally(() => (this.#writing = undefined));
  }

  /** Settles once everything typed is kept, or was refused. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #read(): Promise<void> {
    this.text = await this.bridge.readNote(this.call);
    this.ready = true;
  }

  /** One write at a time, the newest text next: the order holds, and a slow one loses nothing. */
  async #save(): Promise<void> {
    let sent: string;
    do {
      sent = this.text;
      this.refused = await this.bridge.writeNote(this.call, sent);
    } while (sent !== this.text);
  }
}
