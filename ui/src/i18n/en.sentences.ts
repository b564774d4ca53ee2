import type { Params, Sentences } from './sentence';

/** Why a call ended (`CauseView.code`). */
export const causes = {
  local_hangup: { title: 'You ended the call', next: 'You can call or take the next one.' },
  remote_hangup: { title: 'The other side hung up', next: 'Not finished? Press Call again.' },
  declined: { title: 'You declined the call', next: 'You can call this number back at any time.' },
  remote_busy: { title: 'The customer is busy', next: 'Call again in a few minutes.' },
  remote_declined: {
    title: 'The other side declined',
    next: 'Choose another time and call again.',
  },
  no_answer: {
    title: 'No answer',
    next: 'Call again later, or try another number of the customer.',
  },
  unavailable: {
    title: 'The number cannot be reached',
    next: 'The phone is off or out of coverage; call again later.',
  },
  canceled_by_caller: {
    title: 'The caller hung up before you answered',
    next: 'Press Call again to reach the customer.',
  },
  answered_elsewhere: {
    title: 'Someone else answered this call',
    next: 'It does not count as missed by you.',
  },
  canceled_locally: {
    title: 'You stopped the call',
    next: 'Nobody had answered; call again whenever you like.',
  },
  transferred: {
    title: 'Call transferred',
    next: 'The customer is with the other person; you can take new calls.',
  },
  not_found: { title: 'This number does not exist', next: 'Check each digit and call again.' },
  media_no_microphone: {
    title: 'Cannot open the microphone',
    next: 'The call stopped because the customer could not hear you. Try in turn:',
    steps: [
      'Check that the headset is plugged in firmly',
      'Unplug it and plug it in again',
      'Try the call again',
      'Still not working: contact IT or AntBuddy',
    ],
  },
  media_no_speaker: {
    title: 'Cannot open the headset',
    next: 'Plug it in again or choose another speaker in Settings, then call again.',
  },
  media_no_codec: {
    title: 'No common sound format',
    next: 'Ask the administrator to allow Opus or G.711 for this extension.',
  },
  media_bad_description: {
    title: 'The exchange’s sound description is unreadable',
    next: 'Call again; if it stays, ask the administrator to check the extension.',
  },
  media_no_path: {
    title: 'No path for the sound',
    next: 'A firewall may block UDP; ask IT to open it or try another network.',
  },
  media_dtls: {
    title: 'The sound could not be encrypted',
    next: 'The call stopped to stay safe; ask the administrator about the DTLS certificate.',
  },
  link_lost: {
    title: 'The connection broke during the call',
    next: 'Alobar is reconnecting; call the customer back after that.',
  },
  timed_out: {
    title: 'The exchange did not answer the call',
    next: 'Try the call again; if it stays, check the network.',
  },
  sip_failure: ({ status = '—' }: Params) => ({
    title: 'The exchange could not connect this call',
    next: `It answered ${status}. Try again, or send this code to the administrator.`,
  }),
} satisfies Sentences;

