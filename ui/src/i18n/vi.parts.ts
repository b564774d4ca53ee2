/** The parts that every window is made of. */
export const parts = {
  minimize: 'Thu nhỏ',
  maximize: 'Phóng to',
  close: 'Đóng',
  level: 'Mức tiếng của micro',
  heard: 'Nghe rõ bạn',
  quiet: 'Nói thử vào micro',
  /** Names of keys as a keyboard shows them; what is not here is written as it is. */
  keys: {
    Escape: 'Esc',
    Space: 'Phím cách',
    Delete: 'Del',
    Super: 'Win',
    PageUp: 'PgUp',
    PageDown: 'PgDn',
    Comma: ',',
    Period: '.',
    Slash: '/',
    Backslash: '\\',
    Semicolon: ';',
    Quote: "'",
    BracketLeft: '[',
    BracketRight: ']',
    Minus: '-',
    Equal: '=',
    Backquote: '`',
  },
};
