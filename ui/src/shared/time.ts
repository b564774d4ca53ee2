import { duration } from './format';

/** How long a state lasts, as agents read it: `04:12`, from one hour on `1:04:12`. */
export function clockTime(ms: number): string {
  return duration(ms).padStart(5, '0');
}

/** The first instant of the day, where this machine is. */
export function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}