/** Refusals and failures (`ErrorView.code`). */
export const failures = {
  wrong_password: {
    title: 'Wrong extension or password',
    next: 'Enter the password again; if it stays wrong, ask the administrator.',
  },
  unknown_user: {
    title: 'The exchange does not know this extension',
    next: 'Check the user name letter by letter.',
  },
  unknown_host: {
    title: 'Server not found',
    next: 'Check the server address and the network connection.',
  },
  certificate_expired: {
    title: 'The server’s certificate has expired',
    next: 'Check the date of this computer; if it is right, ask for a renewed certificate.',
  },
  certificate_wrong_name: {
    title: 'The certificate names another server',
    next: 'Use the server name in the certificate, or ask the administrator.',
  },
  certificate_unknown_ca: {
    title: 'The server’s certificate is not trusted',
    next: 'Ask the administrator for the company’s CA file, or for a public certificate.',
  },
  tls_failed: {
    title: 'The secure connection could not be opened',
    next: 'Check the port; antivirus software may also block Alobar.',
  },
  port_refused: {
    title: 'The server refuses connections',
    next: 'Check the port number, for example 8089 for wss.',
  },
  timed_out: {
    title: 'The server has not answered',
    next: 'Check the network and VPN; a firewall may block the way.',
  },
  network_unreachable: {
    title: 'This computer has no network',
    next: 'Plug the network cable in again or join Wi-Fi.',
  },
  proxy_refused: {
    title: 'The proxy refused the connection',
    next: 'Ask IT to allow this server on the proxy.',
  },
  not_sip: {
    title: 'This address is not an exchange',
    next: 'Check the path; it usually ends in /ws.',
  },
  link_lost: {
    title: 'Connection to the exchange lost',
    next: 'Alobar is reconnecting; calls cannot reach you for now.',
  },
  weak_digest: {
    title: 'This way of signing in is unsafe',
    next: 'Use wss:// or sips:, or ask the administrator to allow SHA-256.',
  },
  refused: ({ status = '—' }: Params) => ({
    title: 'The exchange refused the registration',
    next: `It answered ${status}. Send this code to the administrator.`,
  }),

  empty_fields: {
    title: 'Some fields are empty',
    next: 'Fill in server, extension and password, then connect again.',
  },
  invalid_server: {
    title: 'The server address is not right',
    next: 'Write it like wss://pbx.company.com:8089/ws or sips:pbx.company.com.',
  },
  mixed_security: {
    title: 'The servers mix two security levels',
    next: 'Use only encrypted servers, or only unencrypted ones.',
  },
  plain_transport_not_allowed: {
    title: 'This connection is not encrypted',
    next: 'Use wss:// or sips:. Only an account file can allow plain TCP or UDP.',
  },
  keyring_missing: {
    title: 'This computer has no keyring',
    next: 'The password is not kept; Alobar asks again at each start.',
  },

  settings_not_saved: {
    title: 'The settings could not be saved',
    next: 'Your choice holds until you quit; check free disk space and write permission.',
  },

  shortcut_taken: {
    title: 'These keys belong to another program',
    next: 'They still work in the windows of Alobar; choose others for everywhere.',
  },
  shortcut_invalid: {
    title: 'These keys cannot be used',
    next: 'Choose others, for example Ctrl+Alt and a letter.',
  },
  autostart_failed: {
    title: 'Starting with the computer could not be set',
    next: 'Ask IT about the right to change start-up programs, then switch it on again.',
  },
  links_failed: {
    title: 'Phone links could not be taken over',
    next: 'Ask IT about the right to change default programs, then switch it on again.',
  },
  check_no_microphone: {
    title: 'The microphone could not be opened',
    next: 'Check that it is plugged in and that the system lets Alobar use it.',
  },
  check_no_speaker: {
    title: 'The speaker could not be opened',
    next: 'Plug it in again, or choose another device and try again.',
  },
  log_folder: {
    title: 'The log folder could not be opened',
    next: 'Try again; if it stays, ask IT to open it.',
  },
  nothing_asked: {
    title: 'This question is no longer waiting',
    next: 'It has been answered; begin again if you need to.',
  },

  practice_not_started: {
    title: 'Practice could not be started',
    next: 'Quit Alobar, open it and try again; antivirus software may be blocking it.',
  },
  not_practising: {
    title: 'You are not in practice',
    next: 'Press Practice beside the sign-in form to begin.',
  },

  not_registered: {
    title: 'Not connected to the exchange',
    next: 'Wait for the connection, then call again.',
  },
  no_such_call: {
    title: 'This call is over',
    next: 'Call the customer back if needed.',
  },
  wrong_phase: {
    title: 'That is not possible right now',
    next: 'Wait a moment and press again.',
  },
  another_call_in_progress: {
    title: 'You have another call',
    next: 'Hold it or end it first.',
  },
  call_id_in_use: {
    title: 'This call has been made already',
    next: 'Wait a moment and press Call again.',
  },
  already_held: {
    title: 'This call is on hold already',
    next: 'Press Resume to go back to the customer.',
  },
  not_held: {
    title: 'This call is not on hold',
    next: 'You are talking to the customer; nothing to do.',
  },
  transfer_in_progress: {
    title: 'This call is being transferred',
    next: 'Wait until the result is shown.',
  },
  bad_digits: { title: 'This key cannot be sent', next: 'Only 0–9, * and # can be sent.' },
  not_dialable: {
    title: 'This number cannot be called',
    next: 'Use digits, * # and a leading + only.',
  },
  dial_empty: { title: 'No number to call yet', next: 'Type, click or paste one.' },
  dial_too_long: {
    title: 'This number is too long',
    next: 'Check it; two numbers may have been pasted together.',
  },
  dial_bad_length: {
    title: 'Digits are missing or too many',
    next: 'A mobile number has 10 digits; check it and call.',
  },
  dial_not_a_number: {
    title: 'This is not a number to dial',
    next: 'Remove letters and signs; keep digits, * # and +.',
  },
  hold_failed: {
    title: 'The call could not be held',
    next: 'It goes on and the customer hears you; try again in a few seconds.',
  },
  transfer_failed: {
    title: 'The call was not transferred',
    next: 'The customer is still with you; check the number.',
  },
  device_lost: {
    title: 'The headset was unplugged',
    next: 'The customer cannot hear you; plug it in or choose another device.',
  },
  media_no_microphone: {
    title: 'Cannot open the microphone',
    next: 'The customer cannot hear you. Try in turn:',
    steps: [
      'Check that the headset is plugged in firmly',
      'Unplug it and plug it in again',
      'Try the call again',
      'Still not working: contact IT or AntBuddy',
    ],
  },
  media_no_speaker: {
    title: 'Cannot open the headset’s speaker',
    next: 'Plug it in again or choose another device in Settings.',
  },
} satisfies Sentences;

/** How the last simulated customer's call ended (`PracticeView.last_outcome`). */
export const outcomes = {
  completed: {
    title: 'The customer thanked you and hung up',
    next: 'That was a whole call.',
  },
  nobody_answered: {
    title: 'The customer gave up waiting',
    next: 'Next time, press Answer while it still rings.',
  },
  unreachable: {
    title: 'The customer could not reach you',
    next: 'Press Have a customer call to try again.',
  },
  refused: {
    title: 'The customer did not get through',
    next: 'You were busy or declined; press Have a customer call to try again.',
  },
  agent_hung_up: {
    title: 'You hung up before the customer',
    next: 'Next time, let the customer say goodbye first.',
  },
  agent_silent: {
    title: 'The customer could not hear you',
    next: 'Call 600 to hear your own voice, or check the microphone in Settings.',
  },
} satisfies Sentences;
