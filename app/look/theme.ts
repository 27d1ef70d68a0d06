/** What the switch in the footer offers; `system` follows the device. Kept in a cookie, so right at the first paint. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const isTheme = (value: unknown): value is Theme => themes.some((theme) => theme === value);

/** Goes onto `<html>`. Without a choice there is no attribute, and the device decides. */
export const themeAttributes = (theme: Theme): { 'data-theme'?: 'light' | 'dark' } =>
  theme === 'system' ? {} : { 'data-theme': theme };
