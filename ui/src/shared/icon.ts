import type { Component } from 'svelte';

/** A lucide icon. */
export type Icon = Component<{ size?: number; strokeWidth?: number }>;
