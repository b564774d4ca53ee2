import BellRing from '@lucide/svelte/icons/bell-ring';
import Headphones from '@lucide/svelte/icons/headphones';
import Info from '@lucide/svelte/icons/info';
import Keyboard from '@lucide/svelte/icons/keyboard';
import Power from '@lucide/svelte/icons/power';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import SunMoon from '@lucide/svelte/icons/sun-moon';
import User from '@lucide/svelte/icons/user';
import type { SettingsSection } from '../../bridge/bridge';
import type { Icon } from '../../shared/icon';

/** The sections in their order, with their pictures. */
export const sectionIcons: Record<SettingsSection, Icon> = {
  account: User,
  devices: Headphones,
  alerts: BellRing,
  shortcuts: Keyboard,
  display: SunMoon,
  startup: Power,
  privacy: ShieldCheck,
  about: Info,
};

export const sectionNames = Object.keys(sectionIcons) as SettingsSection[];
