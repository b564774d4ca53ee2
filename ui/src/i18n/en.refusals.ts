import type { Sentences } from './sentence';

export const refusals = {
  conflict: { title: 'This has two versions', next: 'Neither is lost; you choose.' },
  not_found: {
    title: 'This is no longer there',
    next: 'It may have been removed; look in the list again.',
  },
  already_there: { title: 'This is there already', next: 'Open the one that is there.' },
  refers_to_nothing: {
    title: 'Something it names is gone',
    next: 'Choose the customer, the category or the person again.',
  },
  field_missing: {
    title: 'A mandatory field is empty',
    next: 'Fill in the fields marked (*), then save again.',
  },
  field_malformed: {
    title: 'A field is not right yet',
    next: 'Look at the phone number, the email address or the time.',
  },
  field_too_long: {
    title: 'A field is too long',
    next: 'Shorten it and save again; the text is still there.',
  },
  field_taken: { title: 'This name is taken', next: 'Choose another and save again.' },
  field_fixed: {
    title: 'This field can no longer change',
    next: 'Make a new entry if you need another value.',
  },
  too_many: { title: 'Too many at once', next: 'Use fewer lines, numbers or addresses.' },
  category_too_deep: {
    title: 'Categories have three levels',
    next: 'Put this one under a higher category.',
  },
  last_one: { title: 'This is the last one', next: 'Add another before you retire this one.' },
  last_admin: {
    title: 'This is the last administrator',
    next: 'Make somebody else an administrator first.',
  },
  subject_takes_no_notes: {
    title: 'This takes no notes',
    next: 'Write on the customer, the ticket, the task or the order.',
  },
  command_id_used: {
    title: 'This was sent before',
    next: 'Look at the list; write it again if it is not there.',
  },
  ticket_not_next: {
    title: 'The ticket cannot go there yet',
    next: 'Choose a state that is offered in the bar.',
  },
  ticket_lead_only: {
    title: 'Only a team lead may do this',
    next: 'Ask your lead to move the ticket.',
  },
  ticket_no_assignee: {
    title: 'Nobody is in charge of the ticket',
    next: 'Assign somebody, then change the state.',
  },
  ticket_no_resolution: {
    title: 'The ticket has no resolution yet',
    next: 'Choose its type and write what was done.',
  },
  ticket_blank_resolution: {
    title: 'The resolution is still empty',
    next: 'Write in a few words how it was solved.',
  },
  order_negative: {
    title: 'The order has a negative figure',
    next: 'Look at quantities, prices and shipping.',
  },
  order_too_large: { title: 'The amount is too large', next: 'Look at quantities and prices.' },
  order_discount_too_large: {
    title: 'The discount is more than the price',
    next: 'Lower the discount and save again.',
  },
  order_no_currency: { title: 'No such currency', next: 'Use its three letters, such as VND.' },
  not_allowed: { title: 'You may not do this', next: 'Ask your team lead or the administrator.' },
  hub_unavailable: {
    title: 'The team’s server has not answered',
    next: 'Everything is on this computer and will be sent by itself.',
  },
  hub_disk_full: {
    title: 'The team’s server is full',
    next: 'Tell the administrator; what is on this computer is safe.',
  },
  hub_bug: {
    title: 'The server met something unforeseen',
    next: 'Try again; if it stays so, send the code to the administrator.',
  },
  hub_does_not_understand: {
    title: 'The server does not know this yet',
    next: 'It may be older than Alobar; ask the administrator to update it.',
  },
  malformed_request: {
    title: 'This request cannot be read',
    next: 'Update Alobar and try again.',
  },
  method_not_allowed: {
    title: 'The server cannot do this',
    next: 'Ask the administrator for the server’s version.',
  },
  body_too_large: { title: 'This is too large to send', next: 'Split it into smaller parts.' },
  too_many_requests: {
    title: 'The server is very busy',
    next: 'Wait a minute, then try again.',
  },
  origin_refused: {
    title: 'This page may not send',
    next: 'Open Alobar at the address the administrator gave you.',
  },
  client_too_old: {
    title: 'Alobar is older than the server',
    next: 'Update Alobar and sign in again.',
  },
  client_too_new: {
    title: 'Alobar is newer than the server',
    next: 'Ask the administrator to update the team’s server.',
  },
  not_signed_in: { title: 'You are not signed in', next: 'Sign in to the server and try again.' },
  session_expired: {
    title: 'Your sign-in has run out',
    next: 'Sign in again; what you wrote is still there.',
  },
  session_revoked: {
    title: 'The administrator signed you out',
    next: 'Sign in again, or ask the administrator.',
  },
  signed_out: { title: 'You have signed out', next: 'Sign in again to go on.' },
  signed_in_elsewhere: {
    title: 'You signed in on another computer',
    next: 'One computer for each person; sign in here again if needed.',
  },
  password_changed: {
    title: 'The password has changed',
    next: 'Sign in again with the new one.',
  },
  role_changed: { title: 'Your role has changed', next: 'Sign in again to have the new one.' },
  account_inactive: {
    title: 'This account is no longer used',
    next: 'Ask the administrator of your team.',
  },
  account_locked: {
    title: 'The account is locked for now',
    next: 'Wait some minutes, or ask the administrator.',
  },
  no_password: {
    title: 'This account has no password',
    next: 'Sign in the way the administrator has set up.',
  },
  password_too_short: {
    title: 'The password is too short',
    next: 'Use more words, such as a sentence you remember.',
  },
  password_too_common: {
    title: 'This password is easy to guess',
    next: 'Choose one that few people use.',
  },

  disk_full: {
    title: 'This computer’s disk is full',
    next: 'The text is still in the field; free some space and type on.',
  },
  not_kept: {
    title: 'Not saved on this computer yet',
    next: 'The text is still in the field; copy it elsewhere and try again.',
  },
  memory_not_opened: {
    title: 'The records could not be opened',
    next: 'Calls work; quit Alobar, open it again and try.',
  },
  memory_newer: {
    title: 'The records are of a newer Alobar',
    next: 'Calls work; update Alobar to go on writing.',
  },
  memory_set_aside: {
    title: 'The old records were damaged',
    next: 'Alobar kept them as they are and began new ones; ask IT to look.',
  },
} satisfies Sentences;
