/** The help is the catalogue itself: every sentence about a trouble, by what it is about. */
import { matches } from '../../../domain/fold';
import { causeSentence, failureSentence, t, type Catalogue } from '../../../i18n/i18n.svelte';
import type { Sentence } from '../../../i18n/sentence';
import { refusals } from '../../../i18n/vi.refusals';

export type Group = keyof Catalogue['workspace']['help']['groups'];

export interface Topic {
  /** The same code may stand for a refusal and for the end of a call. */
  id: string;
  code: string;
  group: Group;
  sentence: Sentence;
}

type Refusal = keyof typeof refusals;

/** A code without its line here does not compile; what the hub refuses has a group of its own. */
const failures: Record<Exclude<keyof Catalogue['failures'], Refusal>, Group> = {
  wrong_password: 'connection',
  unknown_user: 'connection',
  unknown_host: 'connection',
  certificate_expired: 'connection',
  certificate_wrong_name: 'connection',
  certificate_unknown_ca: 'connection',
  tls_failed: 'connection',
  port_refused: 'connection',
  timed_out: 'connection',
  network_unreachable: 'connection',
  proxy_refused: 'connection',
  not_sip: 'connection',
  link_lost: 'connection',
  weak_digest: 'connection',
  refused: 'connection',
  empty_fields: 'connection',
  invalid_server: 'connection',
  mixed_security: 'connection',
  plain_transport_not_allowed: 'connection',
  keyring_missing: 'connection',
  not_registered: 'connection',
  no_such_call: 'calls',
  wrong_phase: 'calls',
  another_call_in_progress: 'calls',
  call_id_in_use: 'calls',
  already_held: 'calls',
  not_held: 'calls',
  transfer_in_progress: 'calls',
  bad_digits: 'calls',
  not_dialable: 'calls',
  dial_empty: 'calls',
  dial_too_long: 'calls',
  dial_bad_length: 'calls',
  dial_not_a_number: 'calls',
  hold_failed: 'calls',
  transfer_failed: 'calls',
  nothing_asked: 'calls',
  device_lost: 'sound',
  media_no_microphone: 'sound',
  media_no_speaker: 'sound',
  check_no_microphone: 'sound',
  check_no_speaker: 'sound',
  settings_not_saved: 'program',
  shortcut_taken: 'program',
  shortcut_invalid: 'program',
  autostart_failed: 'program',
  links_failed: 'program',
  log_folder: 'program',
  practice_not_started: 'program',
  not_practising: 'program',
};

const causes: Record<keyof Catalogue['causes'], Group> = {
  local_hangup: 'calls',
  remote_hangup: 'calls',
  declined: 'calls',
  remote_busy: 'calls',
  remote_declined: 'calls',
  no_answer: 'calls',
  unavailable: 'calls',
  canceled_by_caller: 'calls',
  answered_elsewhere: 'calls',
  canceled_locally: 'calls',
  transferred: 'calls',
  not_found: 'calls',
  media_no_microphone: 'sound',
  media_no_speaker: 'sound',
  media_no_codec: 'sound',
  media_bad_description: 'sound',
  media_no_path: 'sound',
  media_dtls: 'sound',
  link_lost: 'connection',
  timed_out: 'calls',
  sip_failure: 'calls',
};

/** Every topic in the language of the window. */
export function topics(): Topic[] {
  const refused = Object.keys(refusals).map((code) => [code, 'records'] as const);
  const failed = [...Object.entries(failures), ...refused].map(([code, group]) => {
    const error = { code, params: [], trace_id: '' };
    return { id: `failure-${code}`, code, group, sentence: failureSentence(error) };
  });
  const ended = Object.entries(causes).map(([code, group]) => {
    const sentence = causeSentence({ code, status: null });
    return { id: `cause-${code}`, code, group, sentence };
  });
  return [...failed, ...ended];
}

export function groups(): Group[] {
  return Object.keys(t().workspace.help.groups) as Group[];
}

/** Topics with a query in their words or their code. */
export function about(all: readonly Topic[], query: string): Topic[] {
  return all.filter(({ code, sentence: { title, next, steps = [] } }) =>
    matches([title, next, ...steps, code, code.replaceAll('_', ' ')].join(' '), query),
  );
}
