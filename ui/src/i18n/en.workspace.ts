import type { Catalogue } from './i18n.svelte';

export const workspace = {} satisfies Catalogue['workspace'];
