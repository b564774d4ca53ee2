import type { Catalogue } from './i18n.svelte';

export const ring = {} satisfies Catalogue['ring'];

export const popup = {} satisfies Catalogue['popup'];

export const desk = {} satisfies Catalogue['desk'];
