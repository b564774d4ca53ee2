import type { Look } from './Shape.svelte';

/** What the person may do about it. */
export interface ToastAct {
  label: string;
  run: () => void;
}

export interface Toast {
  id: number;
  text: string;
  act?: ToastAct | undefined;
  look?: Look | undefined;
}

/** Most on screen at once; an older one gives way. */
const most = 2;
/** How long a toast without an act stays. */
const stay = 6_000;

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 0;

  add(text: string, act?: ToastAct, look?: Look): void {
    const id = this.#next++;
    // The same words twice would only be noise.
    const others = this.list.filter((toast) => toast.text !== text);
    this.list = [...others, { id, text, act, look }].slice(-most);
    if (!act) setTimeout(() => this.close(id), stay);
  }

  close(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

/** The toasts of this window. */
export const toasts = new Toasts();

/** Says something in passing; with an act it stays until acted on or closed. */
export function toast(text: string, act?: ToastAct, look?: Look): void {
  toasts.add(text, act, look);
}
