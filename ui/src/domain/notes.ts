import type { Bridge } from '../bridge/bridge';
import { Note } from './note.svelte';

/** The notes being written, by call. */
export class Notes {
  readonly #notes = new Map<string, Note>();

  constructor(readonly bridge: Bridge) {}

  of(call: string): Note {
    const note = this.#notes.get(call) ?? new Note(this.bridge, call);
    this.#notes.set(call, note);
    return note;
  }

  /** Lets go of the notes whose tab is closed. */
  keep(open: readonly string[]): void {
    for (const call of this.#notes.keys()) if (!open.includes(call)) this.#notes.delete(call);
  }
}
