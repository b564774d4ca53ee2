import type { CallView } from '../../bridge/bridge';

/**
 * The call that the ring window is about: the one that rings longest, else the one just taken,
 * else the last that ended without having been taken here.
 */
export function shownCall(calls: readonly CallView[]): CallView | undefined {
  const incoming = calls.filter((call) => call.direction === 'incoming');
  return (
    incoming.find((call) => call.phase === 'alerting') ??
    incoming.find((call) => call.phase === 'answering') ??
    incoming.findLast((call) => call.phase === 'terminated' && call.answered_ms === null)
  );
}
