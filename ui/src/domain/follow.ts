import type { Stop } from '../bridge/bridge';

/**
 * Takes what is there, and what is pushed from then on until stopped. A hidden window may have
 * missed pushes: shown again, it reads again.
 */
export async function follow<View>(
  pushes: (take: (view: View) => void) => Promise<Stop>,
  read: () => Promise<View>,
  take: (view: View) => void,
): Promise<Stop> {
  const stop = await pushes(take);
  const shown = async (): Promise<void> => {
    if (!document.hidden) take(await read());
  };
  document.addEventListener('visibilitychange', shown);
  take(await read());
  return () => {
    stop();
    document.removeEventListener('visibilitychange', shown);
  };
}
