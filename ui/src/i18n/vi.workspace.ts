/** The workspace: its frame, the list of calls, the help. */
export const workspace = {};
