/** What a person does in a window before it is looked at. It names no words: one list, every language. */
export type Step =
  /** Presses what the CSS selector finds first. */
  | { click: string }
  /** Presses keys as Playwright names them: `Control+k`. */
  | { press: string }
  /** Types a text where the focus is. */
  | { type: string };

/** A state of a window that a picture is taken of. */
export interface Pictured {
  /** Its situation, by its name in `bridge/scenes`: `?w=<window>&scene=<scene>`. */
  scene: string;
  /** The window, in CSS pixels. */
  size: readonly [width: number, height: number];
  /** Taken in this order, once the window stands. */
  prepare?: readonly Step[];
}
