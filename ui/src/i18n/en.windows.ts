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
  noNumber: 'The number is hidden',
  copyNumber: 'Copy the number',
  copy: 'Copy',
  copied: 'Copied',
  failed: 'This computer did not allow it; select and press Ctrl+C',
  talked: (duration) => `Talked ${duration}`,
  today: 'Today',
  missed: 'Missed',
  hasNote: 'has a note',
  close: 'Save and close',
  empty: 'No call is open.',
  customer: {
    none: 'No such customer yet',
    reading: 'Looking for the customer…',
    several: (count) => `${count} customers with this number`,
    maybe: 'It could be',
    pick: 'Choose',
    choose: (name) => `Choose ${name}`,
    open: 'Open the customer',
    create: 'Add customer',
    creating: 'Adding…',
    cancel: 'Not now',
    name: 'Customer name',
    kind: 'Customer type',
    number: 'Phone number',
    nameMissing: 'Enter a name; if unsure, what you call them.',
    numberWrong: 'This number cannot be dialled; use digits only, and + in front.',
  },
  history: {
    tabs: 'History with the customer',
    names: { calls: 'Calls', tickets: 'Tickets', orders: 'Orders', tasks: 'Tasks' },
    empty: {
      calls: 'No other call with this customer yet.',
      tickets: 'This customer has no tickets.',
      orders: 'This customer has no orders.',
      tasks: 'No task is open for this customer.',
    },
    hidden: 'The number is hidden, so earlier calls are not known.',
    due: (when) => `due ${when}`,
  },
  form: {
    type: 'Call type',
    noType: 'Not chosen',
    note: 'What was said',
    noteHint: 'What the customer needs, what you promised',
    coming: 'Getting back what you wrote…',
    result: 'Outcome',
    required: 'to be chosen',
    keys: 'Alt + number',
    missing: 'Choose an outcome, then close. Your note is saved.',
    hint: 'What you type is saved at once.',
    kept: (time) => `Saved on this computer ${time}`,
    synced: 'Synced',
    waits: 'Waiting to sync',
    away: 'The server has not answered',
    refused: 'Needs your look',
  },
  make: { ticket: 'Ticket', order: 'Order', task: 'Task' },
} satisfies Catalogue['popup'];

export const desk = {
  quit: {
    title: 'Quit during a call?',
    explain: (calls) =>
      calls === 1
        ? 'You are on a call. Quitting ends it; your notes are saved.'
        : `You have ${calls} calls. Quitting ends them; your notes are saved.`,
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
