/** The call window's tabs: which one is in front. */
export interface Tabs {
  /** Ids of calls, in order of arrival. */
  readonly open: readonly string[];
  readonly selected: string | undefined;
}

/** What the person is doing, and what has just happened. */
export interface Moment {
  /** The person writes in a field of the tab in front. */
  editing: boolean;
  /** The call has not ended. */
  live(call: string): boolean;
  /** A call that the person has just taken. */
  answered?: string | undefined;
}

/**
 * The tab in front after the open ones have changed. Only the person moves it: by answering, by
 * opening a call again, by closing the tab they are in. A further call comes to the front only
 * when nobody is busy here: never while a field is edited, nor in a call that is still up.
 */
export function tabInFront(before: Tabs, open: readonly string[], now: Moment): string | undefined {
  const at = before.open.indexOf(before.selected ?? '');
  const selected = open.find((tab) => tab === before.selected) ?? neighbour(before, open, at);
  if (selected === undefined || now.editing) return selected;
  if (now.answered !== undefined && open.includes(now.answered)) return now.answered;
  const arrived = open.length >= before.open.length ? open.at(-1) : undefined;
  if (arrived === undefined || arrived === before.open.at(-1)) return selected;
  const reopened = !now.live(arrived);
  return reopened || !now.live(selected) ? arrived : selected;
}

/** The tab in front was closed: the one after it takes its place, else the one before. */
function neighbour(before: Tabs, open: readonly string[], at: number): string | undefined {
  if (at < 0) return open.at(-1);
  const after = before.open.slice(at + 1).find((tab) => open.includes(tab));
  return after ?? before.open.slice(0, at).findLast((tab) => open.includes(tab)) ?? open.at(-1);
}

/** The tabs there is room for; the others are in a menu. The one in front is always among them. */
export function tabsShown({ open, selected }: Tabs, room: number): readonly string[] {
  if (open.length <= room) return open;
  const first = open.slice(0, room);
  if (selected === undefined || first.includes(selected)) return first;
  return [...first.slice(0, -1), selected];
}
