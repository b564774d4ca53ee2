/** How much of a text from outside is shown. */
const longest = 100;

/**
 * A name or number that somebody else sent, fit to be shown: one line, cut, without controls and
 * without the marks that turn the direction of the text around them. Show it inside `<bdi>`.
 */
export function outside(text: string): string {
  const line = text
    .slice(0, 20 * longest)
    .replace(/[\p{Z}\s]+/gu, ' ')
    // Joiners stay: emoji and some scripts are made with them.
    .replace(/[^\P{C}\u200c\u200d]/gu, '')
    // No letter needs more marks; piled up they would cover the lines above and below.
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .trim();
  const shown = [...line].slice(0, longest).join('');
  return shown.length < line.length ? `${shown}…` : line;
}

/** A text of several lines that somebody wrote, without what is no text in it. */
export function passage(text: string): string {
  return text
    .replace(/[^\P{C}\n\t\u200c\u200d]/gu, '')
    .replace(/[\u2028\u2029]/g, '\n')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1');
}
