import type { CallView, PhoneView, RegistrationView } from '../bridge/bridge';
import { t } from '../i18n/i18n.svelte';
import type { Look } from '../shared/Shape.svelte';
import { outside } from './outside';

/** A state on screen: colour and shape, word, and the instant its timer counts from. */
export interface StateMark {
  look: Look;
  word: string;
  since: number | null;
}

/** The state of the whole bar: of the call if there is one, else of the registration. */
export function stateOf(view: PhoneView, main: CallView | undefined): StateMark {
  return main ? callState(main) : registrationState(view.registration);
}

export function registrationState(registration: RegistrationView): StateMark {
  const words = t().state;
  switch (registration.state) {
    case 'offline':
      return { look: 'out', word: words.offline, since: null };
    case 'unregistering':
      return { look: 'busy', word: words.unregistering, since: null };
    case 'connecting':
    case 'registering':
      return { look: 'busy', word: words[registration.state], since: registration.since_ms };
    case 'registered':
      return { look: 'ready', word: words.registered, since: registration.since_ms };
    case 'failed': {
      const lost = registration.error.code === 'link_lost';
      return { look: 'lost', word: lost ? words.lost : words.failed, since: registration.since_ms };
    }
  }
}

export function callState(call: CallView): StateMark {
  const words = t().state;
  const since = call.since_ms;
  switch (call.phase) {
    case 'dialing':
    case 'ringing':
      return { look: 'call', word: words[call.phase], since };
    case 'alerting':
      return { look: 'ring', word: words.alerting, since };
    case 'answering':
    case 'terminating':
      return { look: 'busy', word: words[call.phase], since };
    case 'terminated':
      return { look: 'out', word: words.terminated, since: null };
    case 'established':
      return talkState(call);
  }
}

function talkState(call: CallView): StateMark {
  const words = t().state;
  const since = call.answered_ms ?? call.since_ms;
  if (onHold(call)) return { look: 'hold', word: words.held, since };
  if (call.hold === 'remote') return { look: 'hold', word: words.heldByPeer, since };
  return { look: 'call', word: words.established, since };
}

/** We hold the other side. */
export function onHold(call: CallView): boolean {
  return call.hold === 'local' || call.hold === 'both';
}

type Peer = Pick<CallView, 'name' | 'number'>;

/** The name if there is one, else the number, else that it is hidden. */
export function callerOf(call: Peer): string {
  return outside(call.name ?? '') || outside(call.number) || t().call.unknownCaller;
}

/** The number to stand below a name; empty when there is none, or it stands in the name's place. */
export function numberBelow(call: Peer): string {
  return outside(call.name ?? '') && outside(call.number);
}
