/** The ring window, the call window, and the questions that only the person can answer. */
export const ring = {};

export const popup = {};

export const desk = {};
