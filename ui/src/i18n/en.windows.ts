import type { Catalogue } from './i18n.svelte';

export const ring = {
  title: 'Alobar, incoming call',
  announce: (caller) => `Incoming call: ${caller}`,
  more: (count) => (count === 1 ? '1 more call is ringing' : `${count} more calls are ringing`),
  kept: 'This call is in the call history.',
} satisfies Catalogue['ring'];

export const popup = {
  title: 'Alobar, calls',
  tabs: 'Open calls',
  more: (count) => (count === 1 ? '1 more call' : `${count} more calls`),
  nth: (count) => `Call ${count} today`,
  noName: 'No name yet',
  noNumber: 'The number is hidden',
  copyNumber: 'Copy the number',
  copy: 'Copy',
  copied: 'Copied',
  failed: 'This computer did not allow it; select and press Ctrl+C',
  talked: (duration) => `Talked ${duration}`,
  earlier: 'Earlier calls with this number',
  today: 'Today',
  missed: 'Missed',
  hasNote: 'has a note',
  noEarlier: 'No other call with this number since Alobar started.',
  hiddenEarlier: 'The number is hidden, so earlier calls are not known.',
  note: 'What was said',
  noteHint: 'What the customer needs, what you promised',
  noteKept: 'Alobar keeps the note in memory only, until you quit; copy it to keep it.',
  close: 'Close',
  empty: 'No call is open.',
} satisfies Catalogue['popup'];

export const desk = {
  quit: {
    title: 'Quit during a call?',
    explain: (calls) =>
      calls === 1
        ? 'You are on a call. Quitting ends it, and your notes are lost.'
        : `You have ${calls} calls. Quitting ends them, and your notes are lost.`,
    yes: 'End and quit',
    no: 'Stay',
  },
  dial: {
    title: 'Call this number?',
    by: {
      link: 'A link outside Alobar wants to call. Look at the number before you agree.',
      selection: 'The number you selected or copied last.',
    },
    yes: 'Call',
    no: 'Do not call',
  },
} satisfies Catalogue['desk'];
